import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Latest } from './latest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the latest of many', () => {
  it('is said at once, then ten times a second, and the last one always', () => {
    const said: number[] = [];
    const latest = new Latest();
    for (let i = 0; i < 100_000; i++) {
      latest.say('a', () => said.push(i));
      if (i % 100 === 99) vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    expect(said[0]).toBe(0);
    expect(said.at(-1)).toBe(99_999);
    expect(said.length).toBeGreaterThanOrEqual(10);
    expect(said.length).toBeLessThanOrEqual(12);
    expect(said).toEqual(said.toSorted((a, b) => a - b));
  });

  it('keeps nodes apart, and says nothing of one that has finished', () => {
    const said: string[] = [];
    const latest = new Latest();
    for (const text of ['a1', 'b1', 'a2', 'b2']) latest.say(text[0], () => said.push(text));
    latest.forget('a');
    vi.advanceTimersByTime(1_000);
    expect(said).toEqual(['a1', 'b1', 'b2']);
  });
});
