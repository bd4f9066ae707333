import type { Dataset } from '#shared/contract/values.ts';
/** A log of an experiment, read and checked: one row per impression, units (users) numbered from 0. */
export interface ExperimentRows {
    readonly rows: number;
    readonly units: number;
    readonly unit: Int32Array;
    /** User of the data set behind a unit. */
    readonly userOf: Int32Array;
    /** Arm of a row; -1 for rows from before the unit entered. */
    readonly arm: Int32Array;
    /** Arm of a unit; -1 for units that never entered. */
    readonly armOf: Int32Array;
    /** Names of the arms, the control first. */
    readonly names: readonly string[];
    /** Day of a row, counted from the first day of the experiment; negative before. */
    readonly day: Int32Array;
    readonly days: number;
    /** Outcomes per row: click, and whatever of conversion, revenue, dwell, hidden, latency, distinct the log has. */
    readonly columns: Readonly<Record<string, ArrayLike<number>>>;
    /** What was left out, for people. */
    readonly notes: readonly string[];
}
export interface ReadOptions {
    /** Column of the impressions that names the variant. */
    readonly variant: string;
    /** Name of the control; the first variant where empty. */
    readonly control: string;
    /** What to do with users that were in several variants, and with repeated rows. */
    readonly faulty: 'refuse' | 'leave out';
    /** Whether revenue below 0 is a refund, not a mistake. */
    readonly refunds: boolean;
}
/** Reads an experiment's log. Throws RunboardError 'bad-data' where no number could be trusted. */
export declare function readExperiment(dataset: Dataset, options: ReadOptions): ExperimentRows;
