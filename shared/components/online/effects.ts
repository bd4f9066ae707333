import { adjustedArm, cupedTheta, joinedSums, meanArm, pairSums, ratioArm } from '#shared/kernels/experiments/arms.ts';
import type { Arm, PairSums } from '#shared/kernels/experiments/arms.ts';
import { posteriorOf } from '#shared/kernels/experiments/bayesian.ts';
import type { Posterior } from '#shared/kernels/experiments/bayesian.ts';
import { alwaysValid, effectFault, effectOf, fixedHorizon } from '#shared/kernels/experiments/lift.ts';
import type { Effect, Interval } from '#shared/kernels/experiments/lift.ts';
import type { OnlineMetric, UnitSums } from './online-metrics.ts';

export interface TestSettings {
  readonly alpha: number;
  /** N* of the always-valid interval. */
  readonly tuning: number;
  /** Standard deviation of the prior on the relative lift; 0 for a flat one. */
  readonly priorDeviation: number;
}

/** The effect of one variant on one metric, with everything that is said of it. */
export interface Finding {
  /** Why there is none; null where there is. */
  readonly fault: string | null;
  readonly effect: Effect;
  readonly fixed: Interval;
  readonly sequential: Interval;
  readonly posterior: Posterior;
}

const nothing: Omit<Finding, 'fault'> = {
  effect: { estimate: NaN, standardError: NaN, n: 0, degrees: NaN },
  fixed: { low: NaN, high: NaN, pValue: NaN },
  sequential: { low: NaN, high: NaN, pValue: NaN },
  posterior: {
    mean: NaN,
    deviation: NaN,
    low: NaN,
    high: NaN,
    chanceToWin: NaN,
    riskOfChoosing: NaN,
    riskOfKeeping: NaN,
  },
};

/** Arm `which` of a metric: the delta method for ratios, the plain mean otherwise. */
export function armOf(metric: OnlineMetric, sums: UnitSums, arms: Int32Array, which: number): Arm {
  const pairs = pairSums(sums.y, sums.x, arms, which);
  return metric.kind === 'ratio' ? ratioArm(pairs) : meanArm(pairs.n, pairs.y, pairs.yy);
}

/** Relative lift of b over a, or why there is none. */
export function findingOf(a: Arm, b: Arm, settings: TestSettings): Finding {
  const fault = effectFault(a, b);
  if (fault !== null) return { fault, ...nothing, effect: { ...nothing.effect, n: a.n + b.n } };
  const effect = effectOf(a, b);
  const prior = settings.priorDeviation > 0 ? { mean: 0, deviation: settings.priorDeviation } : null;
  return {
    fault: null,
    effect,
    fixed: fixedHorizon(effect, settings.alpha),
    sequential: alwaysValid(effect, settings.alpha, settings.tuning),
    posterior: posteriorOf(effect.estimate, effect.standardError, prior, settings.alpha),
  };
}

export interface Adjusted {
  readonly finding: Finding;
  /** Variance after over variance before: 1 - ρ² of outcome and covariate. */
  readonly varianceRatio: number;
}

/**
 * The same lift with CUPED: each unit's outcome, linearised where it is a ratio (L = R + (y - R x) / x̄ per arm, which has the
 * mean and variance of the delta method), adjusted by the same metric from before the experiment.
 */
export function adjustedFinding(
  metric: OnlineMetric,
  during: UnitSums,
  before: UnitSums,
  arms: Int32Array,
  pair: readonly [number, number],
  settings: TestSettings,
): Adjusted | null {
  const covariate = covariateOf(metric, before, arms);
  if (covariate === null) return null;
  const sums: PairSums[] = pair.map((which) =>
    pairSums(linearised(metric, during, arms, which), covariate, arms, which),
  );
  const theta = cupedTheta(joinedSums(sums[0], sums[1]));
  if (theta === 0) return null;
  const plain = sums.map((one) => meanArm(one.n, one.y, one.yy));
  const [a, b] = sums.map((one) => adjustedArm(one, theta));
  const finding = findingOf(a, b, settings);
  const before2 = plain[0].variance / plain[0].n + plain[1].variance / plain[1].n;
  return { finding, varianceRatio: (a.variance / a.n + b.variance / b.n) / before2 };
}

function linearised(metric: OnlineMetric, sums: UnitSums, arms: Int32Array, which: number): Float64Array {
  if (metric.kind !== 'ratio') return sums.y;
  const pairs = pairSums(sums.y, sums.x, arms, which);
  const ratio = pairs.x > 0 ? pairs.y / pairs.x : 0;
  const mean = pairs.n > 0 ? pairs.x / pairs.n : 1;
  return sums.y.map((y, u) => ratio + (y - ratio * sums.x[u]) / mean);
}

/** The metric from before the experiment; for ratios what a unit had above the common rate. Null where nobody had anything. */
function covariateOf(metric: OnlineMetric, before: UnitSums, arms: Int32Array): Float64Array | null {
  let y = 0;
  let x = 0;
  for (let u = 0; u < arms.length; u++) {
    if (arms[u] < 0) continue;
    y += before.y[u];
    x += before.x[u];
  }
  if (y === 0) return null;
  if (metric.kind !== 'ratio') return before.y;
  return before.y.map((value, u) => value - (y / x) * before.x[u]);
}
