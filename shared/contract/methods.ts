import type { DesignChange } from './changes.ts';
import type { ComponentSpec } from './component.ts';
import type { Design } from './design.ts';
import type { Failure } from './failure.ts';
import type { Environment, RunEvent, RunResult, RunStatus } from './results.ts';
import type { MetricValue, Origin, Plot, PortType, Sheet } from './values.ts';
import type { DraftInfo, EngineNews, HoldNews, RestorePoint } from './work.ts';

/** A problem found and mended, or left alone, when a design was opened. */
export interface Repair {
  /** "edge-dangling", "duplicate-id", "unknown-component", … */
  readonly code: string;
  readonly where: string;
  readonly what: string;
  /** What was done about it: "kept as drawn", "left out". */
  readonly done: string;
}

export interface OpenedDesign {
  readonly path: string | null;
  readonly design: Design;
  readonly repairs: readonly Repair[];
  /** Why it may not be written ("made by a newer Runboard (version 3)"), or null. */
  readonly readOnly: string | null;
  /** Digest of the file's bytes: what saving compares with, so that a change from outside is noticed. */
  readonly digest: string | null;
}

export interface TemplateInfo {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly problem: string | null;
  readonly nodes: number;
  readonly bound: number;
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly role: string | null;
  readonly nulls: number;
  readonly distinct: number | null;
  readonly minimum: number | string | null;
  readonly maximum: number | string | null;
  readonly mean: number | null;
  /** Most frequent values with their counts. */
  readonly top: readonly (readonly [string, number])[];
  /** Counts over equal-width bins from minimum to maximum; empty for text. */
  readonly histogram: readonly number[];
}

export interface TableProfile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export interface DatasetProfile {
  readonly path: string;
  readonly name: string;
  readonly shape: 'events' | 'examples';
  readonly fingerprint: string;
  readonly tables: readonly TableProfile[];
  readonly roles: Readonly<Record<string, string>>;
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly impressions: number;
  readonly examples: number;
  /** Events equal to an earlier one in user, item, time and value. */
  readonly duplicates: number;
  /** Share of the user-item matrix that is empty; null for flat tables. */
  readonly sparsity: number | null;
  /** Unix seconds. */
  readonly timeRange: readonly [number, number] | null;
  /** Share of events on the most popular 1, 10 and 20 % of items. */
  readonly longTail: {
    readonly top1: number;
    readonly top10: number;
    readonly top20: number;
    readonly gini: number;
  } | null;
  readonly warnings: readonly string[];
}

export interface ImportOptions {
  readonly path: string;
  readonly format: 'ml-100k' | 'movielens' | 'recbole' | 'csv' | 'parquet' | 'jsonl' | 'libsvm' | 'sqlite';
  readonly out: string;
  /** role → column. */
  readonly map: Readonly<Record<string, string>>;
}

/** What files hold, before they are imported: their tables with columns and first rows. */
export interface SourcePreview {
  readonly tables: readonly {
    readonly name: string;
    /** Role where the format itself says so. */
    readonly columns: readonly { readonly name: string; readonly role: string | null }[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  }[];
  readonly notes: readonly string[];
}

export interface ImportReport {
  readonly out: string;
  readonly shape: 'events' | 'examples';
  readonly fingerprint: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsRejected: number;
  readonly rejectFile: string | null;
  /** The first of them, as "file, line 12: reason". */
  readonly rejects?: readonly string[];
  /** Rows per table written. */
  readonly tables: Readonly<Record<string, number>>;
  readonly encoding: string;
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface GenerateOptions {
  readonly recipe: string;
  readonly out: string;
  readonly users?: number;
  readonly items?: number;
  readonly events?: number;
  readonly days?: number;
  readonly seed?: number;
}

export interface TablePage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly total: number;
}

export interface PreviewOptions {
  readonly run: string;
  readonly node: string;
  /** Output port; the first where absent. */
  readonly port?: string;
  /** One of the tables of the value; the first where absent. */
  readonly table?: string;
  readonly offset: number;
  readonly limit: number;
}

/** What a finished run left at a port, as a person reads it: a page of rows, never the arrays themselves. */
export interface ValuePreview extends TablePage {
  readonly port: string;
  readonly type: PortType;
  /** Sizes and origins of the value: "labelling", "vectors", "state". */
  readonly facts: readonly (readonly [string, string | number])[];
  readonly tables: readonly { readonly id: string; readonly title: string; readonly rows: number }[];
  /** The table that the rows are of; empty where the value has none. */
  readonly table: string;
  /** One per column, in their order, counted over `counted` evenly spaced rows. */
  readonly profiles: readonly ColumnProfile[];
  readonly counted: number;
}

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
  /** Why it would run; empty when reused. */
  readonly because: string;
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
  readonly headline: { readonly metric: string; readonly value: number | null } | null;
  /** Whether it was one of a sweep. */
  readonly sweep: boolean;
}

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

