// The online templates, run as they are on a small world: every node done, every number labelled with where it comes from.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../../main/engine-process/engine.ts';
import { Artefacts } from '../../main/node/runs/artefacts.ts';
import type { Design } from '../../shared/contract/design.ts';
import type { NodeResult, RunResult } from '../../shared/contract/results.ts';

const root = join(import.meta.dirname, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'runboard-online-'));
let engine: Awaited<ReturnType<typeof openEngine>>;

beforeAll(async () => {
  engine = await openEngine({ workspace });
});

afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});

async function run(template: string, changed: Readonly<Record<string, string>> = {}): Promise<RunResult> {
  const design = JSON.parse(readFileSync(join(root, 'assets/templates', `${template}.runboard`), 'utf8')) as Design;
  const small = { recipe: 'video-catalogue', settings: { users: 300, items: 300, events: 15_000, seed: 1 } };
  const traffic = design.board.nodes.filter((node) => node.binding?.component === 'user-simulator');
  const set = Object.fromEntries(
    traffic.flatMap((node) => [
      [`${node.id}.requestsPerDay`, '1500'] as const,
      [`${node.id}.population`, '1000'] as const,
    ]),
  );
  return engine.start(
    { design: { ...design, data: small }, designPath: null, seed: 1, set: { ...set, ...changed } },
    { signal: new AbortController().signal, emit() {} },
  );
}

function value(result: NodeResult, metric: string): number {
  const { value: number } = result.metrics[metric] ?? { value: null };
  if (number === null)
    throw new Error(`${result.id} has no ${metric}: ${JSON.stringify(result.error ?? result.warnings)}`);
  return number;
}

describe('ab-test-rerankers', () => {
  it('runs, is labelled simulated in its first line, and its A/A test knows the truth of no effect', async () => {
    const { status, nodes } = await run('ab-test-rerankers');
    expect(status).toBe('done');
    expect(nodes['test'].origin).toBe('simulated');
    expect(nodes['test'].sheets[0].rows[0].join(' ')).toMatch(/^Origin Simulated/);
    expect(nodes['plan'].origin).toBe('estimated');
    expect(value(nodes['same'], 'expected-ctr-lift')).toBe(0);
    expect(value(nodes['test'], 'sample-ratio-p')).toBeGreaterThan(0.001);
    expect(Number.isFinite(value(nodes['test'], 'ctr-lift:mmr'))).toBe(true);
    // The two stand on the board together, and mean the same.
    expect(value(nodes['plain'], 'ndcg@10')).toBeCloseTo(value(nodes['offline'], 'ndcg@10'), 12);
    expect(nodes['plain'].metrics['ndcg@10'].n).toBe(nodes['offline'].metrics['ndcg@10'].n);
    const latency = nodes['test'].sheets.find((sheet) => sheet.id === 'latency-guardrail');
    expect(latency?.title).toContain('measured');
    expect(latency?.rows.map((row) => row.slice(0, 2).join(' '))).toEqual([
      'Latency, p50, measured mmr',
      'Latency, p50, measured capped',
      'Latency, p99, measured mmr',
      'Latency, p99, measured capped',
    ]);
    const stages = ['retrieve', 'rank', 'plain'].map((id) => nodes[id].latency?.millis ?? []);
    const requests = Math.min(...stages.map((millis) => millis.length));
    const path = Float64Array.from({ length: requests }, (_, at) =>
      stages.reduce((sum, one) => sum + one[at], 0),
    ).sort();
    expect(latency?.rows[0][3]).toContain(`control ${path[Math.ceil(requests / 2) - 1].toPrecision(3)} (`);
  }, 240_000);

  it('sets its three lists side by side, offline and online, once however often it runs', async () => {
    const again = await run('ab-test-rerankers');
    const { origin, lists, points, worlds } = await engine.offlineOnline(again.design.title);
    expect(origin).toBe('simulated');
    expect(worlds).toBe(1);
    expect(lists.map(({ run, node }) => `${run} ${node}`)).toEqual(
      ['plain', 'diverse', 'spread'].map((node) => `${again.run} ${node}`),
    );
    expect(points).toHaveLength(3);
    for (const { a, b, offline } of points)
      expect(offline).toBeCloseTo(value(again.nodes[b.node], 'ndcg@10') - value(again.nodes[a.node], 'ndcg@10'), 12);
    expect((await engine.offlineOnline('another design')).n).toBe(0);

    // A second re-ranker in the same world adds one list, hence a pair with each of the others.
    const other = await run('ab-test-rerankers', { 'diverse.lambda': '0.9' });
    const both = await engine.offlineOnline(other.design.title);
    expect([both.worlds, both.lists.length, both.n]).toEqual([1, 4, 6]);
    const only = await engine.offlineOnline(other.design.title, [again.run]);
    expect(only.points).toEqual(points);
  }, 240_000);

  it('plans from the log of a run as its own plan node did, and by hand', async () => {
    const { run: name, nodes } = await run('ab-test-rerankers');
    const { signal } = new AbortController();
    const plan = await engine.planExperiment({ params: { lift: 0.03 }, pilot: { run: name, node: 'users' } }, signal);
    expect(plan.origin).toBe('estimated');
    expect(plan.metrics).toEqual(nodes['plan'].metrics);
    const byHand = await engine.planExperiment(
      { params: { mean: 0.1, deviation: 0, lift: 0.05, usersPerDay: 1_000 } },
      signal,
    );
    // The usual formula for 10 % against 10.5 % with power 80 % asks for 57,764 users an arm; relative lifts vary a little more.
    expect(byHand.metrics['users-per-variant'].value).toBeGreaterThan(55_000);
    expect(byHand.metrics['users-per-variant'].value).toBeLessThan(60_000);
    await expect(engine.planExperiment({ params: {}, pilot: { run: name, node: 'split' } }, signal)).rejects.toThrow(
      'no exposure log',
    );
    await expect(engine.planExperiment({ params: { lift: -1 } }, signal)).rejects.toThrow('lift');

    // A large log is read where it blocks nobody: not in this thread. Who no longer waits stops it.
    const load = vi.spyOn(Artefacts.prototype, 'load');
    const gone = new AbortController();
    const pilot = { run: name, node: 'users' };
    const waiting = engine.planExperiment({ params: {}, pilot }, gone.signal);
    setImmediate(() => gone.abort());
    await expect(waiting).rejects.toThrow('cancelled');
    expect((await engine.planExperiment({ params: { lift: 0.03 }, pilot }, signal)).metrics).toEqual(plan.metrics);
    expect(load).not.toHaveBeenCalled();
    load.mockRestore();
  }, 240_000);
});

