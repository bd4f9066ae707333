import type { Design } from './design.ts';

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
  /** It comes with data, or makes its own: it runs as it is. */
  readonly runs: boolean;
}

export interface ExportOptions {
  readonly design: Design;
  readonly format: 'md' | 'svg' | 'mermaid' | 'html';
  /** Folder to write into. */
  readonly out: string;
  /** Run whose numbers are written; the newest of this design where absent. */
  readonly run?: string;
}
