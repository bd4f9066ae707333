import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import { datasetFolders, failureOf, type DatasetFolder } from '../../../test/support/dataset-folder.ts';
import { generateWorld } from './generate.ts';
import { importDataset } from './import.ts';
import { loadDataset } from './load.ts';
import { RejectFile } from './reject-file.ts';
import { DatasetDraft, openDataset } from './store.ts';

const folder = datasetFolders();
const small = 'user,item,time\nu1,i1,1\nu2,i2,2\n';
const smallWorld = { recipe: 'video-catalogue', users: 50, items: 100, events: 2000, days: 3 };

function largeCsv(rows: number): string {
  return `user,item,time,note\n${Array.from({ length: rows }, (_, r) => `u${r % 997},i${r % 1999},${r},${r % 50 === 0 ? '"odd, ""text"""' : 'plain text'}`).join('\n')}\n`;
}

function leftovers(data: DatasetFolder): string[] {
  return readdirSync(data.path).filter((name) => name.startsWith('.'));
}

it('keeps its promises about SQLite, read back', async () => {
  const data = folder();
  const draft = new DatasetDraft(data.file('draft.db'));
  const pragma = (name: string): unknown => draft.db.pragma(name, { simple: true });
  expect([
    pragma('journal_mode'),
    pragma('synchronous'),
    pragma('foreign_keys'),
    pragma('trusted_schema'),
    pragma('mmap_size'),
  ]).toEqual(['wal', 2, 1, 0, 0]);
  draft.abandon();
  expect(readdirSync(data.path)).toEqual([]);
  await data.import('e.csv', small);
  const db = openDataset(data.out);
  expect([
    db.pragma('trusted_schema', { simple: true }),
    db.pragma('application_id', { simple: true }),
    db.pragma('user_version', { simple: true }),
  ]).toEqual([0, 0x52426473, 1]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(() => db.exec('DELETE FROM events')).toThrow();
  db.close();
  expect(readdirSync(data.path).sort()).toEqual(['D.db', 'D.db.columns', 'e.csv']);
});

it('after kill -9 at any moment there is the old data set, or the new one, and nothing between', async () => {
  const data = folder();
  const random = new Xoshiro(Date.now() >>> 0); // a new course of events every time; the delay is in the message
  const source = data.write('large.csv', largeCsv(20_000));
  await data.import('e.csv', small);
  const old = (await loadDataset(data.out)).fingerprint;
  const script = `import { importDataset } from ${JSON.stringify(join(import.meta.dirname, 'import.ts'))};
    process.stdout.write('started');
    await importDataset({ path: ${JSON.stringify(source)}, format: 'csv', out: ${JSON.stringify(data.out)} });`;
  const outcomes = new Set<string>();
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const delay = random.integer(700);
    await Promise.race([wait(delay), ended]);
    child.kill('SIGKILL');
    await ended;
    const { fingerprint, events } = await loadDataset(data.out);
    const whole = fingerprint === old ? events.user.length === 2 : events.user.length === 20_000;
    expect(whole, `killed after ${delay} ms`).toBe(true);
    const db = openDataset(data.out);
    expect(db.pragma('integrity_check', { simple: true }), `killed after ${delay} ms`).toBe('ok');
    db.close();
    outcomes.add(fingerprint);
    if (outcomes.size > 1) break;
  }
  await importDataset({ path: source, format: 'csv', out: data.out });
  expect((await loadDataset(data.out)).events.user.length).toBe(20_000);
  expect(leftovers(data)).toEqual([]);
}, 120_000);

/** Moments of the last part of an import, when the rows are written: as it begins, in its middle, and at its end. */
const closing = [0, 0.9, 0.985];

