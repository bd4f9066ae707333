import { closeSync, lstatSync, openSync, readSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { RunboardError } from '#shared/contract/failure.ts';
import { flushFile, flushFolder } from '../flush.ts';
import { draftPath, removeLeftovers } from './drafts.ts';
import { badInput, explain, requireName, requirePath } from './failures.ts';

/** Marks a SQLite file as a Runboard data set ("RBds"). */
export const applicationId = 0x52426473;
/** Raised when the layout of data-set files changes. */
const formatVersion = 1;

export type Sqlite = Database.Database;

/** Quotes a name for use in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function harden(db: Sqlite): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma('busy_timeout = 2000');
}

/** A data set while it is written: a file beside the final one, that replaces it whole at the end or vanishes. */
export class DatasetDraft {
  readonly db: Sqlite;
  readonly out: string;
  private readonly path: string;

  constructor(out: string, maximumPages?: number) {
    requireName(out);
    this.out = finalPath(out);
    removeLeftovers(this.out);
    this.path = draftPath(this.out, 'rows');
    try {
      this.db = new Database(this.path);
      harden(this.db);
      this.db.pragma('journal_mode = WAL');
      this.db.pragma('synchronous = FULL');
      this.db.pragma('cache_size = -16384');
      this.db.pragma(`application_id = ${applicationId}`);
      this.db.pragma(`user_version = ${formatVersion}`);
      this.db.exec('CREATE TABLE runboard_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
      if (maximumPages !== undefined) this.db.pragma(`max_page_count = ${maximumPages}`);
    } catch (thrown) {
      throw explain(thrown, out);
    }
  }

  setMeta(key: string, value: unknown): void {
    this.db.prepare('INSERT OR REPLACE INTO runboard_meta (key, value) VALUES (?, ?)').run(key, JSON.stringify(value));
  }

  /** Makes the draft the data set: flushed, renamed over the old file, folder flushed. */
  finish(): void {
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    this.db.pragma('journal_mode = DELETE');
    this.db.close();
    flushFile(this.path);
    renameSync(this.path, this.out);
    flushFolder(dirname(this.out));
  }

  /** Leaves no trace. */
  abandon(): void {
    if (this.db.open) this.db.close();
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(this.path + ending, { force: true });
  }
}

/** Where a data set is to be written, or why it may not be. Only a Runboard data set is ever replaced. */
function finalPath(out: string): string {
  const folder = dirname(out);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new RunboardError('not-found', 'there is no such folder', { where: folder, remedy: 'create it first' });
  }
  if (lstatSync(out, { throwIfNoEntry: false }) === undefined) return out;
  const kind = statSync(out, { throwIfNoEntry: false });
  if (kind === undefined) return out; // a link to nowhere is replaced by the file
  const choose = 'choose another --out';
  if (kind.isDirectory()) throw badInput('is a folder', out, choose);
  if (!kind.isFile()) throw badInput('is not an ordinary file', out, choose);
  const real = realpathSync(out);
  if (kind.size > 0 && readHeader(real)?.applicationId !== applicationId)
    throw badInput('exists and is not a Runboard data set', out, choose);
  for (const ending of ['-wal', '-journal']) {
    const pending = statSync(real + ending, { throwIfNoEntry: false });
    if (pending !== undefined && pending.size > 0) {
      throw new RunboardError('unavailable', `is in use, or was not closed (there is a ${basename(real)}${ending})`, {
        where: out,
        remedy: choose,
      });
    }
  }
  return real;
}

export interface SqliteHeader {
  readonly bytes: number;
  readonly expectedBytes: number;
  readonly changes: number;
  readonly userVersion: number;
  readonly applicationId: number;
}

/** The header of a SQLite file; null where it is none. */
export function readHeader(path: string): SqliteHeader | null {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(100);
    if (readSync(file, header, 0, 100, 0) < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
      return null;
    const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
    return {
      bytes: statSync(path).size,
      expectedBytes: pageSize * header.readUInt32BE(28),
      changes: header.readUInt32BE(24),
      userVersion: header.readUInt32BE(60),
      applicationId: header.readUInt32BE(68),
    };
  } finally {
    closeSync(file);
  }
}

/** What changes in a SQLite file whenever somebody commits to it. */
export function stateKey(path: string): string {
  const header = readHeader(path);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  const tail = wal === undefined || wal.size === 0 ? '' : `:${wal.size}:${wal.mtimeMs}`;
  return `${header?.bytes ?? 0}:${header?.changes ?? 0}:${statSync(path).mtimeMs}${tail}`;
}

/** Checks size and header of a SQLite file from outside, without opening it as a database. */
export function requireSqlite(path: string): SqliteHeader {
  requirePath(path);
  try {
    if (statSync(path).isDirectory()) throw badInput('is a folder, a data set is a file', path);
    if (statSync(path).size === 0) throw badInput('is empty (0 bytes)', path);
    const header = readHeader(path);
    if (header === null) throw badInput('is not a data set (not a SQLite file)', path, 'import it first');
    if (header.bytes < header.expectedBytes) {
      throw badInput(
        `is cut short: ${header.bytes} of ${header.expectedBytes} bytes`,
        path,
        'copy, import or generate it again',
      );
    }
    return header;
  } catch (thrown) {
    throw explain(thrown, path);
  }
}

/** Opens a data set to read it. */
export function openDataset(path: string): Sqlite {
  const header = requireSqlite(path);
  if (header.applicationId !== applicationId) {
    throw badInput(
      'is a SQLite file, but not a Runboard data set',
      path,
      'attach it with: import <file> --format sqlite --map role=table.column … --out D.db',
    );
  }
  if (header.userVersion > formatVersion) {
    throw new RunboardError(
      'newer-version',
      `was written by a newer Runboard (data set format ${header.userVersion}, this one reads up to ${formatVersion})`,
      {
        where: path,
        remedy: 'update Runboard',
      },
    );
  }
  return openReadOnly(path);
}

/** Opens any SQLite file so that it cannot be changed by it. */
export function openReadOnly(path: string): Sqlite {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    harden(db);
    db.pragma('query_only = ON');
    return db;
  } catch (thrown) {
    throw explain(thrown, path);
  }
}

/** A value of `runboard_meta`; undefined where it is absent. */
export function readMeta(db: Sqlite, key: string, path: string): unknown {
  try {
    const text = db.prepare('SELECT value FROM runboard_meta WHERE key = ?').pluck().get(key);
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch (thrown) {
    throw badInput(
      `its table runboard_meta cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`,
      path,
      'import or generate it again',
    );
  }
}
