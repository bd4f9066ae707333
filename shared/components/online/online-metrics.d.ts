import type { ExperimentRows } from './experiment-rows.ts';
/** What an experiment is judged by. */
export interface OnlineMetric {
    readonly id: string;
    readonly title: string;
    readonly better: 'higher' | 'lower';
    /** ratio: Σ over Σ per impression; mean: per user; share: users to whom it happened at all. */
    readonly kind: 'ratio' | 'mean' | 'share';
    readonly column: string;
}
export declare const onlineMetrics: readonly OnlineMetric[];
export declare const onlineMetricIds: readonly string[];
/** Sums of one metric per unit: numerator and impressions. */
export interface UnitSums {
    readonly y: Float64Array;
    readonly x: Float64Array;
}
/** Sums over the rows of the experiment, or over those from before it (arm -1). */
export declare function unitSums(rows: ExperimentRows, metric: OnlineMetric, before: boolean): UnitSums;
/**
 * Sums day by day: `visit` is called after each day with the sums of that day alone and of all days so far. Rows are taken
 * in the order of days, whatever their order in the log.
 */
export declare function dailySums(rows: ExperimentRows, metric: OnlineMetric, visit: (day: number, daily: UnitSums, soFar: UnitSums) => void): void;
