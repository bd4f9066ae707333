import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { RunOptions } from '#shared/contract/runs.ts';
import type { RunEvent, RunResult } from '#shared/contract/results.ts';
import { importDataset } from '#main/node/datasets/import.ts';
import { openEngine, type Engine } from './engine.ts';

let workspace: string;
let data: string;
let engine: Engine;

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-engine-'));
  data = join(workspace, 'small.db');
  const rows = ['user,item,time,rating'];
  for (let u = 0; u < 40; u++)
    for (let i = 0; i < 24; i++)
      if ((u + i) % 2 === 0)
        rows.push(`u${u},i${i},${1_700_000_000 + ((u * 7 + i * 13) % 97)},${1 + ((u + 3 * i) % 5)}`);
  writeFileSync(join(workspace, 'events.csv'), rows.join('\n'));
  await importDataset({
    path: join(workspace, 'events.csv'),
    format: 'csv',
    out: data,
    map: { user: 'user', item: 'item', time: 'time', value: 'rating' },
  });
  engine = await openEngine({ workspace });
});
afterEach(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});

function design(changes: { keep?: number; lambda?: number } = {}): Design {
  const bound = (
    id: string,
    component: string,
    params: Record<string, number> = {},
  ): Design['board']['nodes'][number] => ({
    id,
    kind: 'retrieve',
    title: id,
    x: 0,
    y: 0,
    binding: { component, version: 1, params },
  });
  return {
    format: 'runboard',
    version: 1,
    title: 'Small',
    seed: 3,
    board: {
      nodes: [
        bound('source', 'source'),
        bound('split', 'split'),
        bound('random', 'random', { keep: changes.keep ?? 8 }),
        { id: 'gateway', kind: 'gateway', title: 'Gateway', x: 0, y: 0 },
        bound('first', 'category-cap'),
        bound('evaluate', 'evaluate-lists'),
      ],
      edges: [
        { id: '1', from: 'source', to: 'split' },
        { id: '2', from: 'split', to: 'random' },
        { id: '3', from: 'random', to: 'gateway' },
        { id: '4', from: 'gateway', to: 'evaluate' },
      ],
    },
  };
}

/** Without the re-ranker: the data has no categories. */
function small(changes: Parameters<typeof design>[0] = {}): Design {
  const made = design(changes);
  return { ...made, board: { ...made.board, nodes: made.board.nodes.filter((node) => node.id !== 'first') } };
}

async function run(
  options: Partial<RunOptions> = {},
  heard: RunEvent[] = [],
  controller = new AbortController(),
): Promise<RunResult> {
  const call: Call = {
    signal: controller.signal,
    emit: (event, payload) => void (event === 'run' && heard.push(payload as RunEvent)),
  };
  return engine.start({ design: small(), designPath: null, data, ...options }, call);
}

const statuses = (result: RunResult): Record<string, string> =>
  Object.fromEntries(Object.values(result.nodes).map((node) => [node.id, node.status]));

