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

it('takes the first training event where the data set does not say, and says so', async () => {
  const { dataset } = given.split;
  const context = testContext();
  // Film 2 was first met on day 90, film 0 on day 10; film 5 never, and counts as one half-life old.
  const unknown = handLists({ ...given.split, dataset: { ...dataset, roles: {} } }, [
    [
      [0, 1],
      [5, 0.9],
      [2, 0.8],
    ],
  ]);
  const { lists } = await component.apply(null, { lists: unknown }, { ...params, combine: 'add' }, context);
  expect(itemsOf(lists, 0)).toEqual([2, 5, 0]);
  expect(context.said.logs.join()).toContain('first met in training');
});

it('needs to know some time', () => {
  const { dataset } = given.split;
  const events = { ...dataset.events, time: dataset.events.time.map(() => NaN) };
  const timeless = { ...given.split, dataset: { ...dataset, roles: {}, events }, train: given.split.train.slice() };
  expect(() => component.apply(null, { lists: handLists(timeless, []) }, params, testContext())).toThrow(
    'neither when items appeared nor when events happened',
  );
});
