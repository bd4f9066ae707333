import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#shared/contract/runs.ts';
import { bestOf, byNode, comparedAfter, differs, usualPair, type ManyRow } from './many.ts';

const value = (one: number | null): ManyRow['baseline'] => ({ value: one, low: null, high: null, n: 10 });
const gap = (mean: number): NonNullable<NonNullable<ManyRow['cells'][number]>['difference']> => ({
  mean,
  low: mean - 0.01,
  high: mean + 0.01,
  p: 0.01,
  pHolm: 0.02,
  users: 10,
});

function row(baseline: number, others: readonly (number | null)[], changes: Partial<ManyRow> = {}): ManyRow {
  return {
    node: 'list',
    title: 'List',
    metric: 'ndcg@10',
    better: 'higher',
    baseline: value(baseline),
    cells: others.map((one) => (one === null ? null : { value: value(one) as never, difference: gap(one - baseline) })),
    ...changes,
  };
}

function summary(run: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    run,
    status: 'done',
    design: 'A',
    data: 'd',
    seed: 1,
    startedAt: '2026-01-01T00:00:00Z',
    seconds: 1,
    nodes: 3,
    headline: null,
    sweep: false,
    ...changes,
  };
}

describe('runs side by side', () => {
  it('keeps those that were ticked in order, and lets the earliest go where there are too many', () => {
    expect(comparedAfter(['r-0003'], 'r-0001', true)).toEqual(['r-0001', 'r-0003']);
    expect(comparedAfter(['r-0001', 'r-0003'], 'r-0001', false)).toEqual(['r-0003']);
    let many: readonly string[] = [];
    for (let at = 1; at <= 10; at++) many = comparedAfter(many, `r-00${10 + at}`, true);
    expect(many).toHaveLength(8);
    expect(many[0]).toBe('r-0013');
  });

  it('offers the shown run with the one before it of the same design, sweeps left out', () => {
    const runs = [
      summary('r-0006', { design: 'B' }),
      summary('r-0005', { sweep: true }),
      summary('r-0004'),
      summary('r-0003', { design: 'B' }),
      summary('r-0002'),
    ];
    expect(usualPair(runs, 'r-0004')).toEqual(['r-0002', 'r-0004']);
    expect(usualPair(runs, 'r-0005')).toEqual(['r-0004', 'r-0005']);
    expect(usualPair(runs, null)).toEqual(['r-0003', 'r-0006']);
    // The first has none before it.
    expect(usualPair(runs, 'r-0002')).toEqual(['r-0002', 'r-0004']);
    expect(usualPair([summary('r-0003', { design: 'B' }), summary('r-0001')], 'r-0001')).toBeNull();
    expect(usualPair([], null)).toBeNull();
    const stopped = [summary('r-0003'), summary('r-0002', { status: 'cancelled' }), summary('r-0001')];
    expect(usualPair(stopped, 'r-0003')).toEqual(['r-0001', 'r-0003']);
    expect(usualPair(stopped.slice(0, 2), 'r-0003')).toEqual(['r-0002', 'r-0003']);
    expect(usualPair([summary('r-10000'), summary('r-9999')], 'r-10000')).toEqual(['r-9999', 'r-10000']);
  });

  it('marks the best value, the lower where lower is better, and none where nothing is', () => {
    expect(bestOf(row(0.1, [0.3, 0.2]))).toEqual([0]);
    expect(bestOf(row(0.1, [0.3, 0.3]))).toEqual([0, 1]);
    expect(bestOf(row(0.1, [0.3, 0.2], { better: 'lower' }))).toEqual([-1]);
    expect(bestOf(row(0.1, [0.3, null], { better: 'neither' }))).toEqual([]);
    expect(bestOf(row(0.1, [0.1, 0.1]))).toEqual([]);
    expect(bestOf(row(0.1, [null, 0.2]))).toEqual([1]);
  });

  it('tells rows that differ, and puts paired nodes first', () => {
    expect(differs(row(0.1, [0.1, 0.1]))).toBe(false);
    expect(differs(row(0.1, [0.1, null]))).toBe(true);
    expect(differs(row(0.1, [0.1, 0.2]))).toBe(true);
    const plain = row(0.1, [0.2], { node: 'stage', title: 'Stage' });
    const unpaired = { ...plain, cells: [{ value: value(0.2) as never, difference: null }] };
    expect(byNode([row(0.1, [0.2], { node: 'early' }), row(0.1, [0.2]), unpaired]).map(({ node }) => node)).toEqual([
      'list',
      'early',
      'stage',
    ]);
  });
});
