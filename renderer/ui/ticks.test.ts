import { describe, expect, it } from 'vitest';
import { niceTicks, tickWords } from './ticks.ts';

describe('ticks', () => {
  it('are round, within the ends, and evenly spaced', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(0.013, 0.087, 4)).toEqual([0.02, 0.04, 0.06, 0.08]);
    expect(niceTicks(-3, 7, 5)).toEqual([-2, 0, 2, 4, 6]);
    expect(niceTicks(0, 748, 4)).toEqual([0, 200, 400, 600]);
    expect(niceTicks(5, 5, 4)).toEqual([5]);
    expect(niceTicks(Number.NaN, 5, 4)).toEqual([]);
  });

  it('are written with the same digits', () => {
    expect(tickWords([0, 0.05, 0.1])).toEqual(['0', '.05', '.10']);
    expect(tickWords([-0.2, 0, 0.2])).toEqual(['−.2', '0', '.2']);
    expect(tickWords([0, 20_000, 40_000])).toEqual(['0', '20k', '40k']);
    expect(tickWords([0, 500_000, 1_000_000])).toEqual(['0', '.5M', '1M'].map((one) => one.replace('.5M', '0.5M')));
    expect(tickWords([0, 200, 1200])).toEqual(['0', '200', '1,200']);
    expect(tickWords([0, 0.00001])).toEqual(['0', '1e-5']);
  });
});
