import type { CancelSignal } from '#shared/contract/methods.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { basename } from 'node:path';
import { ColumnReader } from './column-reader.ts';
import type { DatasetColumns } from './columns/dataset-columns.ts';
import { SeenIds } from './columns/seen-ids.ts';
import { badInput, throwIfCancelled } from './failures.ts';
import type { StoredTable, TableReport } from './layout.ts';
import type { RejectFile } from './reject-file.ts';
import { createTable, RowWriter } from './row-writer.ts';
import type { Cell, ColumnKind, Reading, RowBatch, SourceColumn, TableName, TableSource } from './rows.ts';
import type { DatasetDraft } from './store.ts';

/** What a column holds is guessed from so many rows: of wide tables fewer, since all their cells are in memory until then. */
const sampleRows = 10_000;
const sampleCells = 1 << 20;
const fewestSampleRows = 1_000;
/** A column of numbers with a larger share of other text than this is taken for text. */
const mostIrregular = 0.01;
/** Roles that a table is nothing without. */
const indispensable = new Set(['user', 'item', 'label']);

/** A table to be imported, its roles known. */
export interface TableImport {
  readonly source: TableSource;
  readonly table: TableName;
  /** Role to column. */
  readonly roles: ReadonlyMap<string, string>;
  /** Roles that only the name of a column suggests: given up where its cells say otherwise. */
  readonly guessed: ReadonlySet<string>;
}

/** What goes on around the import of a table. */
export interface ImportRun {
  readonly draft: DatasetDraft;
  /** Gets all rows that are stored. */
  readonly columns: DatasetColumns;
  readonly rejects: RejectFile;
  readonly signal: CancelSignal | undefined;
  /** Called after each batch: rows taken so far, bytes read since the last call. */
  advance(bytes: number, rows: number): void;
}

/** What became of a table. */
export interface ImportedTable {
  readonly stored: StoredTable;
  readonly report: TableReport;
  readonly notes: readonly string[];
}

/** Reads one table of a source into the draft. Nothing is dropped silently: a row is stored, or it is in the reject file. */
export async function importTable(plan: TableImport, run: ImportRun): Promise<ImportedTable> {
  const name = basename(plan.source.path);
  let rejected = 0;
  let writer: TableWriter | undefined;
  const reject = (line: number, reason: string, text: string): void => {
    rejected++;
    run.rejects.add(name, line, reason, text);
  };
  const reading: Reading = { signal: run.signal, reject, advance: (bytes) => run.advance(bytes, writer?.rows ?? 0) };
  const sample: RowBatch[] = [];
  let sampled = 0;
  const enough = Math.max(
    fewestSampleRows,
    Math.min(sampleRows, Math.floor(sampleCells / Math.max(1, plan.source.columns.length))),
  );
  for await (const batch of plan.source.rows(reading)) {
    throwIfCancelled(run.signal);
    if (writer === undefined) {
      sample.push(batch);
      sampled += batch.rows;
      if (sampled < enough) continue;
      writer = new TableWriter(plan, sample, run, reject);
      writeSample(writer, sample);
    } else writer.write(batch);
    run.advance(0, writer.rows);
    await nextTurn(); // lets a cancellation in
  }
  if (writer === undefined) {
    writer = new TableWriter(plan, sample, run, reject);
    writeSample(writer, sample);
  }
  const finished = writer.finish();
  if (finished.report.rows === 0) refuseEmpty(plan, rejected, run.rejects);
  return { ...finished, report: { ...finished.report, rejected } };
}

/** Writes the first batches, and lets go of each. */
function writeSample(writer: TableWriter, sample: RowBatch[]): void {
  for (let batch = sample.shift(); batch !== undefined; batch = sample.shift()) writer.write(batch);
}

function refuseEmpty(plan: TableImport, rejected: number, rejects: RejectFile): never {
  if (rejected === 0) throw badInput(`has no rows, so there are no ${plan.table}`, plan.source.path);
  throw badInput(
    `none of its ${rejected} rows could be read; ${rejects.first[0]}`,
    plan.source.path,
    'check what it is (--format) and which column plays which part (--map)',
  );
}

