import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 10],
    [1, 9],
    [3, 8],
    [4, 0],
  ],
  [
    [1, 10],
    [2, 9],
    [4, 8],
  ],
  [
    [0, 2],
    [1, 1],
  ],
]);
const params = { lambda: 0.5, keep: 3, coverage: 'whole' as const, column: '' };

it('covers the interests of the history', async () => {
  const { lists } = await component.apply(null, { lists: given }, params, testContext());
  // User 0 likes drama only, covered by film 0; then relevance decides.
  expect(itemsOf(lists, 0)).toEqual([0, 1, 3]);
  // User 1 likes both alike. First: film 1 ½ + ¼, film 4 0 + ½. Second: film 2 ¼, film 4 ½ · ½.
  expect(itemsOf(lists, 1)[0]).toBe(1);
  expect(itemsOf(lists, 1)).toEqual([1, 2, 4]);
  const keen = (await component.apply(null, { lists: given }, { ...params, lambda: 0.9 }, testContext())).lists;
  expect(itemsOf(keen, 1)).toEqual([4, 1, 2]);
});

it('leaves relevance to decide for a user without a history', async () => {
  const { lists } = await component.apply(null, { lists: given }, { ...params, lambda: 1 }, testContext());
  expect(itemsOf(lists, 2)).toEqual([0, 1]);
});
