import { describe, expect, it } from 'vitest';
import type { Candidates, Split } from '../../../contract/values.ts';
import type { ParamValues } from '../../../contract/params.ts';
import { CandidateLists } from '../../../values/candidate-lists.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { TestContext } from '../../../../test/support/context.ts';
import { testContext } from '../../../../test/support/context.ts';
import { component } from './run.ts';
import type { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

const defaults: Params = {
  k: [2],
  metrics: ['ndcg', 'recall', 'coverage'],
  part: 'test',
  relevantFrom: 0,
  baselines: true,
  slices: [],
  hideKnown: true,
  resamples: 200,
};

/** Lists given as [item, score] rows, one per request. */
function listsOf(
  split: Split,
  rows: (readonly (readonly [number, number])[])[],
  source = 'by hand',
  type: Candidates['type'] = 'candidates',
): Candidates {
  const lists = new CandidateLists(split, split.requests, 4);
  for (const row of rows)
    lists.add(
      Int32Array.from(row, ([item]) => item),
      Float32Array.from(row, ([, score]) => score),
    );
  return lists.finish(source, type);
}

async function evaluate(
  lists: Candidates,
  params: Partial<Params> = {},
  context: TestContext = testContext(),
  baselines: Candidates[] = [],
) {
  return (await component.apply(null, { lists, baselines }, { ...defaults, ...params }, context)).metrics;
}

/** Three users, six items. Held out: user 0 {2 (rated 5), 3 (rated 2)}, user 1 {0 (rated 4)}, user 2 {4 (rated 1)}. */
function world(): Split {
  const dataset = datasetOf(
    [
      [0, 0, 1, 5],
      [0, 1, 2, 4],
      [1, 2, 1, 3],
      [2, 5, 3, 3],
      [0, 2, 10, 5],
      [0, 3, 11, 2],
      [1, 0, 12, 4],
      [2, 4, 13, 1],
    ],
    {
      users: 3,
      items: 6,
      userTable: {
        rows: 3,
        columns: { plan: { kind: 'category', codes: Int32Array.of(0, 1, 1), names: ['free', 'paid'] } },
      },
      itemTable: { rows: 6, columns: { size: { kind: 'number', values: Float64Array.of(1, 2, 3, 4, 5, 6) } } },
    },
  );
  return splitOf(dataset, { train: [0, 1, 2, 3], test: [4, 5, 6, 7] });
}

const lists = (split: Split): Candidates =>
  listsOf(split, [
    [
      [0, 9],
      [3, 8],
      [5, 7],
      [2, 6],
    ],
    [
      [0, 3],
      [1, 2],
    ],
    [
      [1, 3],
      [0, 2],
      [4, 1],
    ],
  ]);

describe('three users by hand', () => {
  it('masks, cuts, averages, and keeps every user', async () => {
    const split = world();
    const context = testContext();
    const metrics = await evaluate(lists(split), {}, context);
    // User 0: item 0 is known; [3, 5 | 2]: a hit at rank 1 of two relevant. User 1: hit at rank 1. User 2: none.
    const first = 1 / (1 + 1 / Math.log2(3));
    expect(metrics.metrics['recall@2'].value).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
    expect(metrics.metrics['ndcg@2'].value).toBeCloseTo((first + 1 + 0) / 3, 12);
    expect(metrics.metrics['recall@2'].n).toBe(3);
    expect(metrics.metrics['coverage@2']).toEqual({ value: 4 / 6, low: null, high: null, n: 3 });
    expect([...metrics.users]).toEqual([0, 1, 2]);
    expect([...metrics.perUser['recall@2']]).toEqual([0.5, 1, 0]);
    expect(context.said.warnings).toContain(
      '1 entries of the lists were already known to their users and were left out',
    );
    expect(Object.keys(metrics.metrics)).toEqual(['ndcg@2', 'recall@2', 'coverage@2']);
  });

  it('leaves out users whose held-out values are too small, and counts them', async () => {
    const metrics = await evaluate(lists(world()), { relevantFrom: 3, k: [2, 3] });
    expect(metrics.metrics['recall@2']).toMatchObject({ value: 0.5, n: 2 });
    expect(metrics.metrics['recall@3']).toMatchObject({ value: 1, n: 2 });
    expect(metrics.sheets[0].rows).toContainEqual(['users left out, nothing relevant held out', 1]);
  });

  it('gives an interval that holds the value, the same for the same seed', async () => {
    const once = await evaluate(lists(world()));
    const { low, value, high } = once.metrics['recall@2'];
    expect(low).toBeLessThanOrEqual(value ?? NaN);
    expect(high).toBeGreaterThanOrEqual(value ?? NaN);
    expect(await evaluate(lists(world()))).toEqual(once);
  });

  it('draws ties from the run, the user and the item: the same list measures the same in every node of a run', async () => {
    const split = world();
    const level = [0, 1, 2, 3, 4, 5].map((item) => [item, 1] as const);
    const measures = async (nodeId: string, seed: number) => {
      const context = testContext({ nodeId, seed });
      const own = listsOf(split, [level, level, level]);
      const { metrics, baselines, perUser } = await evaluate(own, { k: [1, 2] }, context, [own]);
      expect(context.said.warnings.join(' ')).toContain('drawn by lot');
      const values = Object.fromEntries(Object.entries(metrics).map(([key, { value }]) => [key, value]));
      for (const [key, { value }] of Object.entries(baselines['by hand'])) expect(value).toBe(values[key]);
      return { values, perUser };
    };
    const first = await measures('evaluate-a', 1);
    expect(await measures('evaluate-b', 1)).toEqual(first);
    // Another seed draws other lots.
    expect(await measures('evaluate-a', 2)).not.toEqual(first);
    // The lot falls differently for different users: no order of the catalogue decides.
    expect(first.values['coverage@1']).toBeGreaterThan(1 / 6);
  });

  it('slices users and items', async () => {
    const { slices } = await evaluate(lists(world()), { slices: ['user.plan', 'item.size', 'activity'] });
    expect(slices['user.plan: free']['recall@2']).toMatchObject({ value: 0.5, n: 1 });
    expect(slices['user.plan: paid']['recall@2']).toMatchObject({ value: 0.5, n: 2 });
    // Items 4 and 5 are the top third by size: only user 2 has one of them held out, and finds it at rank 3.
    expect(slices['item.size: top third']['recall@2']).toMatchObject({ value: 0, n: 1 });
    expect(slices['item.size: middle third']['recall@2']).toMatchObject({ value: 0.5, n: 1 });
    expect(Object.keys(slices).some((name) => name.startsWith('activity'))).toBe(true);
  });

  it('names what it does not know', async () => {
    await expect(evaluate(lists(world()), { metrics: ['ndgc'] })).rejects.toThrow('there is no metric ndgc');
    await expect(evaluate(lists(world()), { slices: ['user.age'] })).rejects.toThrow('nothing called user.age');
  });

  it('measures baselines in the same way, and refuses those of another split', async () => {
    const split = world();
    const metrics = await evaluate(lists(split), {}, testContext(), [
      listsOf(split, [[[2, 1]], [[1, 1]], [[4, 1]]], 'popularity'),
    ]);
    expect(metrics.baselines['popularity']['recall@2'].value).toBeCloseTo((0.5 + 0 + 1) / 3, 12);
    const other = checkerboard();
    await expect(
      evaluate(lists(split), {}, testContext(), [
        listsOf(
          other,
          Array.from({ length: 40 }, () => []),
        ),
      ]),
    ).rejects.toThrow('other requests');
  });
});

it('says so when nobody can be measured', async () => {
  const context = testContext();
  const metrics = await evaluate(lists(world()), { part: 'validation' }, context);
  expect(metrics.metrics['recall@2']).toEqual({ value: null, low: null, high: null, n: 0 });
  expect(context.said.warnings.join()).toContain('nothing could be measured');
});

it('refuses a score that is not a number', async () => {
  await expect(evaluate(listsOf(world(), [[[2, NaN]], [], []]))).rejects.toThrow(
    'the score of item i2 is not a number',
  );
});
