import type { DesignChange } from './change-schema.ts';
import type { ManyComparison, ManyOptions, RunComparison } from './comparisons.ts';
import type { ComponentSpec } from './component.ts';
import type {
  DatasetProfile,
  GenerateOptions,
  ImportFormat,
  ImportOptions,
  ImportReport,
  SourcePreview,
  TablePage,
} from './datasets.ts';
import type { ExportOptions, OpenedDesign, TemplateInfo } from './design-files.ts';
import type { Design } from './design.ts';
import type { DoctorReport } from './doctor.ts';
import type { ExperimentPlan, ExperimentPlanOptions, OfflineOnline } from './experiments.ts';
import type { HistoryRestored, HistoryState, RestoreFrom } from './history.ts';
import type { PreviewOptions, ValuePreview } from './previews.ts';
import type { RunEvent, RunResult } from './results.ts';
import type { Ablation, PlanStep, RunOptions, RunSummary } from './runs.ts';
import type { RequestTrace } from './traces.ts';
import type { DraftInfo, EngineNews, HoldNews, RestorePoint } from './work.ts';

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
    /** Where it lies, whole: what was named may be relative. */
    path: string;
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
  'datasets.peek': (options: { path: string; format: ImportFormat }) => SourcePreview;
  'datasets.import': (options: ImportOptions) => ImportReport;
  'datasets.generate': (options: GenerateOptions) => ImportReport;
  'datasets.inspect': (options: { path: string }) => DatasetProfile;
  /** Rows of a table of a data set; or of the file of rejected rows beside one (file, line, reason, text), whatever `table` is. */
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
  /** Of the first user who has a test request where none is named. */
  'runs.trace': (options: { run: string; user?: string }) => RequestTrace;
  /** Rows and distributions of what a run left at a port. */
  'runs.preview': (options: PreviewOptions) => ValuePreview;
  /** Which nodes of a design would be reused, and why the others are stale. */
  'runs.plan': (options: RunOptions) => readonly PlanStep[];
  /** Whether the runs of the workspace can be read, and what could be put in their place. */
  'runs.history': () => HistoryState;
  /** Puts a copy, or a new file, in the place of a damaged one, which is kept. Refused where it is sound. */
  'runs.restore': (options: { from: RestoreFrom }) => HistoryRestored;
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
