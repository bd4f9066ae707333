import type { Dataset } from '#shared/contract/values.ts';
import type { SampleRatio } from '#shared/kernels/experiments/sample-ratio.ts';
import type { Arm } from '#shared/kernels/experiments/arms.ts';
import type { Adjusted, Finding, TestSettings } from './effects.ts';
import type { ExperimentRows } from './experiment-rows.ts';
import type { OnlineMetric } from './online-metrics.ts';
export interface AnalysisSettings extends TestSettings {
    readonly metrics: readonly string[];
    readonly guardrails: readonly string[];
    readonly guardrailMargin: number;
    readonly correction: 'holm' | 'benjamini-hochberg' | 'none';
    readonly cuped: boolean;
    readonly shares: readonly number[];
    readonly segments: readonly string[];
    readonly minimumDays: number;
}
/** One metric under one variant against the control. */
export interface Comparison {
    readonly metric: OnlineMetric;
    readonly guardrail: boolean;
    /** Place of the variant among the names; the control is 0. */
    readonly variant: number;
    readonly control: Arm;
    readonly treated: Arm;
    readonly finding: Finding;
    readonly cuped: Adjusted | null;
    /** p-value after the correction for several tests; NaN where there is none. */
    readonly adjustedP: number;
}
export interface DayPoint {
    readonly day: number;
    readonly soFar: Finding;
    readonly daily: Finding;
}
export interface SegmentFinding {
    readonly segment: string;
    readonly variant: number;
    readonly finding: Finding;
}
export interface Analysis {
    readonly rows: ExperimentRows;
    readonly unitsPerArm: readonly number[];
    readonly sampleRatio: SampleRatio;
    /** Why no lift may be stated; null where it may. */
    readonly withheld: string | null;
    readonly comparisons: readonly Comparison[];
    /** Lift of the first metric over time, by variant from 1. */
    readonly overTime: readonly (readonly DayPoint[])[];
    readonly segments: readonly SegmentFinding[];
}
export declare function analyse(dataset: Dataset, rows: ExperimentRows, settings: AnalysisSettings): Analysis;
