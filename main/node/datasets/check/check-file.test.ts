import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { checkFile } from './check-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-check ü '));
  path = join(folder, 'a.db');
  const db = new Database(path);
  db.exec('CREATE TABLE t (a)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  db.transaction(() => {
    for (let i = 0; i < 5_000; i++) insert.run('some text');
  })();
  db.close();
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('finds a sound file sound, and damage wherever its pages are hurt', async () => {
  expect(await checkFile(path)).toBe('ok');
  const bytes = readFileSync(path);
  const page = bytes.readUInt16BE(16);
  for (const at of [page, 5 * page]) {
    const hurt = Buffer.from(bytes);
    hurt.fill(0xa5, at, at + 12);
    writeFileSync(path, hurt);
    expect(await checkFile(path), `page at ${at}`).not.toBe('ok');
  }
  writeFileSync(path, 'no database at all, but long enough to be taken for one');
  expect(await checkFile(path)).not.toBe('ok');
});

it('ends the process that looks as soon as it is cancelled, whatever that is in', async () => {
  const script = join(folder, 'hangs.mjs');
  const note = join(folder, 'pid');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(note)}, String(process.pid)); for (;;);`,
  );
  const stop = new AbortController();
  const checking = checkFile(path, stop.signal, script).then(
    () => 'done',
    (fault: { code: string }) => fault.code,
  );
  await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8') !== '', { timeout: 30_000 }).toBe(true);
  stop.abort();
  expect(await checking).toBe('cancelled');
  await expect.poll(() => isThere(Number(readFileSync(note, 'utf8'))), { timeout: 10_000 }).toBe(false);
});

it('begins nothing where it is cancelled already', async () => {
  await expect(checkFile(path, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
