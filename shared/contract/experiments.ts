import type { MetricValue, Origin, Plot, Sheet } from './values.ts';

/** A list that a run measured offline and showed to simulated users. */
export interface ShownList {
  readonly run: string;
  /** Node that made the list. */
  readonly node: string;
  readonly title: string;
  /** NDCG of its first ten places against held-out items. */
  readonly offline: MetricValue;
  /** Clicks per impression of its simulated users. */
  readonly online: MetricValue;
  /** Clicks per impression without chance, at first sight; null where the simulator does not know. */
  readonly expected: number | null;
}

/** Two lists of one simulated world: what changed offline beside what changed online. */
export interface OfflineOnlinePoint {
  readonly a: Pick<ShownList, 'run' | 'node' | 'title'>;
  readonly b: Pick<ShownList, 'run' | 'node' | 'title'>;
  /** NDCG@10 of b minus that of a. */
  readonly offline: number;
  /** Relative change of the click-through rate from a to b, with a 95 % interval. */
  readonly online: { readonly value: number; readonly low: number; readonly high: number };
  /** The same without chance, as only a simulator can know it. */
  readonly expected: number | null;
  /** Whether both changes point the same way. */
  readonly agrees: boolean;
  /** Whether the interval of the online change leaves out 0. */
  readonly clear: boolean;
}

export interface OfflineOnline {
  readonly origin: 'simulated';
  readonly lists: readonly ShownList[];
  readonly points: readonly OfflineOnlinePoint[];
  /** Correlation of both changes over all pairs taken in both directions; null with fewer than three lists. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Number of pairs. */
  readonly n: number;
  /** Simulated worlds that the lists belong to: only lists of one world are compared. */
  readonly worlds: number;
}

/** What the component "power" says, asked without a board. */
export interface ExperimentPlanOptions {
  /** Parameters of the component "power"; defaults where absent. */
  readonly params: Readonly<Record<string, number | boolean | string | readonly number[]>>;
  /** A node of a run whose exposure log gives mean, variance and traffic. */
  readonly pilot?: { readonly run: string; readonly node: string };
}

export interface ExperimentPlan {
  readonly origin: Origin;
  readonly metrics: Readonly<Record<string, MetricValue>>;
  readonly plots: readonly Plot[];
  readonly sheets: readonly Sheet[];
  readonly warnings: readonly string[];
}
