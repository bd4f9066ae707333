import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeResult } from '#shared/contract/results.ts';
import { migrations } from './migrations.ts';
import { RunStore, type NewRun } from './run-store.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-store-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const environment = {
  runboard: '0',
  node: 'v24',
  platform: 'test',
  cores: 2,
  memoryBytes: 1,
  threads: 1,
  tensor: '',
  sqlite: '',
};

function newRun(): NewRun {
  return {
    design: { format: 'runboard', version: 1, title: 'A design', seed: 1, board: { nodes: [], edges: [] } },
    designPath: null,
    designDigest: 'd',
    data: { name: 'data', path: null, fingerprint: 'f' },
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    environment,
  };
}

export function nodeResult(id: string): NodeResult {
  return {
    id,
    title: id,
    component: 'toy',
    status: 'done',
    key: `key of ${id}`,
    because: 'first run',
    fitMillis: 1,
    applyMillis: 2,
    memoryBytes: null,
    stateBytes: null,
    in: 1,
    out: 2,
    unit: 'items',
    origin: 'measured',
    metrics: { 'ndcg@10': { value: 0.5, low: 0.4, high: 0.6, n: 9 } },
    baselines: { popularity: { 'ndcg@10': { value: 0.1, low: 0, high: 0.2, n: 9 } } },
    slices: {},
    measures: {},
    latency: { p50: 1, p95: 2, p99: 3, requests: 10 },
    warnings: [],
    log: ['one', 'two'],
    curve: [],
    plots: [],
    sheets: [],
  };
}