describe('off-policy', () => {
  it('runs, is labelled estimated, and judges the shown policy from its own log at what it earned', async () => {
    const { status, nodes } = await run('off-policy');
    expect(status).toBe('done');
    expect(nodes['estimate'].origin).toBe('estimated');
    expect(value(nodes['itself'], 'ctr-ips')).toBeCloseTo(value(nodes['itself'], 'logged-ctr'), 10);
    const idea = nodes['estimate'].metrics['ctr-dr'];
    expect(idea.low).toBeLessThan(idea.value ?? NaN);
    expect(value(nodes['estimate'], 'mean-weight')).toBeGreaterThan(0.9);
  }, 240_000);
});

describe('feedback-loop', () => {
  const small = { 'users.newItems': '0.03', 'frozen.newItems': '0.03' };

  it('learns every week from what it showed: other lists, other clicks, the same people', async () => {
    const { status, nodes } = await run('feedback-loop', small);
    expect(status).toBe('done');
    expect(nodes['split~users-3'].component).toBe('learn-from-log');
    expect(nodes['split~users-3'].measures['clicks learned from']).toBeGreaterThan(
      nodes['split~users-2'].measures['clicks learned from'],
    );
    // A model that learned from the log says something else than the one that did not.
    expect(value(nodes['sure~users-3'], 'ndcg@10')).not.toBe(value(nodes['sure'], 'ndcg@10'));
    expect(value(nodes['users'], 'ctr')).not.toBe(value(nodes['frozen'], 'ctr'));
    expect(value(nodes['users'], 'requests')).toBeGreaterThan(value(nodes['users~1'], 'requests'));
    for (const node of ['users', 'frozen']) {
      const share = nodes[node].plots.find((plot) => plot.id === 'new-items-by-day')?.series[0].y ?? [];
      expect(share).toHaveLength(21);
      expect(share[0]).toBe(0);
      expect(Math.max(...share)).toBeGreaterThan(0);
    }
    expect(nodes['test'].sheets[0].rows[0].join(' ')).toMatch(/^Origin Simulated/);
    expect(nodes['test'].sheets[0].rows.find((row) => row[0] === 'Days')?.[1]).toBe('21');
  }, 240_000);

  it('is reused as a whole, and compares only lists that were shown all the time', async () => {
    const again = await run('feedback-loop', small);
    expect(Object.values(again.nodes).every((node) => node.status === 'reused')).toBe(true);
    const { lists } = await engine.offlineOnline(again.design.title);
    expect(new Set(lists.map((list) => list.node))).toEqual(new Set(['sure', 'curious']));
  }, 240_000);
});
