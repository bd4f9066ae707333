import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineHistory, openHistory, restoreHistory } from './history.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { migrations } from './migrations.ts';
import { RunStore, type NewRun } from './run-store.ts';
import { SnapshotDesk } from './snapshot-desk.ts';
import { listSnapshots, newestSound, notePath, servedSnapshots, snapshotFolder, type Snapshot } from './snapshots.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-snapshots-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const file = (): string => join(workspace, 'runs.db');

function newRun(at: number): NewRun {
  const environment = { runboard: '0', node: 'v24', platform: 'test', cores: 2, memoryBytes: 1, threads: 1 };
  return {
    design: {
      format: 'runboard',
      version: 1,
      title: `Design ${at} ${'x'.repeat(2_000)}`,
      seed: 1,
      board: { nodes: [], edges: [] },
    },
    designPath: null,
    designDigest: 'd',
    data: { name: 'data', path: null, fingerprint: 'f' },
    seed: at,
    startedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
    environment: { ...environment, tensor: '', sqlite: '' },
  };
}

function addRuns(from: number, to: number): void {
  const store = new RunStore(workspace);
  for (let at = from; at <= to; at++) store.end(store.begin(newRun(at)), 'done', newRun(at).startedAt);
  store.close();
}

/** What an inner page begins with is written over, in every page but the first. */
function flipPages(path: string): Buffer {
  const bytes = readFileSync(path);
  const page = bytes.readUInt16BE(16);
  for (let at = page; at < bytes.length; at += page) bytes.fill(0xa5, at, at + 12);
  writeFileSync(path, bytes);
  return bytes;
}

