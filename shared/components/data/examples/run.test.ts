import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { sampleCandidates } from '../../../../test/support/sample-values.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Examples, Impressions, LabelledRows, Split } from '#shared/contract/values.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { historyOf } from '#shared/values/history.ts';
import { component } from './run.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { inversePropensities, shownItems } from './shown-items.ts';

const defaults = defaultParams(component.spec.params);

async function examplesOf(
  split: Split,
  params: Partial<typeof defaults>,
  more: { candidates?: Parameters<typeof component.apply>[1]['candidates']; seed?: number } = {},
): Promise<Examples> {
  const { examples } = await component.apply(
    null,
    { split, candidates: more.candidates },
    { ...defaults, ...params },
    testContext({ seed: more.seed }),
  );
  return examples;
}

/** Two users rate four items 1 to 4, later and later. */
function rated(): Split {
  const dataset = datasetOf(
    [0, 1].flatMap((user) => [1, 2, 3, 4].map((value, item) => [user, item, 10 * value + user, value] as const)),
    {
      users: 2,
      items: 4,
      userTable: {
        rows: 2,
        columns: {
          age: { kind: 'number', values: Float32Array.of(30, 40) },
          bio: { kind: 'text', values: ['a', 'b'] },
        },
      },
    },
  );
  return splitOf(dataset, { train: [0, 1, 4, 5, 7], validation: [2], test: [3, 6] });
}

describe('explicit labels', () => {
  it('are 1 from the one threshold, 0 up to the other, and left out in between', async () => {
    const examples = await examplesOf(rated(), { positive: 4, negative: 2 });
    expect([...examples.label]).toEqual([0, 0, 0, 0, 1, 1]);
    expect([...examples.part]).toEqual([0, 0, 0, 0, 0, 2]);
    expect([...(examples.user ?? [])]).toEqual([0, 0, 1, 1, 1, 0]);
    expect([...(examples.group ?? [])]).toEqual([0, 0, 1, 1, 1, 2]);
    expect(examples.labelling).toBe('value from 4 positive, up to 2 negative, the rest left out');
  });

  it('stay values where these are the target', async () => {
    expect([...(await examplesOf(rated(), { target: 'value' })).label]).toEqual([1, 2, 1, 2, 4, 3, 4, 3]);
  });

  it('join ids and all columns but free text', async () => {
    const { features } = await examplesOf(rated(), {});
    expect(features.map(({ name }) => name)).toEqual(['user.id', 'item.id', 'user.age']);
    expect(features[2].column).toEqual({ kind: 'number', values: Float32Array.of(30, 30, 40, 40, 40, 30) });
  });

  it('leave out a column that is named with a dash, be it there or not', async () => {
    const { features } = await examplesOf(rated(), { userColumns: ['all', '-age', '-zip'] });
    expect(features.map(({ name }) => name)).toEqual(['user.id', 'item.id']);
  });

  it('refuse thresholds that overlap and columns that are not there', async () => {
    await expect(examplesOf(rated(), { positive: 2, negative: 3 })).rejects.toThrow(/cannot be negative/);
    await expect(examplesOf(rated(), { itemColumns: ['price'] })).rejects.toThrow(/no item column price/);
    await expect(examplesOf(rated(), { positive: 9, negative: 0 })).rejects.toThrow(/no training example/);
  });

  it('say when all of them agree', async () => {
    const context = testContext();
    await component.apply(
      null,
      { split: rated(), candidates: undefined },
      { ...defaults, positive: 1, negative: 0 },
      context,
    );
    expect(context.said.warnings.join()).toMatch(/every training label is 1/);
  });
});

describe('drawn negatives', () => {
  it('come so many to a positive, from items not known by then', async () => {
    const split = checkerboard();
    for (const source of ['negatives-uniform', 'negatives-popularity'] as const) {
      const examples = await examplesOf(split, { source, perPositive: 3, positive: 1 });
      expect(examples.rows).toBe(4 * 200);
      const history = historyOf(split, 'train');
      for (let row = 0; row < examples.rows; row++) {
        const user = examples.user![row];
        const known = history.items.subarray(history.offsets[user], history.offsets[user + 1]);
        if (examples.label[row] === 0) expect(known).not.toContain(examples.item![row]);
      }
    }
  });

  it('for training may be chosen later: leaving those out would tell what is held out', async () => {
    const split = checkerboard();
    const examples = await examplesOf(split, { source: 'negatives-uniform', perPositive: 10, positive: 1 });
    const test = historyOf(split, 'test');
    const drawn = (row: number): boolean =>
      examples.part[row] === 0 &&
      examples.label[row] === 0 &&
      test.items[test.offsets[examples.user![row]]] === examples.item![row];
    expect(Array.from(examples.label.keys()).filter(drawn).length).toBeGreaterThan(0);
  });

  it('come from the candidates where these are wired, and need them', async () => {
    const split = checkerboard();
    const lists = new CandidateLists(split, split.requests, 2);
    for (let r = 0; r < split.requests.user.length; r++)
      lists.add(Int32Array.of((split.requests.user[r] + 1) % 20), Float32Array.of(1));
    const examples = await examplesOf(
      split,
      { source: 'negatives-candidates', positive: 1 },
      { candidates: lists.finish('x') },
    );
    for (let row = 0; row < examples.rows; row++) {
      if (examples.label[row] === 0) expect(examples.item![row]).toBe((examples.user![row] + 1) % 20);
    }
    await expect(examplesOf(split, { source: 'negatives-candidates' })).rejects.toThrow(/none are wired/);
  });

  it('repeat for one seed and differ for another', async () => {
    const params = { source: 'negatives-uniform', positive: 1 } as const;
    const items = async (seed: number): Promise<Int32Array | null> =>
      (await examplesOf(checkerboard(), params, { seed })).item;
    expect(await items(1)).toEqual(await items(1));
    expect(await items(1)).not.toEqual(await items(2));
  });
});

