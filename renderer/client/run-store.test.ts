import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRunStore, eventSink } from './run-store.ts';

describe('what a run tells', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is shown ten times a second, and once a second while something is moved', () => {
    const store = createRunStore();
    let [moving, shown] = [false, 0];
    store.subscribe(() => shown++);
    const take = eventSink(store, () => moving);
    const tellFor = (millis: number): void => {
      for (let at = 0; at < millis; at += 20) {
        take({ type: 'node-progress', run: 'r-0001', node: 'a', share: at / millis, note: '', secondsLeft: 1 });
        vi.advanceTimersByTime(20);
      }
    };
    tellFor(1_000);
    expect(shown).toBeGreaterThan(7);
    expect(shown).toBeLessThanOrEqual(10);

    [moving, shown] = [true, 0];
    tellFor(3_000);
    expect(shown).toBeGreaterThanOrEqual(2);
    expect(shown).toBeLessThanOrEqual(3);

    [moving, shown] = [false, 0];
    take({ type: 'node-progress', run: 'r-0001', node: 'a', share: 0.5, note: 'late', secondsLeft: 1 });
    vi.advanceTimersByTime(100);
    expect(shown).toBe(1);
    expect(store.getState().nodes['a']?.note).toBe('late');
  });
});
