import type { Failure } from './failure.ts';
import type { MetricValues, Origin, Plot, Sheet } from './values.ts';

export type NodeStatus = 'done' | 'reused' | 'failed' | 'cancelled' | 'skipped';
export type RunStatus = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** Milliseconds that one request spends in a node, over a sample of requests asked one at a time. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly requests: number;
  /** Each of them, in the order asked: requests at the same place are the same in every stage. Absent in runs of earlier versions. */
  readonly millis?: readonly number[];
}

export interface CurvePoint {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What is known of one node after a run. */
export interface NodeResult {
  readonly id: string;
  readonly title: string;
  readonly component: string;
  readonly status: NodeStatus;
  /** Content key: equal keys, equal results. */
  readonly key: string;
  /** Why it ran: "first run", "parameter lambda changed", "upstream split changed"; empty when reused. */
  readonly because: string;
  readonly fitMillis: number | null;
  readonly applyMillis: number | null;
  /** Growth of this worker's memory while the node ran, in bytes; null where not measured. */
  readonly memoryBytes: number | null;
  /** Bytes of the learned state; null where nothing is learned. */
  readonly stateBytes: number | null;
  /** What goes in and comes out, as a person counts it: rows, or items per request. */
  readonly in: number | null;
  readonly out: number | null;
  /** What `out` counts: "events", "items per request", "examples". */
  readonly unit: string;
  /** Where the metrics come from. */
  readonly origin: Origin;
  readonly metrics: MetricValues;
  readonly baselines: Readonly<Record<string, MetricValues>>;
  readonly slices: Readonly<Record<string, MetricValues>>;
  /** Numbers measured on the way, by name. */
  readonly measures: Readonly<Record<string, number>>;
  readonly latency: Latency | null;
  readonly warnings: readonly string[];
  readonly log: readonly string[];
  readonly curve: readonly CurvePoint[];
  readonly plots: readonly Plot[];
  readonly sheets: readonly Sheet[];
  readonly error?: Failure;
}

export interface Environment {
  readonly runboard: string;
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly tensor: string;
  readonly sqlite: string;
}

/** One execution of a design. */
export interface RunResult {
  /** As "r-0001", counted per workspace. */
  readonly run: string;
  readonly status: RunStatus;
  readonly design: { readonly title: string; readonly path: string | null; readonly digest: string };
  readonly data: { readonly name: string; readonly path: string | null; readonly fingerprint: string };
  readonly seed: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly environment: Environment;
  readonly nodes: Readonly<Record<string, NodeResult>>;
  readonly error?: Failure;
}

/** What is said while a run goes on. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly run: string; readonly nodes: readonly string[] }
  | { readonly type: 'node-started'; readonly run: string; readonly node: string }
  | {
      readonly type: 'node-progress';
      readonly run: string;
      readonly node: string;
      readonly share: number;
      readonly note: string;
      readonly secondsLeft: number | null;
    }
  | { readonly type: 'node-curve'; readonly run: string; readonly node: string; readonly point: CurvePoint }
  | { readonly type: 'node-finished'; readonly run: string; readonly node: string; readonly result: NodeResult }
  | { readonly type: 'run-finished'; readonly run: string; readonly status: RunStatus };
