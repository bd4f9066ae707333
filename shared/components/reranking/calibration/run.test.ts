import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [],
  [
    [1, 10],
    [2, 9.5],
    [0, 9],
    [3, 0],
  ],
  [
    [0, 2],
    [1, 1],
  ],
]);
const params = { lambda: 0.5, keep: 2, smoothing: 0.01, halfLifeDays: 0, weighPlaces: false, column: '' };

it('makes half of the list comedy for who likes both alike, and measures it', async () => {
  const context = testContext();
  const { lists } = await component.apply(null, { lists: given }, params, context);
  expect(itemsOf(lists, 1)).toEqual([1, 3]);
  expect(context.said.measures['miscalibration after']).toBeLessThan(context.said.measures['miscalibration before']);
  const relevant = (await component.apply(null, { lists: given }, { ...params, lambda: 0 }, testContext())).lists;
  expect(itemsOf(relevant, 1)).toEqual([1, 2]);
});

it('lets old events fade', async () => {
  // With a half-life of a day only the comedy seen yesterday counts.
  const { lists } = await component.apply(
    null,
    { lists: given },
    { ...params, keep: 1, lambda: 0.9, halfLifeDays: 1 },
    testContext(),
  );
  expect(itemsOf(lists, 1)).toEqual([3]);
});

it('keeps the order of relevance for a user without a history', async () => {
  const { lists } = await component.apply(null, { lists: given }, { ...params, lambda: 0.9 }, testContext());
  expect(itemsOf(lists, 2)).toEqual([0, 1]);
});
