import type { Design } from './design.ts';
import type { ManyComparison, ManyOptions, RunComparison } from './comparisons.ts';
import type {
  DatasetProfile,
  GenerateOptions,
  ImportFormat,
  ImportOptions,
  ImportReport,
  SourcePreview,
  TablePage,
} from './datasets.ts';
import type { DoctorReport } from './doctor.ts';
import type { ExperimentPlan, ExperimentPlanOptions, OfflineOnline } from './experiments.ts';
import type { Call, CancelSignal } from './methods.ts';
import type { HistoryRestored, HistoryState, RestoreFrom } from './history.ts';
import type { PreviewOptions, ValuePreview } from './previews.ts';
import type { Ablation, PlanStep, RunOptions, RunSummary } from './runs.ts';
import type { RequestTrace } from './traces.ts';
import type { RunResult } from './results.ts';

/** What services need from the machine they run on. Hosts build these from `main/node`. */
export interface Ports {
  readonly files: Files;
  readonly holds: Holds;
  readonly places: Places;
  /** Loaded when first asked for, so that commands that need no data start fast. */
  readonly datasets: () => Promise<Datasets>;
  /** Opened when first asked for; one per workspace. */
  readonly engine: () => Promise<EnginePort>;
  readonly history: History;
  readonly doctor: () => Promise<DoctorReport>;
}

/** Folders, as absolute paths. */
export interface Places {
  /** Where runs.db, artefacts and generated data sets lie. */
  readonly workspace: string;
  /** Where the templates that ship with the program lie. */
  readonly templates: string;
}

export interface FileEntry {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modifiedAt: string;
}

export interface Files {
  /**
   * Text of a file in UTF-8, and the digest of its bytes. Throws 'not-found', 'bad-input' (a folder, not text) and
   * 'too-large' (over `limit` bytes) with the path as place. With `damaged` bytes that are no text come as U+FFFD.
   */
  read(
    path: string,
    limit: number,
    options?: { readonly damaged: boolean },
  ): Promise<{ readonly text: string; readonly digest: string }>;
  /** Digest of a file's bytes; null where there is no file. */
  digest(path: string): Promise<string | null>;
  /** Why a file that is there may not be replaced ("the disk is read-only"); null where it may, or where none is. */
  locked(path: string): Promise<string | null>;
  /** Replaces a file as a whole or not at all; its folder must exist. Answers digest and length of what was written. */
  save(path: string, text: string): Promise<{ readonly digest: string; readonly bytes: number }>;
  /**
   * Writes text at a place in a file that exists, cuts off what was behind it, and flushes. Answers the new length:
   * where the next text goes, so that what a failed write left behind is written over.
   */
  append(path: string, at: number, text: string): Promise<number>;
  /** Takes a file away; false where there was none. */
  remove(path: string): Promise<boolean>;
  /** Makes a folder and what is above it. */
  makeFolder(path: string): Promise<void>;
  /** Files of a folder whose names end so, by name; none where there is no such folder. */
  list(folder: string, ending: string): Promise<readonly FileEntry[]>;
  /** An absolute path; `parts` are taken relative to `base`. */
  resolve(base: string, ...parts: readonly string[]): string;
  folderOf(path: string): string;
}

/** A program that has a file open for writing. */
export interface FileHolder {
  readonly by: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Which design files are open for writing in which program of this machine. */
export interface Holds {
  /** Holds a file until it is released, or says who does. A holder that is gone holds nothing. */
  claim(path: string): Promise<{ release(): Promise<void> } | FileHolder>;
  /** Who holds a file, beside this program. */
  holder(path: string): Promise<FileHolder | null>;
  /** Tells when a file was written or taken away, and when its holder may have changed, until what it answers is called. */
  watch(path: string, changed: (what: 'file' | 'hold') => void): () => void;
}

export interface Datasets {
  peek(options: { readonly path: string; readonly format: ImportFormat }, call: Call): Promise<SourcePreview>;
  import(options: ImportOptions, call: Call): Promise<ImportReport>;
  generate(options: GenerateOptions, call: Call): Promise<ImportReport>;
  inspect(path: string, call: Call): Promise<DatasetProfile>;
  page(options: {
    readonly path: string;
    readonly table: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<TablePage>;
}

/** The file that the runs of the workspace lie in. */
export interface History {
  state(): Promise<HistoryState>;
  restore(from: RestoreFrom): Promise<HistoryRestored>;
}

export interface EnginePort {
  start(options: RunOptions, call: Call): Promise<RunResult>;
  plan(options: RunOptions, call: Call): Promise<readonly PlanStep[]>;
  cancel(run: string): Promise<boolean>;
  list(): Promise<readonly RunSummary[]>;
  show(run: string): Promise<RunResult>;
  compare(a: string, b: string): Promise<RunComparison>;
  compareMany(options: ManyOptions, signal: CancelSignal): Promise<ManyComparison>;
  ablations(design: Design): Promise<readonly Ablation[]>;
  trace(run: string, user: string | undefined, signal: CancelSignal): Promise<RequestTrace>;
  preview(options: PreviewOptions, signal: CancelSignal): Promise<ValuePreview>;
  planExperiment(options: ExperimentPlanOptions, signal: CancelSignal): Promise<ExperimentPlan>;
  offlineOnline(design: string, runs?: readonly string[]): Promise<OfflineOnline>;
  close(): Promise<void>;
}
