import { chiSquareSurvival } from './distributions.ts';

/** Below this p-value the split of users is not what was asked for, and no lift can be trusted (GrowthBook's default). */
export const sampleRatioAlarm = 0.001;

export interface SampleRatio {
  readonly statistic: number;
  readonly pValue: number;
  /** Units expected per arm. */
  readonly expected: Float64Array;
}

/**
 * Pearson's chi-square test of the counts per arm against `weights` (any positive scale): Σ (o - e)² / e with one degree of
 * freedom fewer than arms. Arms of weight 0 are left out; without any units the p-value is 1.
 */
export function sampleRatioTest(counts: ArrayLike<number>, weights: ArrayLike<number>): SampleRatio {
  let total = 0;
  let totalWeight = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i];
    totalWeight += weights[i];
  }
  const expected = new Float64Array(counts.length);
  let statistic = 0;
  for (let i = 0; i < counts.length; i++) {
    expected[i] = (weights[i] / totalWeight) * total;
    if (expected[i] > 0) statistic += (counts[i] - expected[i]) ** 2 / expected[i];
  }
  const pValue = total === 0 ? 1 : chiSquareSurvival(statistic, counts.length - 1);
  return { statistic, pValue, expected };
}
