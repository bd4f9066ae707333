import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { sampleExamples } from '../../../../test/support/sample-values.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Examples, Feature } from '#shared/contract/values.ts';
import { auc } from '#shared/kernels/auc.ts';
import { component } from './run.ts';
import { fitTreeFeatures, levelColumns, treeColumns } from './tree-features.ts';

const params = { ...defaultParams(component.spec.params), rounds: 40, minimumRowsInLeaf: 5, patience: 10 };
const split = checkerboard(40, 40);
const likes = (user: number, item: number): number => Number(user % 2 === 0 || item % 2 === 0);

/** Every pair of the checkerboard's users and items, labelled 1 where either is even; a few pairs per user in each part. */
function pairExamples(): Examples {
  const pairs = sampleExamples(split);
  const [user, item] = [pairs.user!, pairs.item!];
  const { title } = split.dataset.items.table.columns;
  if (title.kind !== 'text') throw new Error('titles are text');
  const texts = Array.from(item, (one) => title.values[one]);
  const features: Feature[] = [
    ...pairs.features.filter(({ name }) => ['user.id', 'item.group', 'item.genres'].includes(name)),
    { name: 'item.title', from: 'item', column: { kind: 'text', values: texts } },
    {
      name: 'event.odd',
      from: 'event',
      column: { kind: 'category', codes: user.map((u) => u % 2), names: ['even', 'odd'] },
    },
  ];
  return {
    ...pairs,
    features,
    label: Float32Array.from(user, (u, row) => likes(u, item[row])),
    part: Uint8Array.from(user, (_, row) => (row % 5 === 3 ? 1 : row % 5 === 4 ? 2 : 0)),
  };
}

const examples = pairExamples();
// Users with an even number like everything: only the lists of the others have an order.
const testRows = [...examples.part.keys()].filter((row) => examples.part[row] === 2 && examples.user![row] % 2 === 1);
const testAuc = (scored: Examples): number =>
  auc(
    testRows.map((row) => scored.prediction![row]),
    testRows.map((row) => scored.label[row]),
  );

async function run(
  changes: Partial<typeof params> = {},
  of = examples,
): Promise<{ scored: Examples; context: ReturnType<typeof testContext> }> {
  const context = testContext();
  const inputs = { examples: of, candidates: undefined };
  const state = await component.fit!(inputs, { ...params, ...changes }, context);
  const { examples: scored } = await component.apply(state, inputs, { ...params, ...changes }, context);
  return { scored, context };
}

describe('gradient-boosted trees', () => {
  it('learn whom an item suits, as probability, value and order', async () => {
    for (const objective of ['binary', 'regression', 'lambdarank'] as const) {
      const { scored } = await run({ objective });
      expect(testAuc(scored)).toBeGreaterThan(0.98);
      expect(scored.probability).toBe(objective === 'binary');
    }
  });

  it('report the curve, the number of trees and what the trees ask', async () => {
    const { context } = await run();
    expect(context.said.curve.length).toBeGreaterThan(0);
    expect(Object.keys(context.said.curve[0].values)).toEqual(['log loss', 'auc']);
    expect(context.said.measures['trees']).toBeGreaterThan(0);
    expect(context.said.plots).toEqual(['importance']);
    expect(context.said.logs.join()).toMatch(/not used: item.title/);
  });

  it('give the same numbers again', async () => {
    expect((await run({ bagFraction: 0.5 })).scored.prediction).toEqual(
      (await run({ bagFraction: 0.5 })).scored.prediction,
    );
  });

  it('name what does not fit', async () => {
    await expect(run({ objective: 'lambdarank' }, { ...examples, group: null })).rejects.toThrow(
      /user, query or request/,
    );
    await expect(run({ objective: 'regression', learningRate: 1e300 })).rejects.toMatchObject({ code: 'diverged' });
  });

  it('warn when nothing watches for overfitting', async () => {
    const { context } = await run({}, { ...examples, part: examples.part.map((part) => (part === 1 ? 0 : part)) });
    expect(context.said.warnings.join()).toMatch(/no validation part/);
  });
});

describe('columns for trees', () => {
  const category: Feature = {
    name: 'user.id',
    from: 'user',
    column: { kind: 'category', codes: Int32Array.of(0, 0, 1, 1, -1, 0), names: ['a', 'b'] },
  };
  const rows = Int32Array.of(0, 1, 2, 3, 4);
  const label = Float32Array.of(1, 0, 1, 1, 0, 0);
  const settings = { ids: 'both', categories: 'both', smoothing: 1, maximumTags: 2 } as const;

  it('encode a category by the mean label, a training row without its own fold', () => {
    const fitted = fitTreeFeatures([category], rows, label, settings);
    const prior = 3 / 5;
    const [levels, encoded] = treeColumns([category], fitted, Int32Array.of(5, 4), false);
    expect([...levels]).toEqual([0, -1]);
    expect(encoded[0]).toBeCloseTo((1 + prior) / 3, 6);
    expect(encoded[1]).toBeCloseTo(prior, 6);
    expect([...levelColumns(fitted)]).toEqual([1, 0]);
    // Five rows, five folds: each is left out alone.
    const [, training] = treeColumns([category], fitted, rows, true);
    expect([...training].map((x) => Number(x.toFixed(4)))).toEqual(
      [(0 + prior) / 2, (1 + prior) / 2, (1 + prior) / 2, (1 + prior) / 2, prior].map((x) => Number(x.toFixed(4))),
    );
  });

  it('give the commonest tags a column each', () => {
    const tags: Feature = {
      name: 'item.genres',
      from: 'item',
      column: {
        kind: 'tags',
        offsets: Int32Array.of(0, 2, 3, 5),
        codes: Int32Array.of(0, 1, 1, 1, 2),
        names: ['war', 'love', 'noir'],
      },
    };
    const fitted = fitTreeFeatures([tags], Int32Array.of(0, 1, 2), label, settings);
    expect(fitted[0].columns).toEqual(['item.genres: war', 'item.genres: love']);
    expect(treeColumns([tags], fitted, Int32Array.of(0, 1, 2), true)).toEqual([
      Float64Array.of(1, 0, 0),
      Float64Array.of(1, 1, 1),
    ]);
  });
});
