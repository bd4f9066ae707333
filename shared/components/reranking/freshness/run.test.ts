import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

// Asked on day 100; film i appeared on day 10 i.
const given = handLists(filmWorld(), [
  [
    [0, 1],
    [4, 0.8],
    [5, 0],
  ],
]);
const params = { halfLifeDays: 20, strength: 1, combine: 'multiply' as const, keep: 100 };

it('multiplies relevance by 2^(-age / half-life)', async () => {
  // Film 0: 1 · 2^-5; film 4: 0.8 · 2^-3; film 5 keeps 0.
  const { lists } = await component.apply(null, { lists: given }, params, testContext());
  expect(itemsOf(lists, 0)).toEqual([4, 0, 5]);
});

it('adds freshness, which lifts even the least relevant', async () => {
  const { lists } = await component.apply(null, { lists: given }, { ...params, combine: 'add' }, testContext());
  expect(itemsOf(lists, 0)).toEqual([5, 4, 0]);
  const none = (await component.apply(null, { lists: given }, { ...params, strength: 0, keep: 2 }, testContext()))
    .lists;
  expect(itemsOf(none, 0)).toEqual([0, 4]);
});

it('needs to know when items appeared', () => {
  const { dataset } = given.split;
  const unknown = { ...given, split: { ...given.split, dataset: { ...dataset, roles: {} } } };
  expect(() => component.apply(null, { lists: unknown }, params, testContext())).toThrow(
    'does not say when items appeared',
  );
});
