import type { Statement } from 'better-sqlite3';
import { quoteName, type Sqlite } from './store.ts';
import type { StoredTable } from './layout.ts';
import type { Cell } from './rows.ts';

const mostVariables = 32_000;
const rowsPerCommit = 65_536;

const affinities = {
  id: 'TEXT',
  number: 'NUMERIC',
  time: 'NUMERIC',
  text: 'TEXT',
  category: 'TEXT',
  tags: 'TEXT',
} as const;

/** Creates a table of a data set. Users and items have their id as key. */
export function createTable(db: Sqlite, table: StoredTable): void {
  const key = table.table === 'users' ? 'user' : table.table === 'items' ? 'item' : undefined;
  const columns = table.columns.map((column) => {
    const constraint = column.role !== undefined && column.role === key ? ' NOT NULL PRIMARY KEY' : '';
    return `${quoteName(column.name)} ${affinities[column.kind]}${constraint}`;
  });
  db.exec(`CREATE TABLE ${quoteName(table.stored)} (${columns.join(', ')})`);
}

/** Appends rows to a table, many per statement, in large transactions. */
export class RowWriter {
  rows = 0;
  private pending: (Cell | Uint8Array)[] = [];
  private inTransaction = 0;
  private readonly db: Sqlite;
  private readonly width: number;
  private readonly rowsPerStatement: number;
  private readonly many: Statement;
  private readonly one: Statement;

  private readonly feed: ((row: Cell[]) => void) | undefined;

  /** `feed` gets every row too, and may change its cells to what the table will hold. */
  constructor(db: Sqlite, table: string, columns: readonly string[], feed?: (row: Cell[]) => void) {
    this.db = db;
    this.feed = feed;
    this.width = columns.length;
    this.rowsPerStatement = Math.max(1, Math.min(64, Math.floor(mostVariables / this.width)));
    const into = `INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) VALUES `;
    const row = `(${columns.map(() => '?').join(', ')})`;
    this.many = db.prepare(into + Array.from({ length: this.rowsPerStatement }, () => row).join(', '));
    this.one = db.prepare(into + row);
  }

  /** Adds one row: `cells` is copied. */
  add(cells: (Cell | Uint8Array)[]): void {
    this.feed?.(cells as Cell[]);
    for (let c = 0; c < this.width; c++) this.pending.push(cells[c]);
    this.rows++;
    if (this.pending.length === this.rowsPerStatement * this.width) this.writePending();
  }

  private writePending(): void {
    if (this.inTransaction === 0) this.db.exec('BEGIN IMMEDIATE');
    this.many.run(this.pending);
    this.pending = [];
    this.inTransaction += this.rowsPerStatement;
    if (this.inTransaction >= rowsPerCommit) this.commit();
  }

  /** Writes what is left. */
  finish(): void {
    if (this.inTransaction === 0) this.db.exec('BEGIN IMMEDIATE');
    for (let at = 0; at < this.pending.length; at += this.width) this.one.run(this.pending.slice(at, at + this.width));
    this.pending = [];
    this.commit();
  }

  private commit(): void {
    this.db.exec('COMMIT');
    this.inTransaction = 0;
  }
}
