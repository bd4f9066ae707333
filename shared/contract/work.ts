// What a person works on, as windows are told about it: what is kept of it, who writes to it, and whether boards can run.
import type { DesignChange } from './change-schema.ts';
import type { Design } from './design.ts';

/** An earlier state of a design, kept in the workspace for a week. */
export interface RestorePoint {
  readonly id: string;
  /** ISO 8601. */
  readonly keptAt: string;
  /** Kept while the design was changed, or what a save was about to replace. */
  readonly why: 'working' | 'before-save';
}

/** Work that is in no file yet, kept so that it is not lost. */
export interface DraftInfo {
  readonly id: string;
  /** The file that it would be saved to; null where it has none. */
  readonly path: string | null;
  readonly title: string;
  /** ISO 8601. */
  readonly keptAt: string;
  /** Whether a part of it cannot be read any more; opening says what came of that. */
  readonly damaged: boolean;
  /** Whether it is open in some window. */
  readonly open: boolean;
}

/** What a window is told about a design that it has open. */
export type HoldNews =
  | { readonly kind: 'held' }
  | { readonly kind: 'follows'; readonly by: string; readonly since: string }
  /** Nobody writes to the file: it may be taken over. */
  | { readonly kind: 'free' }
  /** What the one who writes has by now; with the digest of the file where that is what the file holds. */
  | { readonly kind: 'state'; readonly design: Design; readonly digest: string | null }
  | { readonly kind: 'changes'; readonly changes: readonly DesignChange[] }
  /** The file was written: its digest, null where it is gone. */
  | { readonly kind: 'file'; readonly digest: string | null };

/** How the process that runs boards is. */
export interface EngineNews {
  /** up; does not answer (it may be busy, or hang); has stopped and is started again; keeps stopping. */
  readonly state: 'up' | 'silent' | 'gone' | 'failed';
  /** What it said last, where it keeps stopping. */
  readonly log?: string;
}
