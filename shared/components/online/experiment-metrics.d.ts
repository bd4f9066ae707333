import type { Metrics, MetricValue, Origin } from '#shared/contract/values.ts';
import type { Analysis, AnalysisSettings } from './experiment-analysis.ts';
/** A number without an interval; null where it is not one. */
export declare function plainValue(value: number, n: number): MetricValue;
/** A number with its interval; all null where there is none. */
export declare function intervalValue(value: number, interval: {
    readonly low: number;
    readonly high: number;
}, n: number): MetricValue;
/** The Metrics value of an analysed experiment. A withheld lift is null everywhere, never a number with a footnote. */
export declare function experimentMetrics(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Metrics;
