import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ending, endMillis, engineMillis } from './ending.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('cuts off what has not ended in time, counted from the first time that it was told to', () => {
  const cutOff = vi.fn();
  const ending = new Ending({ cutOff });
  vi.advanceTimersByTime(60_000);
  expect(ending.millis).toBe(0);
  ending.begin();
  vi.advanceTimersByTime(endMillis - 1);
  ending.begin();
  expect([cutOff.mock.calls.length, ending.millis]).toEqual([0, endMillis - 1]);
  vi.advanceTimersByTime(1);
  expect([cutOff.mock.calls.length, ending.millis]).toEqual([1, endMillis]);
  vi.advanceTimersByTime(60_000);
  expect(cutOff).toHaveBeenCalledTimes(1);
});

it('leaves an engine that does not listen time to be ended before that', () => {
  expect(endMillis).toBe(5_000);
  expect(engineMillis).toBeLessThanOrEqual(endMillis - 1_500);
});