class TableWriter {
  private readonly stored: StoredTable;
  private readonly plan: TableImport;
  private readonly readers: readonly ColumnReader[];
  private readonly writer: RowWriter;
  private readonly reject: Reading['reject'];
  /** Column of the id that may not repeat, and the line of each id; users and items only. */
  private readonly key: number;
  private readonly seen = new SeenIds();
  private readonly notes: string[] = [];

  constructor(
    plan: TableImport,
    sample: readonly RowBatch[],
    { draft, columns: gathered }: ImportRun,
    reject: Reading['reject'],
  ) {
    this.plan = plan;
    this.reject = reject;
    const roleOf = new Map([...plan.roles].map(([role, column]) => [column, role]));
    const loose = plan.table === 'examples';
    this.readers = plan.source.columns.map((column, c) => {
      const cells = sample.flatMap((batch) => batch.columns[c]);
      const role = this.playedBy(column, roleOf.get(column.name), cells);
      return new ColumnReader(column, role, cells, loose && (role === 'user' || role === 'item'));
    });
    const columns = this.readers.map(({ name, kind, separator, role }) => ({ name, kind, separator, role }));
    this.stored = { table: plan.table, stored: plan.table, columns };
    createTable(draft.db, this.stored);
    this.writer = new RowWriter(
      draft.db,
      plan.table,
      columns.map(({ name }) => name),
      gathered.feeder(this.stored),
    );
    const key = plan.table === 'users' ? 'user' : plan.table === 'items' ? 'item' : undefined;
    this.key = key === undefined ? -1 : this.readers.findIndex(({ role }) => role === key);
  }

  get rows(): number {
    return this.writer.rows;
  }

  /** The role of a column; none where only its name suggests one and most of its first cells cannot play it. */
  private playedBy(column: SourceColumn, role: string | undefined, cells: readonly Cell[]): string | undefined {
    if (role === undefined || !this.plan.guessed.has(role) || indispensable.has(role)) return role;
    const trial = new ColumnReader(column, role, cells);
    let faults = 0;
    for (const cell of cells) {
      trial.read(cell, 0);
      if (trial.fault !== '') faults++;
    }
    if (faults <= cells.length / 2) return role;
    this.notes.push(
      `column ${column.name} of ${this.plan.table} is not taken as ${role}: ${faults} of its first ${cells.length} values cannot be`,
    );
    return undefined;
  }

  write(batch: RowBatch): void {
    const width = this.readers.length;
    const row: Cell[] = Array.from({ length: width }, () => null);
    for (let r = 0; r < batch.rows; r++) {
      let fault = '';
      for (let c = 0; c < width; c++) {
        row[c] = this.readers[c].read(batch.columns[c][r], batch.lines[r]);
        if (this.readers[c].fault !== '') fault ||= this.readers[c].fault;
      }
      if (fault === '' && this.key !== -1) fault = this.repeated(row[this.key], batch.lines[r]);
      if (fault === '') this.writer.add(row);
      else this.reject(batch.lines[r], fault, batch.columns.map((column) => column[r] ?? '').join(','));
    }
  }

  private repeated(id: Cell, line: number): string {
    const text = String(id);
    const before = this.seen.meet(text, line);
    if (before === undefined) return '';
    return `${this.readers[this.key].name} ${JSON.stringify(text)} was there before (line ${before})`;
  }

  finish(): ImportedTable {
    this.writer.finish();
    const kindOf = (reader: ColumnReader): ColumnKind =>
      reader.irregular > this.rows * mostIrregular ? 'text' : reader.kind;
    const columns = this.readers.map((reader) => ({
      name: reader.name,
      kind: kindOf(reader),
      role: reader.role,
      nulls: reader.nulls,
      irregular: reader.irregular,
    }));
    const stored = {
      ...this.stored,
      columns: this.stored.columns.map((column, c) => ({ ...column, kind: columns[c].kind })),
    };
    const odd = this.readers
      .filter(({ irregular }) => irregular > 0)
      .map(
        ({ name, irregular, firstIrregular }) =>
          `column ${name} of ${this.plan.table}: ${irregular} of ${this.rows} values are not plain numbers and were kept as text (first in ${firstIrregular})`,
      );
    return {
      stored,
      report: {
        table: this.plan.table,
        source: basename(this.plan.source.path),
        rows: this.rows,
        rejected: 0,
        columns,
      },
      notes: [...this.notes, ...odd],
    };
  }
}
