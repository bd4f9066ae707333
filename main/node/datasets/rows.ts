import type { CancelSignal } from '#shared/contract/methods.ts';
import type { Role } from '#shared/contract/roles.ts';

/** What one cell of a source holds: text, a finite number, or nothing. */
export type Cell = string | number | null;

/** Rows of a source, column by column. */
export interface RowBatch {
  readonly rows: number;
  /** Line (or row number, where the format has no lines) of each row, from 1. */
  readonly lines: readonly number[];
  /** `columns[c][r]` */
  readonly columns: readonly (readonly Cell[])[];
}

export const tableNames = ['users', 'items', 'events', 'impressions', 'examples'] as const;
export type TableName = (typeof tableNames)[number];

/**
 * What a stored column holds. `text` is decided on when it is loaded: few distinct values make a category, many remain
 * free text. `time` is kept as it was written and read as Unix seconds.
 */
export type ColumnKind = 'id' | 'number' | 'time' | 'text' | 'category' | 'tags';

export interface SourceColumn {
  readonly name: string;
  /** Where the format says so; guessed from the first rows otherwise. */
  readonly kind?: ColumnKind;
  /** What stands between the tags of a `tags` column. */
  readonly separator?: string;
  /** The part that the format gives to this column. */
  readonly role?: Role;
}

/** How a reader tells what it meets. */
export interface Reading {
  readonly signal?: CancelSignal;
  /** A row that cannot be taken: where, why, and what it says. */
  reject(line: number, reason: string, text: string): void;
  /** Bytes of the source read since the last call. */
  advance(bytes: number): void;
}

/** One table of a source, ready to be read once. */
export interface TableSource {
  readonly table: TableName;
  readonly path: string;
  readonly bytes: number;
  readonly columns: readonly SourceColumn[];
  /** Whether numbers arrive as numbers; otherwise every cell is text still to be understood. */
  readonly typed: boolean;
  rows(reading: Reading): AsyncIterable<RowBatch>;
}

/** All tables of a source, and what a person should know about how it was understood. */
export interface Source {
  readonly format: string;
  readonly tables: readonly TableSource[];
  readonly notes: readonly string[];
}

/** What an import may be told about the text of a source, and how patient it is with what cannot be interrupted. */
export interface TextOptions {
  /** Milliseconds that a Parquet decoder may go without progress before its file is given up. */
  readonly patienceMillis?: number;
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  readonly delimiter?: string;
  /** Whether the first row names the columns; guessed where absent. */
  readonly header?: boolean;
}

const mostBatchRows = 4096;
const mostBatchCells = 1 << 17;

/** Rows of a batch: fewer where they are wide, so that a batch takes as much memory whatever its columns. */
export function batchRowsOf(width: number): number {
  return Math.max(16, Math.min(mostBatchRows, Math.floor(mostBatchCells / Math.max(1, width))));
}

/** Collects rows into batches. */
export class BatchBuilder {
  private columns: Cell[][];
  private lines: number[] = [];
  private readonly width: number;
  private readonly most: number;

  constructor(width: number) {
    this.width = width;
    this.most = batchRowsOf(width);
    this.columns = Array.from({ length: width }, () => []);
  }

  get full(): boolean {
    return this.lines.length >= this.most;
  }

  get empty(): boolean {
    return this.lines.length === 0;
  }

  add(line: number, cells: readonly Cell[]): void {
    this.lines.push(line);
    for (let c = 0; c < this.width; c++) this.columns[c].push(cells[c]);
  }

  take(): RowBatch {
    const batch = { rows: this.lines.length, lines: this.lines, columns: this.columns };
    this.lines = [];
    this.columns = Array.from({ length: this.width }, () => []);
    return batch;
  }
}
