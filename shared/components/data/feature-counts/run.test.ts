import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { day, featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Split } from '#shared/contract/values.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;

const valuesOf = (split: Split, of: 'users' | 'items', name: string): number[] => {
  const column = split.dataset[of].table.columns[name];
  return column.kind === 'number' ? [...column.values] : [];
};

it('counts the training events of users and items', async () => {
  const split = featureWorld();
  const { item, user } = split.dataset.events;
  const counted = await run(split, { logarithm: false });
  const naive = (of: Int32Array, e: number): number => [...split.train].filter((row) => of[row] === e).length;
  expect(valuesOf(counted, 'items', 'count')).toEqual(Array.from({ length: 10 }, (_, e) => naive(item, e)));
  expect(valuesOf(counted, 'users', 'count')).toEqual(Array.from({ length: 12 }, (_, e) => naive(user, e)));
  expect(valuesOf(await run(split), 'items', 'count')[3]).toBeCloseTo(Math.log(1 + naive(item, 3)), 5);
});

it('counts the last days and some types only, under another name', async () => {
  const split = featureWorld();
  const { item, time } = split.dataset.events;
  const counted = await run(split, { of: 'items', days: 7, types: ['purchase'], logarithm: false });
  const naive = [...split.train].filter(
    (row) => item[row] === 4 && row % 5 === 0 && time[row] > 21 * day - 7 * day,
  ).length;
  expect(valuesOf(counted, 'items', 'count-purchase-7d')[4]).toBe(naive);
  expect(counted.dataset.users).toBe(split.dataset.users);
  await expect(run(split, { types: ['rent'] })).rejects.toThrow(/no type of event rent/);
});

it('counts names in a flat table', async () => {
  const split = flatWorld();
  const counted = await run(split, { columns: ['row.city'], logarithm: false });
  const column = counted.dataset.examples!.table.columns['city-count'];
  const city = split.dataset.examples!.table.columns['city'];
  if (column.kind !== 'number' || city.kind !== 'category') throw new Error('other kinds');
  expect(column.values[55]).toBe([...split.train].filter((row) => city.codes[row] === city.codes[55]).length);
  await expect(run(split)).rejects.toThrow(/no users and items/);
  await expect(run(split, { columns: ['row.speed'] })).rejects.toThrow(/no category/);
});