export interface TraceStep {
  readonly node: string;
  readonly title: string;
  readonly component: string;
  readonly millis: number;
  readonly items: readonly {
    readonly item: string;
    readonly title: string | null;
    readonly rank: number;
    readonly rankBefore: number | null;
    readonly score: number;
    readonly sources: readonly string[];
    readonly reason: string | null;
    readonly relevant: boolean;
  }[];
  /** Items that went in and did not come out. */
  readonly dropped: readonly string[];
}

export interface RequestTrace {
  readonly run: string;
  readonly user: string;
  readonly history: readonly {
    readonly item: string;
    readonly title: string | null;
    readonly time: number | null;
    readonly value: number;
  }[];
  readonly heldOut: readonly { readonly item: string; readonly title: string | null }[];
  readonly steps: readonly TraceStep[];
}

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

export interface DoctorReport {
  readonly environment: Environment;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly found: string;
    readonly remedy: string | null;
  }[];
}

export interface ExportOptions {
  readonly design: Design;
  readonly format: 'md' | 'svg' | 'mermaid' | 'html';
  /** Folder to write into. */
  readonly out: string;
  /** Run whose numbers are written; the newest of this design where absent. */
  readonly run?: string;
}

/** Every method of the product. Hosts and windows call nothing else. */
export interface Methods {
  'catalogue.list': () => readonly ComponentSpec[];
  'templates.list': () => readonly TemplateInfo[];
  'templates.open': (options: { template: string }) => Design;
  'designs.open': (options: { path: string }) => OpenedDesign;
  /**
   * Refuses with 'bad-input' when the file no longer has `expectedDigest`, unless it is to `replace` whatever is there;
   * what was there stays as a restore point.
   */
  'designs.save': (options: { path: string; design: Design; expectedDigest: string | null; replace?: boolean }) => {
    digest: string;
  };
  /** What makes the second design out of the first, in words. */
  'designs.compare': (options: { before: Design; after: Design }) => readonly string[];
  'designs.list': () => readonly { path: string; title: string; modifiedAt: string }[];
  /**
   * Says that a window has a design open; lasts until it is cancelled. The first who takes a file writes to it, others
   * follow: 'hold' events say which, and what the first does.
   */
  'designs.hold': (options: { draft: string; path: string | null; take: boolean }) => { ended: boolean };
  /** Begins the journal of unsaved work in the workspace, in place of what was kept under the same id. Never writes the user's file. */
  'drafts.begin': (options: { id: string; path: string | null; digest: string | null; design: Design }) => {
    kept: boolean;
  };
  /** Adds what changed, behind change number `after`. Not kept where the journal does not stand there: then it is to begin anew. */
  'drafts.append': (options: { id: string; after: number; changes: readonly DesignChange[] }) => { kept: boolean };
  'drafts.list': () => readonly DraftInfo[];
  'drafts.open': (options: { id: string }) => OpenedDesign;
  /** Lets go of kept work: it was saved, or is not wanted. */
  'drafts.drop': (options: { id: string }) => { dropped: boolean };
  /** Earlier states of a design, newest first: of its file, and of the unsaved work that it began as. */
  'restorePoints.list': (options: { path: string | null; draft: string | null }) => readonly RestorePoint[];
  'restorePoints.open': (options: { id: string }) => OpenedDesign;
  'datasets.peek': (options: { path: string; format: ImportOptions['format'] }) => SourcePreview;
  'datasets.import': (options: ImportOptions) => ImportReport;
  'datasets.generate': (options: GenerateOptions) => ImportReport;
  'datasets.inspect': (options: { path: string }) => DatasetProfile;
  'datasets.page': (options: { path: string; table: string; offset: number; limit: number }) => TablePage;
  'datasets.list': () => readonly { path: string; name: string; bytes: number }[];
  /** Answers when the run has ended; progress comes as events. */
  'runs.start': (options: RunOptions) => RunResult;
  'runs.cancel': (options: { run: string }) => { cancelled: boolean };
  'runs.list': () => readonly RunSummary[];
  'runs.show': (options: { run: string }) => RunResult;
  'runs.compare': (options: { a: string; b: string }) => RunComparison;
  /** Several runs against a baseline, with differences paired by user and corrected for all that is compared. */
  'runs.compareMany': (options: ManyOptions) => ManyComparison;
  /** Which nodes of a design can be left out, one at a time, and why the others cannot. */
  'runs.ablations': (options: { design: Design }) => readonly Ablation[];
  'runs.trace': (options: { run: string; user: string }) => RequestTrace;
  /** Rows and distributions of what a run left at a port. */
  'runs.preview': (options: PreviewOptions) => ValuePreview;
  /** Which nodes of a design would be reused, and why the others are stale. */
  'runs.plan': (options: RunOptions) => readonly PlanStep[];
  /** Power, smallest lift, sample size and days of an experiment. */
  'experiments.plan': (options: ExperimentPlanOptions) => ExperimentPlan;
  /** Offline beside simulated online changes, over all pairs of lists in the finished runs of one design. */
  'experiments.offlineOnline': (options: { design: string; runs?: readonly string[] }) => OfflineOnline;
  'exports.write': (options: ExportOptions) => { files: readonly string[] };
  /** Ends the process that runs boards, whatever it does, and starts it anew. */
  'engine.restart': () => { restarted: boolean };
  doctor: () => DoctorReport;
}

