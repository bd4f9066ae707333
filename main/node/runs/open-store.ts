import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { RunboardError } from '#shared/contract/failure.ts';
import { flushFile, flushFolder } from '../flush.ts';
import { migrations } from './migrations.ts';
import { applicationId } from './store-identity.ts';

export type Store = Database.Database;

/** The file cannot be a run store any more, or never was one: another may be put in its place, the file itself is kept. */
export class DamagedStore extends RunboardError {
  constructor(what: string, path: string, remedy?: string) {
    super('bad-input', what, { where: path, remedy });
  }
}

/**
 * Opens runs.db, creating or migrating it. Refuses files that are not ours, damaged, or newer, and changes none of them. An older one is
 * told of before it is changed.
 */
export function openStore(path: string, beforeMigration = (): void => {}): Store {
  let store: Store | null = null;
  try {
    if (!existsSync(path)) beginStore(path);
    checkHeader(path);
    store = new Database(path, { timeout: 2_000 });
    checkIdentity(store, path);
    checkPages(store, path);
    const version = Number(store.pragma('user_version', { simple: true }));
    if (version > 0 && version < migrations.length) beforeMigration();
    store.pragma('journal_mode = WAL');
    store.pragma('synchronous = FULL');
    store.pragma('foreign_keys = ON');
    store.pragma('trusted_schema = OFF');
    store.pragma('cell_size_check = ON');
    migrate(store);
  } catch (thrown) {
    store?.close();
    throw storeFault(thrown, path);
  }
  return store;
}

/** Puts a new store in its place: whole, or not at all, whenever we are killed and whoever else begins one just now. */
function beginStore(path: string): void {
  const beside = `${path}.${process.pid}.begun`;
  rmSync(beside, { force: true });
  const store = new Database(beside);
  try {
    migrate(store);
  } finally {
    store.close();
  }
  flushFile(beside);
  try {
    putInPlace(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
  flushFolder(dirname(path));
}

/** Gives a file another name where nothing has that name yet. */
function putInPlace(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (thrown) {
    // Some file systems know no second name for a file.
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST' && !existsSync(to)) renameSync(from, to);
  }
}

function checkHeader(path: string): void {
  const { size } = statSync(path);
  if (size === 0) throw new DamagedStore('the run store is empty', path);
  const header = Buffer.alloc(16);
  const file = openSync(path, 'r');
  readSync(file, header, 0, 16, 0);
  closeSync(file);
  if (header.toString('latin1') !== 'SQLite format 3\0') throw new DamagedStore('this is not a run store', path);
}

function checkIdentity(store: Store, path: string): void {
  const id = store.pragma('application_id', { simple: true });
  const version = Number(store.pragma('user_version', { simple: true }));
  const tables = store.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (id !== applicationId && tables > 0) {
    throw new DamagedStore('this SQLite file is not a run store', path);
  }
  if (version > migrations.length) {
    throw new RunboardError(
      'newer-version',
      `the run store has version ${version}, this Runboard knows ${migrations.length}`,
      { where: path, remedy: 'update Runboard, or use another workspace folder' },
    );
  }
}

/** Looks at every page: damage is to be known before something is read from it or written beside it. */
function checkPages(store: Store, path: string): void {
  if (store.pragma('quick_check(1)', { simple: true }) === 'ok') return;
  throw damaged(path);
}

function damaged(path: string): DamagedStore {
  return new DamagedStore('the run store is damaged', path);
}

function migrate(store: Store): void {
  const from = Number(store.pragma('user_version', { simple: true }));
  for (let version = from; version < migrations.length; version++) {
    store.transaction(() => {
      store.exec(migrations[version]);
      store.pragma(`user_version = ${version + 1}`);
      store.pragma(`application_id = ${applicationId}`);
    })();
  }
}

function storeFault(thrown: unknown, path: string): RunboardError {
  if (thrown instanceof RunboardError) return thrown;
  const { code, message } = thrown as { code?: string; message?: string };
  switch (code) {
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return damaged(path);
    case 'SQLITE_FULL':
      return new RunboardError('disk', 'the disk is full', { where: path, remedy: 'free some space and try again' });
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new RunboardError('unavailable', 'the run store is in use by another Runboard', {
        where: path,
        remedy: 'wait for it to finish, or use another workspace folder',
      });
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_IOERR':
      return new RunboardError('disk', `the run store cannot be opened (${code})`, {
        where: path,
        remedy: 'check that the folder exists and may be written',
      });
    default:
      return new RunboardError('internal', message ?? String(thrown), { where: path });
  }
}
