import type { Design } from './design.ts';
import type { RunStatus } from './results.ts';

export interface RunOptions {
  readonly design: Design;
  /** Where the design lies, for the record and for relative data paths. */
  readonly designPath: string | null;
  readonly data?: string;
  readonly seed?: number;
  readonly threads?: number;
  /** "node.param" → value as text or plain value. */
  readonly set?: Readonly<Record<string, string>>;
  /** Runs everything again, reusing nothing. */
  readonly fresh?: boolean;
  /** Only this node and what it needs. */
  readonly until?: string;
  /** One run of many that try something out: it is not what the next run of the design is measured against. */
  readonly sweep?: boolean;
}

/** What would become of one node in a run. */
export interface PlanStep {
  readonly node: string;
  /** Content key: that of an earlier result means that the result still holds. */
  readonly key: string;
  readonly reused: boolean;
  /** Why it would run, or not; empty when reused. */
  readonly because: string;
  /** Turned off, or needs something that is: it would not run. */
  readonly leftOut: boolean;
}

export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus;
  readonly design: string;
  readonly data: string;
  readonly seed: number;
  readonly startedAt: string;
  readonly seconds: number | null;
  readonly nodes: number;
  /** The metric that stands for the others, and the title of the node that measured it: another run's may be from another node. */
  readonly headline: { readonly metric: string; readonly value: number | null; readonly title: string } | null;
  /** Whether it was one of a sweep. */
  readonly sweep: boolean;
}

/** Whether a node can be left out of a board, and what would then still be measured. */
export interface Ablation {
  readonly node: string;
  readonly title: string;
  readonly component: string;
  /** Why it cannot be left out; null where it can be bypassed. */
  readonly refusal: string | null;
  /** Titles of the evaluations whose numbers can change. */
  readonly measured: readonly string[];
}