describe('copies of the history', () => {
  it('hold what was there when they were made, with their digest, and are sound', () => {
    addRuns(1, 3);
    expect(makeSnapshot(workspace)).toBe(true);
    addRuns(4, 5);
    const [one] = listSnapshots(workspace);
    expect(one).toMatchObject({ serial: 1, runs: 3, until: '2026-01-01T00:03:00.000Z' });
    expect(newestSound(workspace)).toEqual(one);
    const copy = new Database(one.path, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(copy.prepare('SELECT seed FROM runs ORDER BY id').pluck().all()).toEqual([1, 2, 3]);
    copy.close();
  });

  it('are made while runs are written', () => {
    const store = new RunStore(workspace);
    store.end(store.begin(newRun(1)), 'done', '2026-01-01T00:01:00.000Z');
    const run = store.begin(newRun(2));
    expect(makeSnapshot(workspace)).toBe(true);
    store.end(run, 'done', '2026-01-01T00:02:00.000Z');
    expect(newestSound(workspace)?.runs).toBe(2);
    store.close();
  });

  it('are not made of a damaged history: the earlier ones stay', () => {
    addRuns(1, 60);
    makeSnapshot(workspace);
    const before = readdirSync(snapshotFolder(workspace));
    flipPages(file());
    expect(() => makeSnapshot(workspace)).toThrow();
    expect(readdirSync(snapshotFolder(workspace))).toEqual(before);
  });

  it('are passed over when a byte of them changed, whatever byte that is', () => {
    addRuns(1, 2);
    makeSnapshot(workspace);
    addRuns(3, 4);
    makeSnapshot(workspace);
    const [newest, older] = listSnapshots(workspace);
    const bytes = readFileSync(newest.path);
    for (const at of [30, 5_000, bytes.lastIndexOf('xxxx'), bytes.length - 1]) {
      const hurt = Buffer.from(bytes);
      hurt[at] ^= 1;
      writeFileSync(newest.path, hurt);
      expect(newestSound(workspace), `byte ${at}`).toEqual(older);
    }
    writeFileSync(newest.path, bytes);
    expect(newestSound(workspace)).toEqual(newest);
    writeFileSync(notePath(newest.path), '{"digest":');
    expect(newestSound(workspace)).toEqual(older);
  });

  it('are few: the newest three, and the last one of each of two days before them', () => {
    const made = (serial: number, day: number): Snapshot => ({
      serial,
      path: `/${serial}.db`,
      keptAt: new Date(Date.UTC(2026, 0, day, 12, serial)).toISOString(),
      digest: '',
      bytes: 1,
      runs: 1,
      until: null,
      millis: 1,
    });
    const all = [1, 1, 2, 3, 3, 4, 4, 4, 4, 4].map((day, i) => made(i + 1, day)).reverse();
    expect(servedSnapshots(all).map((one) => one.serial)).toEqual([7, 6, 4, 2, 1]);
  });

  it('are made as the files of a folder that stays small, without leftovers', () => {
    addRuns(1, 1);
    for (let i = 0; i < 6; i++) makeSnapshot(workspace);
    writeFileSync(join(snapshotFolder(workspace), 'runs-000001.db.new'), 'cut off');
    makeSnapshot(workspace);
    expect(readdirSync(snapshotFolder(workspace)).sort()).toEqual(
      [5, 6, 7].flatMap((serial) => [`runs-00000${serial}.db`, `runs-00000${serial}.json`]),
    );
  });

  it('are made after the first run, then when ten minutes or twenty runs have gone by, whatever the clock does', async () => {
    addRuns(1, 1);
    const desk = new SnapshotDesk(workspace);
    const count = async (now: number): Promise<number> => {
      desk.afterRun(now);
      await desk.settled();
      return listSnapshots(workspace)[0]?.serial ?? 0;
    };
    expect(await count(Date.now())).toBe(1);
    const minute = 60_000;
    expect(await count(Date.now() + 9 * minute)).toBe(1);
    expect(await count(Date.now() + 11 * minute)).toBe(2);
    for (let i = 1; i < 20; i++) expect(await count(Date.now() + 5 * minute)).toBe(2);
    expect(await count(Date.now() + 5 * minute)).toBe(3);
    expect(await count(Date.now() - 11 * minute)).toBe(4);
  });

  it('are made before an older history is changed', () => {
    const store = new Database(file());
    store.exec(migrations[0]);
    store.pragma('user_version = 1');
    store.pragma(`application_id = ${0x52756e42}`);
    store.close();
    openHistory(workspace).close();
    const copy = new Database(listSnapshots(workspace)[0].path, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    copy.close();
  });
});

describe('a damaged history', () => {
  const damages: readonly (readonly [string, () => void, string])[] = [
    ['with flipped bytes in its pages', () => void flipPages(file()), 'the run store is damaged'],
    ['cut in half', () => truncateSync(file(), readFileSync(file()).length / 2), 'the run store is damaged'],
    ['emptied', () => writeFileSync(file(), ''), 'the run store is empty'],
    ['with another header', () => writeFileSync(file(), 'x'.repeat(5_000)), 'this is not a run store'],
    ['that is gone', () => rmSync(file()), 'the run store is gone'],
  ];

  it.each(damages)('%s is said with what can be restored, and comes back as it was copied', (_, damage, what) => {
    addRuns(1, 60);
    makeSnapshot(workspace);
    addRuns(61, 62);
    damage();
    const hurt = existsSync(file()) ? readFileSync(file()) : null;
    expect(() => new RunStore(workspace)).toThrow(what);
    expect(examineHistory(workspace)).toMatchObject({
      state: 'damaged',
      what: expect.stringContaining(what) as string,
      snapshot: { runs: 60, until: '2026-01-01T01:00:00.000Z' },
    });
    expect(existsSync(file()) ? readFileSync(file()) : null).toEqual(hurt);
    const { runs, aside } = restoreHistory(workspace, 'snapshot');
    expect(runs).toBe(60);
    expect(aside === null ? null : readFileSync(aside)).toEqual(hurt);
    const store = new RunStore(workspace);
    expect(store.list()).toHaveLength(60);
    expect(store.show('latest')).toMatchObject({ run: 'r-0060', status: 'done', seed: 60 });
    // r-0061 and r-0062 were given to runs that are lost: nobody else is called so.
    expect(store.begin(newRun(63))).toBe('r-0063');
    store.close();
    expect(listSnapshots(workspace)).toHaveLength(1);
  });

  it('names the command that restores it, and where there is no copy the one that begins anew', () => {
    addRuns(1, 60);
    flipPages(file());
    expect(() => new RunStore(workspace)).toThrow(
      expect.objectContaining({ remedy: expect.stringMatching(/^begin a new history with .*--begin-anew/) as string }),
    );
    expect(() => restoreHistory(workspace, 'snapshot')).toThrow('there is no sound copy');
    rmSync(file());
    addRuns(1, 60);
    makeSnapshot(workspace);
    flipPages(file());
    expect(() => new RunStore(workspace)).toThrow(
      expect.objectContaining({
        remedy: expect.stringContaining(
          'restore 60 runs until 2026-01-01 01:00 UTC with `runboard runs --restore`',
        ) as string,
      }),
    );
  });

  it('is kept beside an empty one where a new one is begun', () => {
    addRuns(1, 60);
    makeSnapshot(workspace);
    const hurt = flipPages(file());
    const { runs, aside } = restoreHistory(workspace, 'nothing');
    expect([runs, readFileSync(String(aside)).equals(hurt)]).toEqual([0, true]);
    const store = new RunStore(workspace);
    expect(store.list()).toEqual([]);
    expect(store.begin(newRun(61))).toBe('r-0061');
    store.close();
    expect(listSnapshots(workspace)[0].runs).toBe(60);
  });

  it('is not replaced while another program has it open, and a sound one never', () => {
    addRuns(1, 60);
    makeSnapshot(workspace);
    expect(() => restoreHistory(workspace, 'nothing')).toThrow('the run store is sound');
    const other = new RunStore(workspace);
    const hurt = flipPages(file());
    expect(() => restoreHistory(workspace, 'snapshot')).toThrow('in use by another Runboard');
    expect(readFileSync(file()).equals(hurt)).toBe(true);
    other.store.close();
  });
});
