import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { RunboardError } from '#shared/contract/failure.ts';
import { snapshotText } from '#shared/contract/history.ts';
import type { HistoryRestored, HistoryState, RestoreFrom } from '#shared/contract/history.ts';
import { flushFile, flushFolder } from '../flush.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { DamagedStore, openStore, type Store } from './open-store.ts';
import { digestOfFile, listSnapshots, newestSound, type Snapshot } from './snapshots.ts';

function storePath(workspace: string): string {
  return join(workspace, 'runs.db');
}

/**
 * Opens the history of a workspace, or begins it. Where its file is damaged, empty, or gone although there are copies
 * of it, this says what can be put in its place, and changes nothing.
 */
export function openHistory(workspace: string): Store {
  try {
    return openSound(workspace);
  } catch (thrown) {
    if (!(thrown instanceof DamagedStore)) throw thrown;
    const snapshot = newestSound(workspace);
    const anew = 'begin a new history with `runboard runs --begin-anew`';
    const remedy =
      snapshot === null
        ? `${anew}; the damaged file is kept beside it, designs and data sets are not affected`
        : `restore ${snapshotText(snapshot)} with \`runboard runs --restore\`, or ${anew}; the damaged file is kept`;
    throw new DamagedStore(thrown.message, storePath(workspace), remedy);
  }
}

function openSound(workspace: string): Store {
  const path = storePath(workspace);
  if (!existsSync(path) && listSnapshots(workspace).length > 0)
    throw new DamagedStore('the run store is gone, although there are copies of it', path);
  return openStore(path, () => void makeSnapshot(workspace));
}

/** Whether the history can be read, and what could be put in its place. Throws where it cannot be said (another program writes to it). */
export function examineHistory(workspace: string): HistoryState {
  try {
    openSound(workspace).close();
    return { state: 'sound' };
  } catch (thrown) {
    if (!(thrown instanceof DamagedStore)) throw thrown;
    const snapshot = newestSound(workspace);
    return {
      state: 'damaged',
      what: thrown.message,
      path: storePath(workspace),
      snapshot: snapshot === null ? null : { keptAt: snapshot.keptAt, runs: snapshot.runs, until: snapshot.until },
    };
  }
}

/**
 * Puts the newest sound copy, or a new store, in the place of a damaged one, which stays beside it. At every moment
 * there is a runs.db: whoever is killed in between finds the damaged one, or the restored one.
 */
export function restoreHistory(workspace: string, from: RestoreFrom): HistoryRestored {
  const path = storePath(workspace);
  const state = examineHistory(workspace);
  if (state.state === 'sound')
    throw new RunboardError('bad-usage', 'the run store is sound: nothing was restored', { where: path });
  refuseWhereInUse(path);
  const beside = join(workspace, `runs.db.${process.pid}.new`);
  rmSync(beside, { force: true });
  try {
    const runs = from === 'snapshot' ? copyNewest(workspace, beside) : beginAnew(beside);
    const aside = setAside(path);
    renameSync(beside, path);
    flushFolder(dirname(path));
    return { runs, aside };
  } finally {
    rmSync(beside, { force: true });
  }
}

function copyNewest(workspace: string, target: string): number {
  const snapshot: Snapshot | null = newestSound(workspace);
  if (snapshot === null)
    throw new RunboardError('not-found', 'there is no sound copy of the run store', {
      where: storePath(workspace),
      remedy: 'begin a new history with `runboard runs --begin-anew`; the damaged file is kept',
    });
  copyFileSync(snapshot.path, target);
  flushFile(target);
  if (digestOfFile(target) !== snapshot.digest)
    throw new RunboardError('disk', 'the copy of the run store could not be read back as it was written', {
      where: target,
      remedy: 'check the disk, and try again',
    });
  return snapshot.runs;
}

function beginAnew(target: string): number {
  const store = openStore(target);
  store.pragma('wal_checkpoint(TRUNCATE)');
  store.pragma('journal_mode = DELETE');
  store.close();
  flushFile(target);
  return 0;
}

/** Keeps the damaged file under another name, with what SQLite left beside it; it stays in its place until another takes that. */
function setAside(path: string): string | null {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  let aside = `${path}.damaged-${stamp}`;
  for (let i = 2; existsSync(aside); i++) aside = `${path}.damaged-${stamp}-${i}`;
  for (const part of ['-wal', '-shm']) if (existsSync(path + part)) renameSync(path + part, aside + part);
  if (!existsSync(path)) return null;
  try {
    linkSync(path, aside);
  } catch {
    // Some file systems know no second name for a file.
    copyFileSync(path, aside, constants.COPYFILE_EXCL);
    flushFile(aside);
  }
  return aside;
}

/** A program that has the damaged file open would go on writing to it under its other name. */
function refuseWhereInUse(path: string): void {
  if (!existsSync(path)) return;
  try {
    const store = new Database(path, { fileMustExist: true, timeout: 200 });
    try {
      store.pragma('locking_mode = EXCLUSIVE');
      store.exec('BEGIN EXCLUSIVE; ROLLBACK');
    } finally {
      store.close();
    }
  } catch (thrown) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test(String((thrown as { code?: string }).code))) return;
    throw new RunboardError('unavailable', 'the run store is in use by another Runboard', {
      where: path,
      remedy: 'end the other one first',
    });
  }
}