it('after kill -9 while columns and profile are finished there is the old data set, and no trace after the next import', async () => {
  const data = folder();
  const source = data.write('large.csv', largeCsv(70_000)); // more than one chunk of each column
  await data.import('e.csv', small);
  const old = (await loadDataset(data.out)).fingerprint;
  for (const moment of closing) {
    const script = `import { importDataset } from ${JSON.stringify(join(import.meta.dirname, 'import.ts'))};
      const onProgress = ({ share, note }) => {
        if (note === 'profiling' && share >= ${moment}) process.kill(process.pid, 'SIGKILL');
      };
      await importDataset({ path: ${JSON.stringify(source)}, format: 'csv', out: ${JSON.stringify(data.out)}, onProgress });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    expect((await once(child, 'exit'))[1], `at ${moment}`).toBe('SIGKILL');
    expect((await loadDataset(data.out)).fingerprint).toBe(old);
    const db = openDataset(data.out);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  }
  await importDataset({ path: source, format: 'csv', out: data.out });
  expect((await loadDataset(data.out)).events.user.length).toBe(70_000);
  expect(leftovers(data)).toEqual([]);
}, 120_000);

it('cancelled while columns and profile are finished, leaves what was there, and no trace', async () => {
  const data = folder();
  await data.import('e.csv', small);
  const before = [readFileSync(data.out), readFileSync(`${data.out}.columns`)];
  for (const moment of closing) {
    const controller = new AbortController();
    let after = 0;
    const onProgress = ({ share, note }: { share: number; note: string }): void => {
      if (controller.signal.aborted) after++;
      if (note === 'profiling' && share >= moment) controller.abort();
    };
    const failure = await failureOf(
      data.import('large.csv', largeCsv(70_000), { format: 'csv', signal: controller.signal, onProgress }),
    );
    expect(failure.code).toBe('cancelled');
    expect([readFileSync(data.out), readFileSync(`${data.out}.columns`)]).toEqual(before);
    expect(leftovers(data)).toEqual([]);
    expect(after).toBeLessThan(20);
  }
});

it('a full disk leaves what was there, and no trace', async () => {
  const data = folder();
  await data.import('e.csv', small);
  const before = readFileSync(data.out);
  const failure = await failureOf(data.import('large.csv', largeCsv(30_000), { format: 'csv', maximumPages: 60 }));
  expect([failure.code, failure.message]).toEqual(['disk', 'the disk is full']);
  expect(readFileSync(data.out)).toEqual(before);
  expect(leftovers(data)).toEqual([]);
  const generating = await failureOf(generateWorld({ ...smallWorld, out: data.file('W.db'), maximumPages: 60 }));
  expect(generating.code).toBe('disk');
  expect(existsSync(data.file('W.db'))).toBe(false);
  expect(leftovers(data)).toEqual([]);
});

it.skipIf(!existsSync('/dev/full'))(
  'says that the disk is full while writing rejects (not run where there is no /dev/full)',
  async () => {
    const rejects = new RejectFile(folder().file('r.csv'), '/dev/full');
    rejects.add('e.csv', 1, 'reason', 'text');
    const failure = await failureOf(() => rejects.flush());
    expect([failure.code, failure.message]).toEqual(['disk', 'the disk is full']);
    const data = folder();
    symlinkSync('/dev/full', data.file('full.db'));
    expect((await failureOf(data.import('e.csv', small, { out: data.file('full.db') }))).message).toContain(
      'not an ordinary file',
    );
  },
);

it('stops soon after it is cancelled, and leaves what was there', async () => {
  const data = folder();
  await data.import('e.csv', small);
  const before = readFileSync(data.out);
  const controller = new AbortController();
  const shares: number[] = [];
  const onProgress = ({ share }: { share: number }): void => {
    shares.push(share);
    if (shares.length === 3) controller.abort();
  };
  const failure = await failureOf(
    data.import('large.csv', largeCsv(60_000), { format: 'csv', signal: controller.signal, onProgress }),
  );
  expect(failure.code).toBe('cancelled');
  expect(shares.length).toBeLessThan(8);
  expect(readFileSync(data.out)).toEqual(before);
  expect(leftovers(data)).toEqual([]);
  const signal = AbortSignal.abort();
  const generating = await failureOf(generateWorld({ ...smallWorld, out: data.file('W.db'), signal }));
  expect(generating.code).toBe('cancelled');
});

it('reports progress that only grows', async () => {
  const shares: number[] = [];
  await folder().import('large.csv', largeCsv(20_000), {
    format: 'csv',
    onProgress: ({ share }) => void shares.push(share),
  });
  expect(shares).toEqual(shares.slice().sort((a, b) => a - b));
  expect([shares.length > 3, shares.at(-1)]).toEqual([true, 1]);
});

it('replaces a data set, never anything else', async () => {
  const data = folder();
  await data.import('e.csv', small);
  await data.import('f.csv', 'user,item\nx,y\nbad\n');
  expect(data.rows('events')).toEqual([['x', 'y']]);
  expect(data.rejects()).toContain('f.csv,3,');
  await data.import('e.csv', small);
  expect(data.rejects()).toBe('');
  writeFileSync(data.file('notes.txt'), 'my notes');
  expect((await failureOf(data.import('e.csv', small, { out: data.file('notes.txt') }))).message).toContain(
    'not a Runboard data set',
  );
  expect(readFileSync(data.file('notes.txt'), 'utf8')).toBe('my notes');
  mkdirSync(data.file('folder.db'));
  expect((await failureOf(data.import('e.csv', small, { out: data.file('folder.db') }))).message).toContain(
    'is a folder',
  );
});

it('does not replace a data set that somebody has open for writing', async () => {
  const data = folder();
  await data.import('e.csv', small);
  const other = new Database(data.out);
  other.pragma('journal_mode = WAL');
  other.exec("INSERT INTO events VALUES ('u9', 'i9', 9)");
  const failure = await failureOf(data.import('f.csv', 'user,item\nx,y\n'));
  expect([failure.code, failure.message]).toEqual([
    'unavailable',
    'is in use, or was not closed (there is a D.db-wal)',
  ]);
  other.close();
});

it('leaves drafts of running imports alone and clears those of dead ones', async () => {
  const data = folder();
  data.write('.D.db.importing-999999999-aa', 'dead');
  data.write(`.D.db.importing-${process.pid}-bb`, 'alive');
  await data.import('e.csv', small);
  expect(leftovers(data)).toEqual([`.D.db.importing-${process.pid}-bb`]);
});

it('takes odd paths as they are', async () => {
  const data = folder();
  const odd = join(data.path, 'ein Ordner, ünïcode #1');
  mkdirSync(odd);
  const out = join(odd, "D'x %20.db");
  await data.import('e.csv', small, { out });
  expect((await loadDataset(out)).events.user.length).toBe(2);
  const longest = data.file(`${'語'.repeat(65)}.db`);
  await data.import('e.csv', small, { out: longest });
  expect((await loadDataset(longest)).events.user.length).toBe(2);
  const before = readdirSync(data.path);
  for (const work of [
    () => data.import('e.csv', small, { out: data.file(`${'x'.repeat(235)}.db`) }),
    () => generateWorld({ ...smallWorld, out: data.file(`${'語'.repeat(80)}.db`) }),
  ])
    expect((await failureOf(work)).message).toMatch(/^the name is too long: \d+ bytes, at most 200$/);
  expect(readdirSync(data.path)).toEqual(before);
});
