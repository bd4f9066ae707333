/** A quantile of a sample, with an interval for that of the population. */
export interface QuantileInterval {
  readonly value: number;
  /** -Infinity where the sample is too small to bound it from below. */
  readonly low: number;
  /** Infinity where the sample is too small to bound it from above: 99 % needs 368 values for a 95 % interval. */
  readonly high: number;
}

/**
 * The p-quantile of ascending values (the smallest that at least a share p does not exceed; 0 < p < 1), with a two-sided interval of
 * level 1 - alpha that holds whatever the distribution: how many of n independent values lie below the quantile is binomial (n, p), so
 * that the l-th and the u-th smallest enclose it with chance P(l ≤ B ≤ u - 1) or more (David and Nagaraja, Order Statistics, 7.1). Of
 * all ranks with at most alpha / 2 on either side the innermost are taken. NaN everywhere where there are no values.
 */
export function quantileInterval(sorted: Float64Array, p: number, alpha: number): QuantileInterval {
  const n = sorted.length;
  if (n === 0) return { value: NaN, low: NaN, high: NaN };
  let lower = 0;
  let upper = n + 1;
  // P(B ≤ k), summed up from k = 0; terms by logarithms, since (1 - p)^n may be less than any number.
  let below = 0;
  let term = n * Math.log1p(-p);
  const odds = Math.log(p) - Math.log1p(-p);
  for (let k = 0; k < n; k++) {
    below += Math.exp(term);
    if (below <= alpha / 2) lower = k + 1;
    if (below >= 1 - alpha / 2) {
      upper = k + 1;
      break;
    }
    term += Math.log((n - k) / (k + 1)) + odds;
  }
  return {
    value: sorted[Math.min(n, Math.max(1, Math.ceil(p * n - 1e-9))) - 1],
    low: lower === 0 ? -Infinity : sorted[lower - 1],
    high: upper > n ? Infinity : sorted[upper - 1],
  };
}
