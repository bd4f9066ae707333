import type { Arm } from '#shared/kernels/experiments/arms.ts';
import type { Posterior } from '#shared/kernels/experiments/bayesian.ts';
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
/** Arm `which` of a metric: the delta method for ratios, the plain mean otherwise. */
export declare function armOf(metric: OnlineMetric, sums: UnitSums, arms: Int32Array, which: number): Arm;
/** Relative lift of b over a, or why there is none. */
export declare function findingOf(a: Arm, b: Arm, settings: TestSettings): Finding;
export interface Adjusted {
    readonly finding: Finding;
    /** Variance after over variance before: 1 - ρ² of outcome and covariate. */
    readonly varianceRatio: number;
}
/**
 * The same lift with CUPED: each unit's outcome, linearised where it is a ratio (L = R + (y - R x) / x̄ per arm, which has the
 * mean and variance of the delta method), adjusted by the same metric from before the experiment.
 */
export declare function adjustedFinding(metric: OnlineMetric, during: UnitSums, before: UnitSums, arms: Int32Array, pair: readonly [number, number], settings: TestSettings): Adjusted | null;
