import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Split, TargetColumn } from '#shared/contract/values.ts';
import { encodeTarget, foldsOf } from '#shared/values/join.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;

function encodingOf(split: Split, of: 'users' | 'items', name: string): TargetColumn {
  const column = split.dataset[of].table.columns[name];
  if (column?.kind !== 'target') throw new Error(`${name} is no encoding`);
  return column;
}

const mean = (labels: number[], prior: number, smoothing: number): number =>
  (labels.reduce((sum, label) => sum + label, 0) + smoothing * prior) / (labels.length + smoothing);

describe('target encoding', () => {
  const split = featureWorld();
  const { value, item, user } = split.dataset.events;
  const labelled = [...split.train].filter((row) => value[row] >= 4 || value[row] <= 2);
  const label = (row: number): number => Number(value[row] >= 4);
  const prior = mean(labelled.map(label), 0, 0);

  it('is the smoothed mean label of all training rows for rows that are not trained on', async () => {
    const column = encodingOf(await run(split), 'items', 'id-mean');
    const expected = Array.from({ length: 10 }, (_, e) =>
      mean(labelled.filter((row) => item[row] === e).map(label), prior, 10),
    );
    encodeTarget(column, Int32Array.from(expected.keys()), null).forEach((encoded, e) =>
      expect(encoded).toBeCloseTo(expected[e], 5),
    );
  });

  it('leaves the fold of a training row out', async () => {
    const column = encodingOf(await run(split, { columns: ['user.id'], folds: 4, smoothing: 2 }), 'users', 'id-mean');
    for (const row of [3, 50, 120]) {
      const [encoded] = encodeTarget(column, Int32Array.of(user[row]), foldsOf(Int32Array.of(row), 4));
      const others = labelled.filter((one) => user[one] === user[row] && one % 4 !== row % 4);
      expect(encoded).toBeCloseTo(mean(others.map(label), prior, 2), 5);
    }
  });

  it('encodes columns of users and tags of items by the rows that share a name', async () => {
    const encoded = await run(split, { columns: ['user.city', 'item.genres'], smoothing: 1 });
    const [lima] = encodeTarget(encodingOf(encoded, 'users', 'city-mean'), Int32Array.of(2), null);
    expect(lima).toBeCloseTo(
      mean(labelled.filter((row) => user[row] % 4 === 2 && user[row] !== 10).map(label), prior, 1),
      5,
    );
    const [bare] = encodeTarget(encodingOf(encoded, 'items', 'genres-mean'), Int32Array.of(9), null);
    expect(bare).toBeCloseTo(prior, 6);
  });

  it('refuses numbers and unknown columns by name', async () => {
    await expect(run(split, { columns: ['user.age'] })).rejects.toThrow(/kind number/);
    await expect(run(split, { columns: ['user.shoe'] })).rejects.toThrow(/no column user.shoe/);
  });
});

it('encodes a flat table: a training row never sees its own label', async () => {
  const split = flatWorld();
  const values = async (of: Split): Promise<Float32Array> => {
    const column = (await run(of, { columns: ['row.city'] })).dataset.examples!.table.columns['city-mean'];
    if (column.kind !== 'number') throw new Error('no numbers');
    return column.values as Float32Array;
  };
  const { label } = split.dataset.examples!;
  const turned = {
    ...split,
    dataset: {
      ...split.dataset,
      examples: { ...split.dataset.examples!, label: label.map((one, row) => (row === 7 ? 1 - one : one)) },
    },
  };
  // The prior is the mean of all labels, so it moves a little; the row's own category mean must not.
  const [before, after] = [await values(split), await values(turned)];
  expect(Math.abs(after[7] - before[7])).toBeLessThan(0.02);
});