export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = Parameters<Methods[M]> extends [infer Input] ? Input : undefined;
export type MethodOutput<M extends MethodName> = ReturnType<Methods[M]>;

/** What is announced without being asked. */
export interface Events {
  run: RunEvent;
  /** Progress of an import or generation. */
  work: { readonly what: string; readonly share: number; readonly note: string };
  /** To the window that has a design open, under the id of its unsaved work. */
  hold: { readonly draft: string; readonly news: HoldNews };
  /** How the process that runs boards is; told to every window. */
  engine: EngineNews;
}
export type EventName = keyof Events;

/** The part of AbortSignal that is used: shared code compiles without DOM and Node types. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a handler is given beside its input. */
export interface Call {
  readonly signal: CancelSignal;
  emit<E extends EventName>(event: E, payload: Events[E]): void;
}

/** One implementation per method: leaving one out does not compile. */
export type Handlers = { readonly [M in MethodName]: (input: MethodInput<M>, call: Call) => Promise<MethodOutput<M>> };

/** What travels over a transport. `id` ties an answer to its request. */
export type Message =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'event'; readonly event: string; readonly payload: unknown };

/** A line between a client and the handlers: message port, WebSocket or memory. */
export interface Transport {
  post(message: Message): void;
  /** One listener; called in order of arrival. */
  receive(listener: (message: Message) => void): void;
  /** Called once when the line is gone. */
  closed(listener: () => void): void;
  close(): void;
}
