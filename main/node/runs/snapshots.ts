import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { HistorySnapshot } from '#shared/contract/history.ts';
import { applicationId } from './store-identity.ts';
import { migrations } from './migrations.ts';

/** A verified copy of runs.db, with what was written down about it when it was made. */
export interface Snapshot extends HistorySnapshot {
  readonly serial: number;
  readonly path: string;
  /** SHA-256 of the file. */
  readonly digest: string;
  readonly bytes: number;
  /** What making it took. */
  readonly millis: number;
}

/** How many of the newest are kept, and of how many earlier days the last one. */
const newestKept = 3;
const daysKept = 2;

export function snapshotFolder(workspace: string): string {
  return join(workspace, 'snapshots');
}

export function snapshotPath(workspace: string, serial: number): string {
  return join(snapshotFolder(workspace), `runs-${String(serial).padStart(6, '0')}.db`);
}

export function notePath(path: string): string {
  return path.replace(/\.db$/, '.json');
}

/** Every snapshot that has its note, newest first: by number, since clocks jump. What is in them is not looked at here. */
export function listSnapshots(workspace: string): readonly Snapshot[] {
  const folder = snapshotFolder(workspace);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const serial = Number(/^runs-(\d{6,})\.json$/.exec(name)?.[1]);
      const note = Number.isNaN(serial) ? null : readNote(join(folder, name));
      return note === null ? [] : [{ serial, path: snapshotPath(workspace, serial), ...note }];
    })
    .sort((a, b) => b.serial - a.serial);
}

type Note = Omit<Snapshot, 'serial' | 'path'>;

function readNote(path: string): Note | null {
  try {
    const note = JSON.parse(readFileSync(path, 'utf8')) as Partial<Note> | null;
    return isNote(note) ? note : null;
  } catch {
    return null;
  }
}

function isNote(note: Partial<Note> | null): note is Note {
  return (
    note !== null &&
    /^[0-9a-f]{64}$/.test(String(note.digest)) &&
    [note.bytes, note.runs, note.millis].every((one) => Number.isSafeInteger(one) && Number(one) >= 0) &&
    (note.until === null || typeof note.until === 'string') &&
    typeof note.keptAt === 'string'
  );
}

/** The newest snapshot whose bytes are those that were verified, and that is still a sound run store. */
export function newestSound(workspace: string): Snapshot | null {
  return listSnapshots(workspace).find((one) => isSound(one)) ?? null;
}

function isSound({ path, bytes, digest }: Snapshot): boolean {
  try {
    return statSync(path).size === bytes && digestOfFile(path) === digest && faultOfCopy(path) === null;
  } catch {
    return false;
  }
}

/** What is wrong with a copy of a run store; null where it is sound. */
export function faultOfCopy(path: string): string | null {
  const store = new Database(path, { readonly: true, fileMustExist: true });
  try {
    if (store.pragma('application_id', { simple: true }) !== applicationId) return 'it is not a run store';
    if (Number(store.pragma('user_version', { simple: true })) > migrations.length) return 'it is newer';
    const found = store.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? null : String(found);
  } finally {
    store.close();
  }
}

export function digestOfFile(path: string): string {
  const sum = createHash('sha256');
  const part = Buffer.alloc(1024 * 1024);
  const file = openSync(path, 'r');
  try {
    for (let read; (read = readSync(file, part)) > 0;) sum.update(part.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return sum.digest('hex');
}

/** Which snapshots have served: all but the newest few and the last one of each of the days before them. */
export function servedSnapshots(all: readonly Snapshot[]): readonly Snapshot[] {
  const dayOf = (one: Snapshot): string => one.keptAt.slice(0, 10);
  const older = all.slice(newestKept);
  const newestDays = new Set(all.slice(0, newestKept).map(dayOf));
  const kept = new Map<string, Snapshot>();
  for (const one of older) {
    if (!newestDays.has(dayOf(one)) && !kept.has(dayOf(one)) && kept.size < daysKept) kept.set(dayOf(one), one);
  }
  return older.filter((one) => kept.get(dayOf(one)) !== one);
}

/** Takes away what has served, and what an interrupted copy left behind. The note goes first: without it a copy counts for nothing. */
export function clearServed(workspace: string): void {
  for (const { path } of servedSnapshots(listSnapshots(workspace))) {
    rmSync(notePath(path), { force: true });
    rmSync(path, { force: true });
  }
}