describe('impressions', () => {
  const impressions: Impressions = {
    user: Int32Array.of(0, 0, 1, 1),
    item: Int32Array.of(0, 1, 2, 3),
    time: Float64Array.of(5, 5, 35, 60),
    request: Int32Array.of(7, 7, 3, 9),
    position: Int32Array.of(1, 2, 1, 1),
    propensity: Float64Array.of(0.5, 0.25, 0.5, NaN),
    click: Float32Array.of(0, 1, 0, 1),
    table: {
      rows: 4,
      columns: { device: { kind: 'category', codes: Int32Array.of(0, 0, 1, 1), names: ['tv', 'phone'] } },
    },
  };
  const split: Split = { ...rated(), dataset: { ...rated().dataset, impressions } };

  it('keep requests together and follow the times of the split', async () => {
    // First validation event at 30, first test event at 31.
    const examples = await examplesOf(split, { source: 'impressions', eventColumns: ['device'] });
    expect([...examples.part]).toEqual([0, 0, 2, 2]);
    expect([...examples.label]).toEqual([0, 1, 0, 1]);
    expect([...(examples.group ?? [])]).toEqual([0, 0, 1, 2]);
    expect(examples.features.at(-1)?.name).toBe('event.device');
  });

  it('tell training rows by themselves, so that what is counted of a row can leave it out', () => {
    const { part, trainRow } = shownItems(split, new Xoshiro(1, 'parts'), { inverse: false, maximum: 1 });
    expect([...part]).toEqual([0, 0, 2, 2]);
    expect([...trainRow]).toEqual([0, 1, -1, -1]);
  });

  it('weigh by inverse propensity, cut off', () => {
    expect([...inversePropensities(Float64Array.of(0.5, 0.25, 0.5, NaN), 10)].map((w) => Math.round(w * 1000))).toEqual(
      [750, 1500, 750, 1000],
    );
    expect(Math.max(...inversePropensities(Float64Array.of(0.001, 0.5, 0.5, 0.5), 2))).toBe(2);
  });

  it('are missed by name', async () => {
    await expect(examplesOf(rated(), { source: 'impressions' })).rejects.toThrow(/no impressions/);
  });
});

it('passes a flat table with its labels, groups part after part', async () => {
  const examples: LabelledRows = {
    label: Float32Array.of(1, 0, 1, 0),
    group: Int32Array.of(1, 0, 1, 0),
    time: null,
    part: null,
    table: { rows: 4, columns: { x: { kind: 'number', values: Float32Array.of(1, 2, 3, 4) } } },
  };
  const base = rated();
  const split: Split = {
    ...splitOf({ ...base.dataset, shape: 'examples', examples }, { train: [], test: [] }),
    train: Int32Array.of(0, 1, 2),
    test: Int32Array.of(3),
  };
  const made = await examplesOf(split, {});
  expect(made.features).toEqual([
    { name: 'row.x', from: 'row', column: { kind: 'number', values: Float32Array.of(2, 1, 3, 4) } },
  ]);
  expect([...made.label]).toEqual([0, 1, 1, 0]);
  expect([...(made.group ?? [])]).toEqual([0, 1, 1, 2]);
  expect(made.user).toBe(null);
});

it('makes examples of candidates: validation requests teach, test requests are scored, the retriever speaks through pair.score', async () => {
  const split = checkerboard();
  const examples = await examplesOf(
    split,
    { source: 'candidates', positive: 0, perPositive: 3 },
    { candidates: sampleCandidates(split) },
  );
  expect(examples.features[0].name).toBe('pair.score');
  const rowsOf = (part: number): number[] => [...examples.part.keys()].filter((row) => examples.part[row] === part);
  // 20 validation requests: 16 learned from, 4 kept back; each has one chosen item and three others.
  expect(rowsOf(0)).toHaveLength(64);
  expect(rowsOf(1)).toHaveLength(16);
  expect(rowsOf(2)).toHaveLength(20 * 11);
  const { offsets, items } = historyOf(split, 'validation');
  for (const row of rowsOf(0)) {
    const user = examples.user?.[row] ?? -1;
    const chosen = [...items.subarray(offsets[user], offsets[user + 1])];
    expect(examples.label[row]).toBe(chosen.includes(examples.item?.[row] ?? -1) ? 1 : 0);
  }
});