describe('engine', () => {
  it('runs a board on data, measures every stage, adds baselines, and remembers it all', async () => {
    const heard: RunEvent[] = [];
    const result = await run({}, heard);
    expect(result).toMatchObject({ run: 'r-0001', status: 'done', seed: 3, data: { name: 'events.csv' } });
    expect(result.nodes['random']).toMatchObject({ status: 'done', out: 8, because: 'first run' });
    expect(result.nodes['random'].latency?.p50).toBeGreaterThan(0);
    expect(result.nodes['evaluate'].metrics['ndcg@10'].n).toBe(40);
    expect(Object.keys(result.nodes['evaluate'].baselines)).toEqual(expect.arrayContaining(['popularity']));
    expect(heard[0].type).toBe('run-started');
    expect(heard.at(-1)).toMatchObject({ type: 'run-finished', status: 'done' });
    expect(await engine.show('latest')).toEqual(result);
  });

  it('a drawn node between two others changes nothing in the result', async () => {
    const through = await run();
    const direct = small();
    direct.board.edges = [...direct.board.edges.slice(0, 2), { id: '3', from: 'random', to: 'evaluate' }];
    expect((await run({ design: direct })).nodes['evaluate'].status).toBe('reused');
    expect((await run({ design: direct, fresh: true })).nodes['evaluate'].metrics).toEqual(
      through.nodes['evaluate'].metrics,
    );
  });

  it('gives the same numbers with one thread and with two, and other numbers with another seed', async () => {
    const metrics = (result: RunResult): unknown =>
      Object.values(result.nodes).map((node) => [node.id, node.metrics, node.baselines]);
    const one = metrics(await run({ threads: 1, fresh: true }));
    expect(metrics(await run({ threads: 2, fresh: true }))).toEqual(one);
    expect(metrics(await run({ seed: 9 }))).not.toEqual(one);
  });

  it('reuses what has not changed, across sessions, and says why the rest ran', async () => {
    await run();
    await engine.close();
    engine = await openEngine({ workspace });
    expect(new Set(Object.values(statuses(await run())))).toEqual(new Set(['reused']));
    const plan = await engine.plan(
      { design: small(), designPath: null, data, set: { 'random.keep': '9' } },
      { signal: new AbortController().signal, emit() {} },
    );
    expect(plan.filter((node) => !node.reused).map(({ node, reused, because }) => ({ node, reused, because }))).toEqual(
      [
        { node: 'random', reused: false, because: 'parameter keep changed' },
        { node: 'evaluate', reused: false, because: 'random changed' },
      ],
    );
    const changed = await run({ set: { 'random.keep': '9' } });
    expect(statuses(changed)).toMatchObject({ source: 'reused', split: 'reused', random: 'done', evaluate: 'done' });
    expect(changed.nodes['random'].out).toBe(9);
  });

  it('compares two runs: what changed, and by how much, user by user', async () => {
    await run();
    await run({ set: { 'random.keep': '3' } });
    const comparison = await engine.compare('r-0001', 'r-0002');
    expect(comparison.changes).toEqual(['random: keep 8 → 3']);
    const ndcg = comparison.metrics.find((one) => one.node === 'evaluate' && one.metric === 'ndcg@10');
    expect(ndcg?.difference?.users).toBe(40);
    expect(ndcg?.difference?.mean).toBeCloseTo((ndcg?.b.value ?? 0) - (ndcg?.a.value ?? 0), 5);
    expect(ndcg?.difference?.low).toBeLessThanOrEqual(ndcg?.difference?.mean ?? 0);
  });

  it('follows one request, with the same list as in the run, and names users it does not know', async () => {
    await run();
    const trace = await engine.trace('latest', 'u4', new AbortController().signal);
    expect(trace.steps.map((step) => step.node)).toEqual(['random']);
    expect(trace.steps[0].items).toHaveLength(8);
    expect(trace.steps[0].items[0]).toMatchObject({ rank: 1, sources: ['random'] });
    expect(trace.steps[0].millis).toBeGreaterThan(0);
    expect(trace.history.length + trace.heldOut.length).toBe(12);
    await expect(engine.trace('latest', 'nobody', new AbortController().signal)).rejects.toThrow(
      'there is no user nobody',
    );
  });

  it('cancels within a second, keeps what has finished, and says so', async () => {
    const controller = new AbortController();
    const heard: RunEvent[] = [];
    const going = run({}, heard, controller);
    while (!heard.some((event) => event.type === 'node-finished'))
      await new Promise((resolve) => setTimeout(resolve, 2));
    controller.abort();
    const result = await going;
    expect(result.status).toBe('cancelled');
    expect(Object.values(statuses(result))).toContain('cancelled');
    expect((await run()).status).toBe('done');
  });

  it('keeps a failure to its node', async () => {
    const broken = design();
    broken.board.edges.push({ id: '5', from: 'random', to: 'first' });
    const result = await run({ design: broken });
    expect(result.status).toBe('failed');
    expect(statuses(result)).toMatchObject({ first: 'failed', evaluate: 'done' });
    expect(result.nodes['first'].error?.where).toContain('node first');
    expect(result.nodes['first'].error?.remedy).toBeTruthy();
  });

  it.each([
    ['data that is not there', { data: '/nowhere/at/all.db' }, 'there is no such data set'],
    ['no data', { data: undefined }, 'the run is bound to no data set'],
  ] as const)('says what is wrong with %s', async (_, options, message) => {
    const attempt = await run(options).then(
      (result) => result.nodes['source'].error?.what ?? '',
      (thrown: unknown) => (thrown as Error).message,
    );
    expect(attempt).toContain(message);
  });
});
