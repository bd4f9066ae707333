// What keeps the history is killed before any one of its steps: whatever it was doing, what was there is there.
import type * as fs from 'node:fs';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examineHistory, openHistory, restoreHistory } from './history.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { migrations } from './migrations.ts';
import { RunStore, type NewRun } from './run-store.ts';
import { listSnapshots, newestSound } from './snapshots.ts';

/** Steps that are still done; after the last one nothing reaches the disk any more, as after a kill. */
const life = vi.hoisted(() => ({ left: Infinity }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const mortal = <T extends (...given: never[]) => unknown>(step: T): T =>
    ((...given: never[]) => {
      if (life.left-- <= 0) throw new Error('killed');
      return step(...given);
    }) as T;
  const { copyFileSync, fsyncSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } = real;
  return {
    ...real,
    copyFileSync: mortal(copyFileSync),
    fsyncSync: mortal(fsyncSync),
    linkSync: mortal(linkSync),
    mkdirSync: mortal(mkdirSync as never),
    renameSync: mortal(renameSync),
    rmSync: mortal(rmSync),
    writeFileSync: mortal(writeFileSync),
  };
});

const { exec, pragma } = Database.prototype;
vi.spyOn(Database.prototype, 'exec').mockImplementation(function (this: Database.Database, text) {
  if (life.left-- <= 0) throw new Error('killed');
  return exec.call(this, text);
});
vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (this: Database.Database, ...given) {
  if (life.left-- <= 0) throw new Error('killed');
  return pragma.apply(this, given);
});

let workspace: string;
const file = (): string => join(workspace, 'runs.db');
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-killed-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function newRun(seed: number): NewRun {
  const environment = { runboard: '0', node: 'v24', platform: 'test', cores: 2, memoryBytes: 1, threads: 1 };
  return {
    design: { format: 'runboard', version: 1, title: 'T', seed, board: { nodes: [], edges: [] } },
    designPath: null,
    designDigest: 'd',
    data: { name: 'data', path: null, fingerprint: 'f' },
    seed,
    startedAt: new Date().toISOString(),
    environment: { ...environment, tensor: '', sqlite: '' },
  };
}

/** Does runs, and answers their names. */
function addRuns(count: number): string[] {
  const store = new RunStore(workspace);
  const names = Array.from({ length: count }, (_, seed) => store.begin(newRun(seed)));
  for (const name of names) store.end(name, 'done', new Date().toISOString());
  store.close();
  return names;
}

function runsNow(): string[] {
  const store = new RunStore(workspace);
  const names = store.list().map((one) => one.run);
  store.close();
  return names.reverse();
}

/** Whether work is killed that has so many steps left. */
function killedAfter(steps: number, work: () => unknown): boolean {
  life.left = steps;
  try {
    work();
    return false;
  } catch (thrown) {
    if (!String(thrown).includes('killed')) throw thrown;
    return true;
  } finally {
    life.left = Infinity;
  }
}

/** Begins anew for every number of steps until there are enough for the work to be done; answers how many that are. */
function atEveryStep(begin: () => void, work: () => unknown, look: (steps: number) => void): number {
  for (let steps = 0; ; steps++) {
    rmSync(workspace, { recursive: true, force: true });
    workspace = mkdtempSync(join(tmpdir(), 'runboard-killed-'));
    begin();
    const killed = killedAfter(steps, work);
    look(steps);
    if (!killed) return steps;
  }
}

describe('killed before any of its steps', () => {
  it('restoring leaves a history in its place, and the damaged one somewhere; it can be done again', () => {
    let hurt = Buffer.alloc(0);
    const begin = (): void => {
      addRuns(3);
      makeSnapshot(workspace);
      addRuns(2);
      truncateSync(file(), readFileSync(file()).length / 2);
      hurt = readFileSync(file());
    };
    const steps = atEveryStep(
      begin,
      () => restoreHistory(workspace, 'snapshot'),
      (done) => {
        expect(existsSync(file()), `after ${done} steps`).toBe(true);
        const kept = readdirSync(workspace).filter((name) => /^runs\.db(\.damaged-[^-]*)?$/.test(name));
        expect(
          kept.some((name) => readFileSync(join(workspace, name)).equals(hurt)),
          `after ${done} steps`,
        ).toBe(true);
        if (examineHistory(workspace).state === 'damaged') restoreHistory(workspace, 'snapshot');
        expect(runsNow(), `after ${done} steps`).toEqual(['r-0001', 'r-0002', 'r-0003']);
        expect(addRuns(1), `after ${done} steps`).toEqual(['r-0006']);
      },
    );
    expect(steps).toBeGreaterThan(10);
  });

  it('bringing an older history up to date leaves the old one or the new one, with its runs and a copy of what was', () => {
    const begin = (): void => {
      const store = new Database(file());
      store.exec(migrations[0]);
      const { design, environment } = newRun(7);
      store
        .prepare(
          "INSERT INTO runs VALUES (4, 'done', 'T', NULL, 'd', ?, 'data', NULL, 'f', 7, '2026-01-01', NULL, ?, 1, NULL)",
        )
        .run(JSON.stringify(design), JSON.stringify(environment));
      store.pragma('user_version = 1');
      store.pragma(`application_id = ${0x52756e42}`);
      store.close();
    };
    const steps = atEveryStep(
      begin,
      () => openHistory(workspace).close(),
      (done) => {
        expect(runsNow(), `after ${done} steps`).toEqual(['r-0004']);
        const copies = listSnapshots(workspace).map(({ path }) => {
          const copy = new Database(path, { readonly: true });
          const version = copy.pragma('user_version', { simple: true });
          copy.close();
          return version;
        });
        expect(copies, `after ${done} steps`).toContain(1);
        expect(addRuns(1), `after ${done} steps`).toEqual(['r-0005']);
      },
    );
    expect(steps).toBeGreaterThan(15);
  });

  it('making a copy leaves the copies that there were, and the next one leaves nothing half-made', () => {
    const steps = atEveryStep(
      () => {
        addRuns(1);
        makeSnapshot(workspace);
        addRuns(1);
      },
      () => makeSnapshot(workspace),
      (done) => {
        expect([1, 2], `after ${done} steps`).toContain(newestSound(workspace)?.runs);
        expect(runsNow()).toEqual(['r-0001', 'r-0002']);
        makeSnapshot(workspace);
        expect(newestSound(workspace)?.runs, `after ${done} steps`).toBe(2);
        const names = readdirSync(join(workspace, 'snapshots'));
        expect(
          names.filter((name) => !/^runs-\d{6}\.(db|json)$/.test(name)),
          `after ${done} steps`,
        ).toEqual([]);
      },
    );
    expect(steps).toBeGreaterThan(10);
  });

  it('beginning a run gives a number that was never given before, or none', () => {
    const steps = atEveryStep(
      () => addRuns(2),
      () => addRuns(1),
      (done) => {
        const known = runsNow();
        expect(known.slice(0, 2)).toEqual(['r-0001', 'r-0002']);
        const [next] = addRuns(1);
        expect(known, `after ${done} steps`).not.toContain(next);
        expect(Number(next.slice(2)), `after ${done} steps`).toBeLessThanOrEqual(5);
      },
    );
    expect(steps).toBeGreaterThan(8);
  });
});
