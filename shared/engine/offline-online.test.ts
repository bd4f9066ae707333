import { describe, expect, it } from 'vitest';
import { specs } from '#shared/components/specs.generated.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import { bound } from '../../test/support/small-design.ts';
import { Xoshiro } from '../kernels/random.ts';
import { compileBoard } from './compile.ts';
import { correlationAboutZero, offlineAgainstOnline, signedRanks, type FinishedRun } from './offline-online.ts';

interface Shown {
  readonly ndcg: number;
  readonly ctr: number;
  readonly key?: string;
}

/** Half width of the intervals of click-through rates: a standard error of 0.001. */
const half = 0.00196;

function value(number: number, width = 0): MetricValue {
  return { value: number, low: number - width, high: number + width, n: 100 };
}

function nodeOf(
  id: string,
  key: string,
  metrics: NodeResult['metrics'],
  slices: NodeResult['slices'] = {},
): NodeResult {
  return { id, title: id, key, metrics, slices } as unknown as NodeResult;
}

/** A run whose simulator shows lists a, b, … */
function runOf(
  run: string,
  lists: Readonly<Record<string, Shown>>,
  params: Record<string, number | string | boolean> = {},
): FinishedRun {
  const names = Object.keys(lists);
  const nodes = [
    bound('source', 'source'),
    bound('split', 'split'),
    ...names.map((id) => bound(id, 'popularity', { keep: 20 })),
    {
      ...bound('users', 'user-simulator', params),
      binding: { component: 'user-simulator', version: 1, params: { ...params, names } },
    },
  ];
  const wire = (from: string, to: string): { id: string; from: string; to: string } => ({
    id: `${from}-${to}`,
    from,
    to,
  });
  const edges = [
    wire('source', 'split'),
    ...names.flatMap((id) => [wire('split', id), { ...wire(id, 'users'), toPort: 'lists' }]),
  ];
  const results = names.map((id) => nodeOf(id, lists[id].key ?? `key of ${id}`, { 'ndcg@10': value(lists[id].ndcg) }));
  const slices = Object.fromEntries(
    names.map((id) => [`variant: ${id}`, { ctr: value(lists[id].ctr, half), 'expected-ctr': value(lists[id].ctr) }]),
  );
  const result = {
    run,
    seed: 1,
    data: { fingerprint: 'data' },
    nodes: Object.fromEntries([...results, nodeOf('users', 'key of users', {}, slices)].map((one) => [one.id, one])),
  };
  return { result: result as unknown as RunResult, plan: compileBoard({ nodes, edges }, { specs }) };
}

const control = { ndcg: 0.1, ctr: 0.04 };

describe('pairs', () => {
  it('sets both changes side by side, by hand', () => {
    const { points, n, lists, pearson } = offlineAgainstOnline([
      runOf('r-1', { a: control, b: { ndcg: 0.12, ctr: 0.05 } }),
    ]);
    expect(n).toBe(1);
    expect(lists.map(({ node }) => node)).toEqual(['a', 'b']);
    const [one] = points;
    // Listed newest first, taken from the later of the list to the earlier: b to a.
    expect([one.a.node, one.b.node]).toEqual(['b', 'a']);
    expect(one.offline).toBeCloseTo(-0.02, 12);
    expect(one.online.value).toBeCloseTo(0.04 / 0.05 - 1, 12);
    // √((0.001 / 0.05)² + (0.8 · 0.001 / 0.05)²) = 0.0256125
    expect((one.online.high - one.online.low) / 2).toBeCloseTo(1.96 * 0.0256125, 4);
    expect(one.expected).toBeCloseTo(-0.2, 12);
    expect([one.agrees, one.clear]).toEqual([true, true]);
    expect(pearson).toBeNull();
  });

  it('calls a change clear where its interval leaves out 0, either way', () => {
    const clear = (a: number, b: number): boolean =>
      offlineAgainstOnline([runOf('r-1', { a: { ...control, ctr: a }, b: { ...control, ctr: b } })]).points[0].clear;
    expect([clear(0.05, 0.04), clear(0.04, 0.05), clear(0.04, 0.0401)]).toEqual([true, true, false]);
  });

  it('finds the lists that disagree', () => {
    const { points } = offlineAgainstOnline([runOf('r-1', { a: control, b: { ndcg: 0.09, ctr: 0.05 } })]);
    expect(points[0].agrees).toBe(false);
  });

  it('compares runs of one world, each list once', () => {
    const before = runOf('r-1', { a: control, b: { ndcg: 0.12, ctr: 0.05, key: 'lambda 0.9' } });
    const after = runOf('r-2', { a: control, b: { ndcg: 0.14, ctr: 0.055, key: 'lambda 0.8' } });
    const { lists, n, worlds } = offlineAgainstOnline([after, before]);
    expect(lists.map(({ run, node }) => `${run} ${node}`)).toEqual(['r-2 a', 'r-2 b', 'r-1 b']);
    expect([n, worlds]).toEqual([3, 1]);
  });

  it('never compares across controls, traffic or seeds', () => {
    const one = runOf('r-1', { a: control, b: { ndcg: 0.12, ctr: 0.05 } });
    const others = [
      runOf('r-2', { a: { ...control, key: 'another control' }, b: { ndcg: 0.14, ctr: 0.05, key: 'x' } }),
      runOf('r-3', { a: control, b: { ndcg: 0.14, ctr: 0.05, key: 'y' } }, { appeal: 0.3 }),
    ];
    const { n, worlds } = offlineAgainstOnline([one, ...others]);
    expect([n, worlds]).toEqual([3, 3]);
  });

  it('leaves out A/A tests and simulators without a list to compare', () => {
    const same = runOf('r-1', { a: control, b: control }, { sameForAll: true });
    expect(offlineAgainstOnline([same, runOf('r-2', { a: control })])).toMatchObject({
      points: [],
      lists: [],
      n: 0,
      worlds: 0,
      pearson: null,
      spearman: null,
    });
  });
});

describe('correlation', () => {
  const random = new Xoshiro(5);
  const x = Array.from({ length: 9 }, () => random.normal());
  const y = x.map((one) => one + random.normal());

  it('over all pairs equals that over the lists', () => {
    const gaps = (of: readonly number[]): number[] =>
      of.flatMap((one, i) => of.slice(i + 1).map((other) => other - one));
    const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
    const centred = (of: readonly number[]): number[] => of.map((one) => one - mean(of));
    expect(correlationAboutZero(gaps(x), gaps(y))).toBeCloseTo(correlationAboutZero(centred(x), centred(y)) ?? NaN, 12);
  });

  it('ranks pairs as if both directions were there', () => {
    const both = [...x, ...x.map((one) => -one)];
    const middle = (both.length + 1) / 2;
    const rank = (one: number): number =>
      both.filter((other) => other < one).length + (both.filter((other) => other === one).length + 1) / 2;
    signedRanks(x).forEach((got, i) => expect(got).toBeCloseTo(rank(x[i]) - middle, 12));
    expect(signedRanks([0, 2, -2, 5])).toEqual([0, 2, -2, 3.5]);
  });

  it('is 1 where everything moves together, and unknown where nothing does', () => {
    const lists = { a: control, b: { ndcg: 0.2, ctr: 0.05 }, c: { ndcg: 0.3, ctr: 0.0625 } };
    expect(offlineAgainstOnline([runOf('r-1', lists)]).spearman).toBeCloseTo(1, 12);
    expect(correlationAboutZero([0, 0], [1, 2])).toBeNull();
  });
});
