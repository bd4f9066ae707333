import type { CurvePoint, Latency } from '#shared/contract/results.ts';
import type { MetricValues, Plain, Plot, Sheet, Value } from '#shared/contract/values.ts';

/** What a node needs to run, wherever it runs: plain data, ready to be posted to a worker. */
export interface NodeTask {
  readonly id: string;
  readonly title: string;
  readonly component: string;
  readonly params: Readonly<Record<string, number | boolean | string | readonly number[] | readonly string[]>>;
  readonly inputs: Readonly<Record<string, Value | readonly Value[]>>;
  readonly seed: number;
  /** State learned before: `fit` is not called again. */
  readonly state?: Plain;
  /** Ask the one request of this user only, and time it. */
  readonly onlyUser?: number;
}

/** What a node has done. */
export interface NodeOutcome {
  readonly outputs: Readonly<Record<string, Value>>;
  /** Undefined where the component learns nothing. */
  readonly state: Plain | undefined;
  readonly fitMillis: number | null;
  readonly applyMillis: number;
  readonly memoryBytes: number | null;
  readonly in: number | null;
  readonly out: number | null;
  readonly unit: string;
  /** Recall and NDCG of what leaves a stage, measured on its test requests. */
  readonly stageMetrics: MetricValues;
  readonly latency: Latency | null;
  readonly measures: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly log: readonly string[];
  readonly curve: readonly CurvePoint[];
  readonly plots: readonly Plot[];
  readonly sheets: readonly Sheet[];
}

/** What is heard from a running node. */
export interface NodeListener {
  progress(share: number, note: string): void;
  curve(point: CurvePoint): void;
}
