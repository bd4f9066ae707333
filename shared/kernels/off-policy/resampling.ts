import type { Random } from '../random.ts';
import { shuffle } from '../random.ts';

/** The p-quantile of ascending values, by linear interpolation (NumPy's default, Hyndman and Fan's type 7). */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return NaN;
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export interface Resampling {
  readonly rounds: number;
  readonly alpha: number;
  readonly random: Random;
}

/**
 * Percentile bootstrap of Σ numerator / Σ denominator over clusters (users, requests): clusters are drawn with
 * replacement, so rows of one cluster stay together. Denominators of 1 give the bootstrap of a mean.
 */
export function bootstrapRatio(
  numerator: Float64Array,
  denominator: Float64Array,
  how: Resampling,
): { low: number; high: number } {
  const n = numerator.length;
  const ratios = new Float64Array(how.rounds);
  for (let round = 0; round < how.rounds; round++) {
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < n; i++) {
      // A multiply instead of `integer`: uniform to n / 2^32, and several times as fast.
      const drawn = Math.floor((how.random.bits() * n) / 4294967296);
      top += numerator[drawn];
      bottom += denominator[drawn];
    }
    ratios[round] = top / bottom;
  }
  ratios.sort();
  return { low: quantileOfSorted(ratios, how.alpha / 2), high: quantileOfSorted(ratios, 1 - how.alpha / 2) };
}

/** Sums of `values` by cluster (0 to clusters - 1). */
export function clusterSums(values: Float64Array, cluster: Int32Array, clusters: number): Float64Array {
  const sums = new Float64Array(clusters);
  for (let i = 0; i < values.length; i++) sums[cluster[i]] += values[i];
  return sums;
}

/**
 * Folds for cross-fitting: each cluster gets a fold from 0 to folds - 1 at random, folds differ by at most one cluster, and
 * rows follow their cluster. A model that predicts a row of fold f is fitted on the other folds.
 */
export function crossFittingFolds(cluster: Int32Array, clusters: number, folds: number, random: Random): Int32Array {
  const order = shuffle(
    Int32Array.from({ length: clusters }, (_, i) => i),
    random,
  );
  const foldOf = new Int32Array(clusters);
  for (let i = 0; i < clusters; i++) foldOf[order[i]] = i % folds;
  const rows = new Int32Array(cluster.length);
  for (let i = 0; i < rows.length; i++) rows[i] = foldOf[cluster[i]];
  return rows;
}

/**
 * Standard error by the jackknife over groups: √((g - 1) / g Σ (θ_f - θ̄)²), where θ_f is the estimate, whatever it was fitted on
 * included, from all groups but f (Shao and Tu, The Jackknife and Bootstrap, 2.3). NaN with fewer than two groups.
 */
export function jackknifeError(without: Float64Array): number {
  const groups = without.length;
  if (groups < 2) return NaN;
  let mean = 0;
  for (let f = 0; f < groups; f++) mean += without[f] / groups;
  let squares = 0;
  for (let f = 0; f < groups; f++) squares += (without[f] - mean) ** 2;
  return Math.sqrt(((groups - 1) / groups) * squares);
}
