import type { CancelSignal } from '#shared/contract/methods.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Statement } from 'better-sqlite3';
import { badInput, explain, throwIfCancelled } from './failures.ts';
import { pauses } from './pauses.ts';
import type { Cell } from './rows.ts';
import { quoteName, type Sqlite } from './store.ts';

const pageRows = 10_000;

/** What is read of a table. */
export interface Reach {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns that are read as text whatever they are stored as: whole numbers beyond 2^53 stay exact. */
  readonly asText: ReadonlySet<string>;
}

export interface RowReading {
  readonly signal?: CancelSignal;
  /** Told how much of the table was read, from 0 to 1, where that can be known. */
  readonly advance?: (share: number) => void;
}

/** Calls `add` with each row of a table, in order of insertion. The array holds the columns in order; what follows them means nothing. */
export async function eachRow(
  db: Sqlite,
  { table, columns, asText }: Reach,
  add: (row: readonly Cell[]) => void,
  { signal, advance }: RowReading = {},
): Promise<void> {
  const names = columns
    .map((name) => (asText.has(name) ? `CAST(${quoteName(name)} AS TEXT)` : quoteName(name)))
    .join(', ');
  const from = quoteName(table);
  try {
    const rowId = rowIdName(db, table);
    if (rowId === undefined) {
      await eachRowAtOnce(db.prepare(`SELECT ${names} FROM ${from}`), add, signal);
      return;
    }
    const { first, end } = rowIdsOf(db, table, rowId);
    // The row id comes last, so that the places of the columns are those that were asked for.
    const page = db
      .prepare(`SELECT ${names}, ${rowId} FROM ${from} WHERE ${rowId} > ? ORDER BY ${rowId} LIMIT ${pageRows}`)
      .raw();
    let last = -Number.MAX_SAFE_INTEGER;
    for (;;) {
      throwIfCancelled(signal);
      const rows = page.all(last) as unknown[][];
      for (const row of rows) add(plainRow(row));
      if (rows.length < pageRows) return;
      const before = last;
      last = rows[rows.length - 1][columns.length] as number;
      if (last <= before) throw badInput(`is damaged (rows of ${table} are out of order)`, db.name);
      if (first !== null && end !== null) advance?.((last - first) / (end - first));
      await nextTurn();
    }
  } catch (thrown) {
    throw explain(thrown, db.name);
  }
}

/** For tables without a row id, whose rows cannot be asked for page by page. */
async function eachRowAtOnce(
  all: Statement,
  add: (row: readonly Cell[]) => void,
  signal: CancelSignal | undefined,
): Promise<void> {
  const pause = pauses(signal);
  let rows = 0;
  for (const row of all.raw().iterate()) {
    add(plainRow(row as unknown[]));
    if (++rows % pageRows === 0) await pause();
  }
}

/** The same array, its cells made plain. */
function plainRow(row: unknown[]): readonly Cell[] {
  for (let c = 0; c < row.length; c++) {
    const cell = row[c];
    if (typeof cell !== 'string' && typeof cell !== 'number') row[c] = plainCell(cell);
  }
  return row as Cell[];
}

function plainCell(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'bigint') return cell.toString();
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell as string | number);
}

/** A name of the row id that no column hides; undefined for tables without one. */
export function rowIdName(db: Sqlite, table: string): string | undefined {
  const columns = new Set(
    (db.pragma(`table_info(${quoteName(table)})`) as { name: string }[]).map(({ name }) => name.toLowerCase()),
  );
  const free = ['rowid', '_rowid_', 'oid'].find((name) => !columns.has(name));
  if (free === undefined) return undefined;
  try {
    db.prepare(`SELECT ${free} FROM ${quoteName(table)} LIMIT 1`);
    return free;
  } catch {
    return undefined;
  }
}

/** The first and the last row id of a table; null where it is empty. */
export function rowIdsOf(
  db: Sqlite,
  table: string,
  rowId: string,
): { readonly first: number | null; readonly end: number | null } {
  const from = quoteName(table);
  // Asked for by themselves each is found at once, together by a walk over all rows.
  const both = `SELECT (SELECT min(${rowId}) FROM ${from}), (SELECT max(${rowId}) FROM ${from})`;
  const [first, end] = db.prepare(both).raw().get() as (number | null)[];
  return { first, end };
}

/** Number of rows of a table. */
export function countRows(db: Sqlite, table: string): number {
  return db
    .prepare(`SELECT count(*) FROM ${quoteName(table)}`)
    .pluck()
    .get() as number;
}
