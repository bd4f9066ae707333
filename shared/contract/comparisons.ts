import type { RunStatus } from './results.ts';
import type { MetricValue } from './values.ts';

/** What one run does better or worse than another over the users that both have. */
export interface Difference {
  readonly mean: number;
  /** 95 % paired bootstrap interval. */
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Corrected by Holm for everything that is compared beside it. */
  readonly pHolm: number;
  readonly users: number;
}

export interface MetricComparison {
  readonly node: string;
  readonly metric: string;
  readonly a: MetricValue;
  readonly b: MetricValue;
  /** b - a over the users that both runs have, with a 95 % paired bootstrap interval; null where there are no per-user values. */
  readonly difference: Difference | null;
}

export interface RunComparison {
  readonly a: string;
  readonly b: string;
  /** What differs in drawing, parameters, data and seed, as sentences. */
  readonly changes: readonly string[];
  readonly metrics: readonly MetricComparison[];
}

export interface ManyOptions {
  /** What the others are measured against. */
  readonly baseline: string;
  readonly runs: readonly string[];
  /** Only the metrics of this node. */
  readonly node?: string;
}

/** Several runs against one of them. */
export interface ManyComparison {
  readonly baseline: string;
  readonly runs: readonly {
    readonly run: string;
    readonly status: RunStatus;
    /** What differs from the baseline in drawing, parameters, data and seed, as sentences. */
    readonly changes: readonly string[];
  }[];
  readonly metrics: readonly {
    readonly node: string;
    readonly title: string;
    readonly metric: string;
    readonly better: 'higher' | 'lower' | 'neither';
    /** Null where the baseline did not measure it. */
    readonly baseline: MetricValue | null;
    /** In the order of `runs`; null where a run did not measure it. p-values are corrected over all runs and metrics of a node. */
    readonly cells: readonly ({ readonly value: MetricValue; readonly difference: Difference | null } | null)[];
  }[];
}
