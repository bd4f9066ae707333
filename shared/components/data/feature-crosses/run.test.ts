import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Feature, Split } from '#shared/contract/values.ts';
import { describePairs } from '#shared/values/pair-features.ts';
import { component } from './run.ts';

const run = async (split: Split, left: string, right: string, buckets = 500): Promise<Split> =>
  (await component.apply(null, { split }, { left, right, buckets }, testContext())).split;
const split = featureWorld();

function described(of: Split, name: string): Feature {
  const pairs = {
    rows: 4,
    user: Int32Array.of(0, 4, 1, 10),
    item: Int32Array.of(1, 1, 1, 1),
    event: null,
    context: null,
    trainRow: null,
    score: null,
  };
  return describePairs(of, [{ name: `cross.${name}`, from: 'cross' }], pairs)[0];
}

it('is made of both columns when pairs are described', async () => {
  const crossed = await run(split, 'user.city', 'item.genres');
  const { column } = described(crossed, 'city-genres');
  if (column.kind !== 'tags') throw new Error('no tags');
  // Users 0 and 4 live in one city, user 1 in another, user 10 in none.
  expect([...column.offsets]).toEqual([0, 1, 2, 3, 3]);
  expect(column.codes[0]).toBe(column.codes[1]);
  expect(column.codes[0]).not.toBe(column.codes[2]);
});

it('stands beside other crosses, under a name of its own', async () => {
  const two = await run(await run(split, 'user.city', 'item.genres'), 'user.id', 'item.id');
  expect(two.crosses.map(({ name }) => name)).toEqual(['city-genres', 'user-id-item-id']);
  await expect(run(two, 'user.city', 'item.genres')).rejects.toThrow(/already/);
});

it('takes flat tables', async () => {
  expect((await run(flatWorld(), 'row.city', 'row.city')).crosses[0].name).toBe('row-city-row-city');
});

it('refuses numbers, text and unknown columns', async () => {
  await expect(run(split, 'user.age', 'item.genres')).rejects.toThrow(/kind number/);
  await expect(run(split, 'user.city', 'item.title')).rejects.toThrow(/kind text/);
  await expect(run(split, 'user.city', 'item.mood')).rejects.toThrow(/no column item.mood/);
});
