/** What a test needs to know of one arm of an experiment: units, their mean, and the variance of one unit. */
export interface Arm {
  /** Units of randomisation, usually users. */
  readonly n: number;
  readonly mean: number;
  /** Variance of one unit's contribution to the mean; the mean's own variance is variance / n. */
  readonly variance: number;
  /** Mean before regression adjustment, by which a lift is divided; equal to `mean` where nothing was adjusted. */
  readonly baseMean: number;
}

/** Sums over the units of an arm for two columns y and x, enough for means, ratios and CUPED. */
export interface PairSums {
  readonly n: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xx: number;
  readonly xy: number;
}

/** Sums of y and x over the units whose `arm` equals `which` (all units where `arm` is null). */
export function pairSums(y: Float64Array, x: Float64Array, arm: Int32Array | null = null, which = 0): PairSums {
  let n = 0;
  let sumY = 0;
  let sumX = 0;
  let sumYY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (let i = 0; i < y.length; i++) {
    if (arm !== null && arm[i] !== which) continue;
    n++;
    sumY += y[i];
    sumX += x[i];
    sumYY += y[i] * y[i];
    sumXX += x[i] * x[i];
    sumXY += x[i] * y[i];
  }
  return { n, y: sumY, x: sumX, yy: sumYY, xx: sumXX, xy: sumXY };
}

/** Sample variance from sums, (Σy² - (Σy)²/n) / (n - 1); 0 for fewer than two units. */
function varianceOf(n: number, sum: number, sumSquares: number): number {
  return n <= 1 ? 0 : (sumSquares - (sum * sum) / n) / (n - 1);
}

/** Sample covariance of y and x from sums; 0 for fewer than two units. */
function covarianceOf(sums: PairSums): number {
  return sums.n <= 1 ? 0 : (sums.xy - (sums.y * sums.x) / sums.n) / (sums.n - 1);
}

/** Arm of a metric averaged over units: revenue per user, sessions per user. */
export function meanArm(n: number, sum: number, sumSquares: number): Arm {
  const mean = n === 0 ? 0 : sum / n;
  return { n, mean, variance: varianceOf(n, sum, sumSquares), baseMean: mean };
}

/**
 * Arm of a ratio of sums, Σy / Σx, such as clicks per impression where users are randomised. Delta method:
 * variance = s_y² / x̄² - 2 s_xy ȳ / x̄³ + ȳ² s_x² / x̄⁴ (GrowthBook RatioStatistic).
 */
export function ratioArm(sums: PairSums): Arm {
  if (sums.x === 0 || sums.n <= 1) return { n: sums.n, mean: 0, variance: 0, baseMean: 0 };
  const meanX = sums.x / sums.n;
  const meanY = sums.y / sums.n;
  const square = meanX * meanX;
  const variance =
    varianceOf(sums.n, sums.y, sums.yy) / square -
    (2 * covarianceOf(sums) * meanY) / (square * meanX) +
    (meanY * meanY * varianceOf(sums.n, sums.x, sums.xx)) / (square * square);
  const mean = sums.y / sums.x;
  return { n: sums.n, mean, variance, baseMean: mean };
}

/** Sums of two arms taken together. */
export function joinedSums(a: PairSums, b: PairSums): PairSums {
  return { n: a.n + b.n, y: a.y + b.y, x: a.x + b.x, yy: a.yy + b.yy, xx: a.xx + b.xx, xy: a.xy + b.xy };
}

/** CUPED's coefficient over pooled arms: cov(y, x) / var(x); 0 where the covariate or the outcome does not vary. */
export function cupedTheta(pooled: PairSums): number {
  const varianceX = varianceOf(pooled.n, pooled.x, pooled.xx);
  const varianceY = varianceOf(pooled.n, pooled.y, pooled.yy);
  return varianceX <= 0 || varianceY <= 0 ? 0 : covarianceOf(pooled) / varianceX;
}

/**
 * Arm adjusted by a covariate from before the experiment (CUPED; Deng et al. 2013): mean ȳ - θ x̄ and variance
 * s_y² + θ² s_x² - 2 θ s_xy. θ comes from both arms pooled, so that it cannot differ by treatment.
 */
export function adjustedArm(sums: PairSums, theta: number): Arm {
  const baseMean = sums.n === 0 ? 0 : sums.y / sums.n;
  const meanX = sums.n === 0 ? 0 : sums.x / sums.n;
  const variance =
    varianceOf(sums.n, sums.y, sums.yy) +
    theta * theta * varianceOf(sums.n, sums.x, sums.xx) -
    2 * theta * covarianceOf(sums);
  return { n: sums.n, mean: baseMean - theta * meanX, variance, baseMean };
}
