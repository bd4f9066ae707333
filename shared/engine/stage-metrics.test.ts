import { expect, it } from 'vitest';
import type { Candidates } from '#shared/contract/values.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { testContext } from '../../test/support/context.ts';
import { datasetOf, splitOf } from '../../test/support/small-worlds.ts';
import { stageMetrics } from './stage-metrics.ts';

/** Three users, six items. Held out: user 0 {2, 3}, user 1 {0}, user 2 {4}; `again` repeats what was trained on. */
function lists(
  rows: readonly (readonly number[])[],
  again: readonly [number, number, number, number][] = [],
): Candidates {
  const events: [number, number, number, number][] = [
    [0, 1, 2, 4],
    [1, 2, 1, 3],
    [2, 5, 3, 3],
    [0, 2, 10, 5],
    [0, 3, 11, 2],
    [1, 0, 12, 4],
    [2, 4, 13, 1],
    ...again,
  ];
  const split = splitOf(datasetOf(events, { users: 3, items: 6 }), {
    train: [0, 1, 2],
    test: [...events.keys()].slice(3),
  });
  const made = new CandidateLists(split, split.requests, 12);
  for (const items of rows)
    made.add(
      Int32Array.from(items),
      Float32Array.from(items, (_, at) => -at),
    );
  return made.finish('by hand', 'candidates');
}

it('measures what leaves a stage: recall of all of it, NDCG of its first ten', () => {
  const candidates = lists([[3, 1], [5, 4, 0], [1]]);
  const metrics = stageMetrics('retrieval', { candidates }, testContext());
  expect(Object.keys(metrics)).toEqual(['recall@3', 'ndcg@10']);
  const first = 1 / (1 + 1 / Math.log2(3));
  expect(metrics['recall@3'].value).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
  expect(metrics['ndcg@10'].value).toBeCloseTo((first + 1 / Math.log2(4) + 0) / 3, 12);
  for (const { value, low, high, n } of Object.values(metrics)) {
    expect(n).toBe(3);
    expect(low).toBeLessThan(value ?? NaN);
    expect(high).toBeGreaterThan(value ?? NaN);
  }
  expect(stageMetrics('retrieval', { candidates }, testContext())).toEqual(metrics);
});

it('says nothing of nodes that make no lists, and has no first ten of empty ones', () => {
  const candidates = lists([[], [], []]);
  expect(stageMetrics('data', { candidates }, testContext())).toEqual({});
  expect(stageMetrics('retrieval', {}, testContext())).toEqual({});
  expect(stageMetrics('ranking', { candidates }, testContext())['ndcg@10']).toEqual({
    value: 0,
    low: 0,
    high: 0,
    n: 3,
  });
});

it('asks for nothing that a user already has, as evaluations do not', () => {
  const rows = [[3, 1], [5, 4, 0], [1]];
  const once = stageMetrics('retrieval', { candidates: lists(rows) }, testContext());
  const again = stageMetrics(
    'retrieval',
    {
      candidates: lists(rows, [
        [0, 1, 14, 5],
        [2, 5, 15, 5],
      ]),
    },
    testContext(),
  );
  expect(again).toEqual(once);
});
