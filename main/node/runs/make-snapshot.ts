import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { flushFile } from '../flush.ts';
import {
  clearServed,
  digestOfFile,
  faultOfCopy,
  listSnapshots,
  notePath,
  snapshotFolder,
  snapshotPath,
} from './snapshots.ts';

/** What is left free of a disk, at the least, so that a copy is never what fills it. */
const spareBytes = 64 * 1024 * 1024;

/**
 * Copies runs.db beside it and verifies the copy before it counts and before an older one goes. Nothing is copied of a
 * store that is damaged, and the older copies stay. Answers whether there is a new one.
 */
export function makeSnapshot(workspace: string): boolean {
  const begun = performance.now();
  const source = join(workspace, 'runs.db');
  const folder = snapshotFolder(workspace);
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < 2 * statSync(source).size + spareBytes) return false;
  for (const name of readdirSync(folder)) if (name.endsWith('.new')) rmSync(join(folder, name), { force: true });
  const serial = (listSnapshots(workspace)[0]?.serial ?? 0) + 1;
  const path = snapshotPath(workspace, serial);
  const beside = `${path}.new`;
  try {
    copySound(source, beside);
    const kept = runsOf(beside);
    if (faultOfCopy(beside) !== null) return false;
    const digest = digestOfFile(beside);
    flushFile(beside);
    renameSync(beside, path);
    const millis = Math.round(performance.now() - begun);
    const note = { digest, bytes: statSync(path).size, ...kept, keptAt: new Date().toISOString(), millis };
    writeFileSync(`${notePath(path)}.new`, `${JSON.stringify(note)}\n`, { flush: true });
    renameSync(`${notePath(path)}.new`, notePath(path));
    clearServed(workspace);
    return true;
  } finally {
    rmSync(beside, { force: true });
  }
}

function copySound(source: string, target: string): void {
  const store = new Database(source, { readonly: true, fileMustExist: true, timeout: 2_000 });
  try {
    store.pragma('trusted_schema = OFF');
    store.pragma('cell_size_check = ON');
    const found = store.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`nothing is copied of a damaged store: ${String(found)}`);
    store.prepare('VACUUM INTO ?').run(target);
  } finally {
    store.close();
  }
}

function runsOf(path: string): { runs: number; until: string | null } {
  const store = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return store.prepare('SELECT count(*) AS runs, max(started_at) AS until FROM runs').get() as {
      runs: number;
      until: string | null;
    };
  } finally {
    store.close();
  }
}
