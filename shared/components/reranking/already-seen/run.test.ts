import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

it('leaves out the history, or only what is recent', async () => {
  const given = handLists(filmWorld(), [
    [
      [0, 3],
      [2, 2],
    ],
    [
      [3, 9],
      [0, 8],
      [1, 7],
    ],
    [[0, 1]],
  ]);
  const ever = (await component.apply(null, { lists: given }, { withinDays: 0 }, testContext())).lists;
  expect([0, 1, 2].map((r) => itemsOf(ever, r))).toEqual([[0], [1], [0]]);
  // User 1 saw film 0 ninety days before the request, film 3 the day before.
  const recent = (await component.apply(null, { lists: given }, { withinDays: 30 }, testContext())).lists;
  expect([0, 1, 2].map((r) => itemsOf(recent, r))).toEqual([[0], [0, 1], [0]]);
});
