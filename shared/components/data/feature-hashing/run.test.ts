import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { CategoryColumn, Split, TagsColumn } from '#shared/contract/values.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const context = testContext();
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, context)).split;
const split = featureWorld();

it('puts equal names into one bucket, whatever their code', async () => {
  const { users } = split.dataset;
  const city = users.table.columns['city'] as CategoryColumn;
  const turned = {
    ...city,
    codes: city.codes.map((code) => (code < 0 ? -1 : 3 - code)),
    names: city.names.toReversed(),
  };
  const other = {
    ...split,
    dataset: { ...split.dataset, users: { ...users, table: { rows: 12, columns: { city: turned } } } },
  };
  const hash = async (of: Split): Promise<CategoryColumn> =>
    (await run(of, { column: 'user.city', buckets: 4096 })).dataset.users.table.columns['city-hash'] as CategoryColumn;
  expect(await hash(other)).toEqual(await hash(split));
  expect((await hash(split)).codes[10]).toBe(-1);
  expect(new Set((await hash(split)).codes).size).toBe(5);
});

it('fills the buckets evenly', async () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `user ${i}`);
  const many = { ...split, dataset: { ...split.dataset, users: { ids, table: { rows: 20_000, columns: {} } } } };
  const column = (await run(many, { buckets: 100 })).dataset.users.table.columns['id-hash'] as CategoryColumn;
  const counts = new Int32Array(100);
  for (const code of column.codes) counts[code]++;
  // Chi-square with 99 degrees of freedom: 148.2 is its 0.999 quantile.
  expect(counts.reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0)).toBeLessThan(148.2);
});

it('hashes the words of a text and the names of tags', async () => {
  const title = (await run(split, { column: 'item.title', keep: false })).dataset.items.table.columns;
  const words = title['title-hash'] as TagsColumn;
  expect(title['title']).toBeUndefined();
  expect([...words.offsets.subarray(0, 3)]).toEqual([0, 4, 8]);
  expect(words.codes[1]).toBe(words.codes[5]);
  expect(words.codes[3]).not.toBe(words.codes[7]);
  const genres = (await run(split, { column: 'item.genres' })).dataset.items.table.columns['genres-hash'];
  expect(genres.kind).toBe('tags');
});

it('takes flat tables, and refuses numbers', async () => {
  expect((await run(flatWorld(), { column: 'row.city' })).dataset.examples!.table.columns['city-hash'].kind).toBe(
    'category',
  );
  await expect(run(split, { column: 'user.age' })).rejects.toThrow(/kind number/);
});
