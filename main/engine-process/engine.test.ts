import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent, RunResult } from '#shared/contract/results.ts';
import { bound, randomDesign, wires } from '../../test/support/small-design.ts';
import { SmallEngine } from '../../test/support/small-engine.ts';

let small: SmallEngine;

beforeAll(async () => {
  small = await SmallEngine.open();
});
afterAll(() => small.close());

const statuses = (result: RunResult): Record<string, string> =>
  Object.fromEntries(Object.values(result.nodes).map((node) => [node.id, node.status]));

describe('engine', () => {
  it('runs a board on data, measures every stage, adds baselines, and remembers it all', async () => {
    const heard: RunEvent[] = [];
    const result = await small.run({}, (event) => void heard.push(event));
    expect(result).toMatchObject({ run: 'r-0001', status: 'done', seed: 3, data: { name: 'events.csv' } });
    expect(result.nodes['random']).toMatchObject({ status: 'done', out: 8, because: 'first run' });
    expect(result.nodes['random'].latency?.p50).toBeGreaterThan(0);
    expect(result.nodes['evaluate'].metrics['ndcg@10'].n).toBe(40);
    expect(Object.keys(result.nodes['evaluate'].baselines)).toEqual(expect.arrayContaining(['popularity']));
    expect(heard[0].type).toBe('run-started');
    expect(heard.at(-1)).toMatchObject({ type: 'run-finished', status: 'done' });
    expect(await small.engine.show('latest')).toEqual(result);
  });

  it('a drawn node between two others changes nothing in the result', async () => {
    const through = await small.run();
    const direct = randomDesign();
    direct.board.edges = [...direct.board.edges.slice(0, 2), { id: '3', from: 'random', to: 'evaluate' }];
    expect((await small.run({ design: direct })).nodes['evaluate'].status).toBe('reused');
    expect((await small.run({ design: direct, fresh: true })).nodes['evaluate'].metrics).toEqual(
      through.nodes['evaluate'].metrics,
    );
  });

  it('gives the same numbers with one thread and with two, and other numbers with another seed', async () => {
    const metrics = (result: RunResult): unknown =>
      Object.values(result.nodes).map((node) => [node.id, node.metrics, node.baselines]);
    const one = metrics(await small.run({ threads: 1, fresh: true }));
    expect(metrics(await small.run({ threads: 2, fresh: true }))).toEqual(one);
    expect(metrics(await small.run({ seed: 9 }))).not.toEqual(one);
  });

  it('reuses what has not changed, across sessions, and says why the rest ran', async () => {
    await small.run();
    await small.restart();
    expect(new Set(Object.values(statuses(await small.run())))).toEqual(new Set(['reused']));
    const plan = await small.engine.plan(
      { design: randomDesign(), designPath: null, data: small.data, set: { 'random.keep': '9' } },
      { signal: new AbortController().signal, emit() {} },
    );
    expect(plan.filter((node) => !node.reused).map(({ node, reused, because }) => ({ node, reused, because }))).toEqual(
      [
        { node: 'random', reused: false, because: 'parameter keep changed' },
        { node: 'evaluate', reused: false, because: 'random changed' },
      ],
    );
    const changed = await small.run({ set: { 'random.keep': '9' } });
    expect(statuses(changed)).toMatchObject({ source: 'reused', split: 'reused', random: 'done', evaluate: 'done' });
    expect(changed.nodes['random'].out).toBe(9);
  });

  it('plans what is turned off, and what needs it, as left out', async () => {
    const design = randomDesign();
    const nodes = design.board.nodes.map((node) => (node.id === 'random' ? { ...node, mode: 'off' as const } : node));
    const plan = await small.engine.plan(
      { design: { ...design, board: { ...design.board, nodes } }, designPath: null, data: small.data },
      { signal: new AbortController().signal, emit() {} },
    );
    expect(plan.filter(({ leftOut }) => leftOut).map(({ node, because }) => [node, because])).toEqual([
      ['random', 'turned off'],
      ['evaluate', 'needs random, which is turned off'],
    ]);
  });

  it('compares two runs: what changed, and by how much, user by user', async () => {
    const { run: a } = await small.run();
    const { run: b } = await small.run({ set: { 'random.keep': '3' } });
    const comparison = await small.engine.compare(a, b);
    expect(comparison.changes).toEqual(['random: keep 8 → 3']);
    const ndcg = comparison.metrics.find((one) => one.node === 'evaluate' && one.metric === 'ndcg@10');
    expect(ndcg?.difference?.users).toBe(40);
    expect(ndcg?.difference?.mean).toBeCloseTo((ndcg?.b.value ?? 0) - (ndcg?.a.value ?? 0), 5);
    expect(ndcg?.difference?.low).toBeLessThanOrEqual(ndcg?.difference?.mean ?? 0);
  });

  it('follows one request, with the same list as in the run, and names users it does not know', async () => {
    await small.run();
    const trace = await small.engine.trace('latest', 'u4', new AbortController().signal);
    expect(trace.steps.map((step) => step.node)).toEqual(['random']);
    expect(trace.steps[0].items).toHaveLength(8);
    expect(trace.steps[0].items[0]).toMatchObject({ rank: 1, sources: ['random'] });
    expect(trace.steps[0].millis).toBeGreaterThan(0);
    expect(trace.history.length + trace.heldOut.length).toBe(12);
    await expect(small.engine.trace('latest', 'nobody', new AbortController().signal)).rejects.toThrow(
      'there is no user nobody',
    );
  });

  it('follows whoever has a test request where nobody is named, and knows who is next, round and round', async () => {
    await small.run();
    const signal = new AbortController().signal;
    const first = await small.engine.trace('latest', undefined, signal);
    const met = new Set<string>();
    for (let { user, next } = first; !met.has(user); { user, next } = await small.engine.trace('latest', next, signal))
      met.add(user);
    expect(met.size).toBe(40);
    expect((await small.engine.trace('latest', [...met].at(-1), signal)).next).toBe(first.user);
  });

  it('cancels within a second, keeps what has finished, and says so', async () => {
    const controller = new AbortController();
    const stopAtFirst = (event: RunEvent): void => {
      if (event.type === 'node-finished') controller.abort();
    };
    const result = await small.run({ fresh: true }, stopAtFirst, controller);
    expect(result.status).toBe('cancelled');
    expect(Object.values(statuses(result))).toContain('cancelled');
    expect((await small.run()).status).toBe('done');
  });

  it('keeps a failure to its node', async () => {
    const broken = randomDesign();
    broken.board.nodes.push(bound('first', 'category-cap'));
    broken.board.edges.push(...wires('random>first'));
    const result = await small.run({ design: broken, fresh: true });
    expect(result.status).toBe('failed');
    expect(statuses(result)).toMatchObject({ first: 'failed', evaluate: 'done' });
    expect(result.nodes['first'].error?.where).toContain('node first');
    expect(result.nodes['first'].error?.remedy).toBeTruthy();
  });

  it.each([
    ['data that is not there', { data: '/nowhere/at/all.db' }, 'there is no such data set'],
    ['no data', { data: undefined }, 'the run is bound to no data set'],
  ] as const)('says what is wrong with %s', async (_, options, message) => {
    const attempt = await small.run(options).then(
      (result) => result.nodes['source'].error?.what ?? '',
      (thrown: unknown) => (thrown as Error).message,
    );
    expect(attempt).toContain(message);
  });
});
