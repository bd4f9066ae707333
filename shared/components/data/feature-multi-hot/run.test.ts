import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Split } from '#shared/contract/values.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;
const split = featureWorld();

it('gives every name a column of 0 and 1, and drops the original', async () => {
  const { columns } = (await run(split)).dataset.items.table;
  expect(columns['genres']).toBeUndefined();
  // Items 0, 3, 6 are drama and comedy, 1, 4, 7 comedy, 2, 5, 8 noir, 9 has no genre.
  expect(columns['genres=drama']).toEqual({ kind: 'number', values: Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0, 0, 0) });
  expect(columns['genres=comedy']).toEqual({ kind: 'number', values: Float32Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0, 0) });
  expect(columns['genres=noir']).toEqual({ kind: 'number', values: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0) });
});

it('keeps the commonest names, and one column for the rest', async () => {
  const { columns } = (await run(split, { names: 1, rest: true, keep: true })).dataset.items.table;
  expect(Object.keys(columns).filter((name) => name.startsWith('genres'))).toEqual([
    'genres',
    'genres=comedy',
    'genres=(other)',
  ]);
  expect(columns['genres=(other)']).toEqual({ kind: 'number', values: Float32Array.of(1, 0, 1, 1, 0, 1, 1, 0, 1, 0) });
});

it('takes ids, events and flat tables', async () => {
  expect(
    Object.keys((await run(split, { column: 'user.id', names: 3 })).dataset.users.table.columns).filter((name) =>
      name.startsWith('id='),
    ),
  ).toHaveLength(3);
  expect((await run(split, { column: 'event.device' })).dataset.events.table.columns['device=tv'].kind).toBe('number');
  expect(Object.keys((await run(flatWorld(), { column: 'row.city' })).dataset.examples!.table.columns)).toContain(
    'city=lima',
  );
});

it('names what does not fit', async () => {
  await expect(run(split, { column: 'item.price' })).rejects.toThrow(/kind number/);
  await expect(run(split, { column: 'item.colour' })).rejects.toThrow(/no column item.colour/);
});
