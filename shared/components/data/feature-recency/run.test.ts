import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { day, featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Split } from '#shared/contract/values.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;

function numbers(split: Split, of: 'users' | 'items', name: string): ArrayLike<number> {
  const column = split.dataset[of].table.columns[name];
  if (column?.kind !== 'number') throw new Error(`no ${name}`);
  return column.values;
}

const split = featureWorld();
const { item, time } = split.dataset.events;

it('fades by half in each half-life, seen from the end of the training part', async () => {
  const recent = await run(split, { halfLife: 4 });
  const rows = [...split.train].filter((row) => item[row] === 5);
  const faded = rows.reduce((sum, row) => sum + 0.5 ** ((21 * day - time[row]) / day / 4), 0);
  expect(numbers(recent, 'items', 'recency')[5]).toBeCloseTo(faded, 4);
  expect(numbers(recent, 'items', 'since-last')[5]).toBe(21 - Math.max(...rows.map((row) => time[row] / day)));
});

it('leaves those without an event at no recency and an unknown last day', async () => {
  const none = { ...split, train: split.train.filter((row) => item[row] !== 5) };
  const recent = await run(none, { of: 'items' });
  expect(numbers(recent, 'items', 'recency')[5]).toBe(0);
  expect(numbers(recent, 'items', 'since-last')[5]).toBeNaN();
  expect(recent.dataset.users).toBe(none.dataset.users);
});

it('adds the age of items where it is known', async () => {
  const { dataset } = split;
  const born = {
    kind: 'number',
    values: Float64Array.from({ length: 10 }, (_, i) => (i === 9 ? NaN : i * 3 * day)),
  } as const;
  const items = { ...dataset.items, table: { rows: 10, columns: { ...dataset.items.table.columns, born } } };
  const aged = await run({
    ...split,
    dataset: { ...dataset, items, roles: { ...dataset.roles, 'item.created': 'born' } },
  });
  expect(Array.from(numbers(aged, 'items', 'age-days'))).toEqual([21, 18, 15, 12, 9, 6, 3, 0, 0, NaN]);
});

it('needs times', async () => {
  const timeless = {
    ...split,
    dataset: { ...split.dataset, events: { ...split.dataset.events, time: time.map(() => NaN) } },
  };
  await expect(run(timeless)).rejects.toThrow(/no time/);
  await expect(run(flatWorld())).rejects.toThrow(/flat table/);
});