describe('RunStore', () => {
  it('sets what durability and safety ask for', () => {
    const { store } = new RunStore(workspace);
    const pragma = (name: string): unknown => store.pragma(name, { simple: true });
    expect([
      pragma('journal_mode'),
      pragma('synchronous'),
      pragma('foreign_keys'),
      pragma('trusted_schema'),
      pragma('application_id'),
      pragma('user_version'),
    ]).toEqual(['wal', 2, 1, 0, 0x52756e42, migrations.length]);
    store.close();
  });

  it('opens a store that was only begun when its process was killed, and leaves nothing beside a new one', () => {
    const begun = new Database(join(workspace, 'runs.db'));
    begun.pragma('journal_mode = WAL');
    begun.close();
    new RunStore(workspace).close();
    rmSync(join(workspace, 'runs.db'));
    new RunStore(workspace).close();
    expect(readdirSync(workspace).filter((name) => name.startsWith('runs.db'))).toEqual(['runs.db']);
  });

  it('gives back what was put in, after closing', () => {
    const first = new RunStore(workspace);
    const run = first.begin(newRun());
    first.addNode(run, 0, nodeResult('a'), null, [
      { port: 'split', position: 0, fromNode: 's', fromPort: 'split', fromKey: 'k' },
    ]);
    first.end(run, 'done', '2026-01-01T00:00:05.000Z');
    first.close();
    const second = new RunStore(workspace);
    const shown = second.show('latest');
    expect(shown).toMatchObject({ run: 'r-0001', status: 'done', seed: 1 });
    expect(shown.nodes['a']).toEqual(nodeResult('a'));
    expect(second.list()[0]).toMatchObject({
      run: 'r-0001',
      seconds: 5,
      nodes: 1,
      headline: { metric: 'ndcg@10', value: 0.5, title: 'a' },
    });
    expect(second.store.prepare('SELECT part, metric, value, n FROM metrics ORDER BY part').all()).toEqual([
      { part: '', metric: 'ndcg@10', value: 0.5, n: 9 },
      { part: 'baseline popularity', metric: 'ndcg@10', value: 0.1, n: 9 },
    ]);
    expect(() => second.show('r-0009')).toThrow('there is no run r-0009');
    second.close();
  });

  it('takes the headline from an evaluation before the stages that come after it', () => {
    const store = new RunStore(workspace);
    const run = store.begin(newRun());
    store.addNode(run, 0, nodeResult('evaluate'), null, []);
    const stage = {
      ...nodeResult('cap'),
      baselines: {},
      metrics: { 'ndcg@10': { value: 0.9, low: 0, high: 1, n: 9 } },
    };
    store.addNode(run, 1, stage, null, []);
    store.end(run, 'done', '2026-01-01T00:00:05.000Z');
    expect(store.list()[0].headline).toEqual({ metric: 'ndcg@10', value: 0.5, title: 'evaluate' });
    store.close();
  });

  it('calls a run interrupted whose process was killed, and keeps its finished nodes whole', async () => {
    const script = join(workspace, 'child.ts');
    const here = (file: string): string => JSON.stringify(join(import.meta.dirname, file));
    writeFileSync(
      script,
      `import { RunStore } from ${here('run-store.ts')};
       const store = new RunStore(process.argv[2]);
       const run = store.begin(${JSON.stringify(newRun())});
       const result = ${JSON.stringify(nodeResult('n'))};
       process.stdout.write('begun');
       for (let i = 0; ; i++) store.addNode(run, i, { ...result, id: 'n' + i }, null, []);`,
    );
    for (let attempt = 0; attempt < 4; attempt++) {
      const child = spawn(process.execPath, [script, workspace], { cwd: join(import.meta.dirname, '../../..') });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 30 + attempt * 37));
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      const store = new RunStore(workspace);
      expect(store.store.pragma('integrity_check', { simple: true })).toBe('ok');
      const shown = store.show('latest');
      expect(shown.status).toBe('interrupted');
      expect(shown.error?.what).toContain('was ended');
      const nodes = Object.values(shown.nodes);
      expect(nodes.length).toBeGreaterThan(0);
      for (const node of nodes) expect(node).toMatchObject({ log: ['one', 'two'], key: 'key of n' });
      expect(
        store.store.prepare('SELECT count(*) FROM metrics WHERE run = (SELECT max(id) FROM runs)').pluck().get(),
      ).toBe(nodes.length * 2);
      store.close();
    }
  });

  it('calls a run interrupted that began before the machine did, whoever has the number of its process now', () => {
    const first = new RunStore(workspace);
    const runs = [newRun().startedAt, new Date().toISOString()].map((startedAt) =>
      first.begin({ ...newRun(), startedAt }),
    );
    // A process that lives, and is not this one.
    first.store.prepare('UPDATE runs SET process = ?').run(process.ppid);
    first.close();
    const later = new RunStore(workspace);
    expect(runs.map((run) => later.show(run).status)).toEqual(['interrupted', 'running']);
    later.close();
  });

  it('keeps the order in which runs were begun where the clock is set back, and states no time that nobody measured', () => {
    const store = new RunStore(workspace);
    const begun = ['2026-06-01T12:00:00.000Z', '2026-01-01T12:00:00.000Z'].map((startedAt) =>
      store.begin({ ...newRun(), startedAt }),
    );
    store.end(begun[0], 'done', '2026-01-01T11:00:00.000Z');
    store.end(begun[1], 'done', '2026-01-01T12:00:02.000Z');
    expect(store.list().map(({ run, seconds }) => [run, seconds])).toEqual([
      ['r-0002', 2],
      ['r-0001', null],
    ]);
    expect(store.show('latest').run).toBe('r-0002');
    store.close();
  });

  it('never gives a number twice, whatever became of the file of the history or of the note of numbers', () => {
    const open = (work: (store: RunStore) => string): string => {
      const store = new RunStore(workspace);
      const name = work(store);
      store.close();
      return name;
    };
    const begin = (): string => open((store) => store.begin(newRun()));
    expect([begin(), begin()]).toEqual(['r-0001', 'r-0002']);
    rmSync(join(workspace, 'runs.db'));
    expect(begin()).toBe('r-0003');
    for (const torn of ['', 'x', '-7', '1e999']) {
      writeFileSync(join(workspace, 'run-number'), torn);
      open(() => '');
      expect(readFileSync(join(workspace, 'run-number'), 'utf8')).toMatch(/^\d+\n$/);
    }
    expect(begin()).toBe('r-0004');
    expect(readdirSync(workspace).sort()).toEqual(['run-number', 'runs.db']);
  });

  it.each([
    ['an empty file', (path: string) => writeFileSync(path, ''), 'the run store is empty'],
    [
      'a text',
      (path: string) => writeFileSync(path, 'not a database at all, but long enough to have a header'),
      'this is not a run store',
    ],
    [
      'the first half of a store',
      (path: string) => (new RunStore(workspace).close(), truncateSync(path, readFileSync(path).length / 2)),
      'the run store is damaged',
    ],
    [
      "somebody else's database",
      (path: string) => new Database(path).exec('CREATE TABLE theirs (a)').close(),
      'this SQLite file is not a run store',
    ],
    [
      'a newer store',
      (path: string) => {
        const store = new RunStore(workspace);
        store.store.pragma('user_version = 99');
        store.close();
        return path;
      },
      `the run store has version 99, this Runboard knows ${migrations.length}`,
    ],
  ])('refuses %s, says so, and changes nothing', (_, make, message) => {
    const path = join(workspace, 'runs.db');
    make(path);
    const before = readFileSync(path);
    expect(() => new RunStore(workspace)).toThrow(message);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('notices a damaged page wherever it is, says so, and leaves the file to be looked at', () => {
    const store = new RunStore(workspace);
    const run = store.begin(newRun());
    for (const id of ['a', 'b', 'c']) store.addNode(run, 0, nodeResult(id), null, []);
    store.end(run, 'done', '2026-01-01T00:00:05.000Z');
    store.close();
    const path = join(workspace, 'runs.db');
    const sound = readFileSync(path);
    const pageBytes = sound.readUInt16BE(16);
    let noticed = 0;
    for (let page = 1; page * pageBytes < sound.length; page++) {
      const hurt = Buffer.from(sound);
      hurt.fill(0xa5, page * pageBytes, page * pageBytes + 12);
      writeFileSync(path, hurt);
      expect(() => new RunStore(workspace)).toThrow('the run store is damaged');
      expect(readFileSync(path).equals(hurt)).toBe(true);
      noticed++;
    }
    expect(noticed).toBeGreaterThan(5);
  });

  it('says that the disk is full, and keeps what was there', () => {
    const store = new RunStore(workspace);
    const run = store.begin(newRun());
    store.addNode(run, 0, nodeResult('kept'), null, []);
    store.store.pragma(`max_page_count = ${store.store.pragma('page_count', { simple: true }) as number}`);
    const large = { ...nodeResult('large'), warnings: ['x'.repeat(100_000)] };
    expect(() => store.addNode(run, 1, large, null, [])).toThrow(/full/);
    expect(Object.keys(store.show(run).nodes)).toEqual(['kept']);
    store.close();
  });
});
