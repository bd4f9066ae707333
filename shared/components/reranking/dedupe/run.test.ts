import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const split = filmWorld();

it('keeps the best placed of equal titles, credits it with the sources of its copies, and keeps what has no title', async () => {
  const given = {
    ...handLists(split, [
      [
        [1, 9],
        [5, 8],
        [0, 7],
        [2, 6],
        [5, 5],
      ],
    ]),
    source: Uint32Array.of(1, 1, 2, 1, 4),
    sources: ['a', 'b', 'c'],
  };
  const { lists } = await component.apply(null, { lists: given }, { by: 'title' }, testContext());
  expect(itemsOf(lists, 0)).toEqual([1, 5, 2, 5]);
  expect([...lists.source]).toEqual([3, 1, 1, 4]);
  const same = (await component.apply(null, { lists: given }, { by: '' }, testContext())).lists;
  expect(itemsOf(same, 0)).toEqual([1, 5, 0, 2]);
  expect([...same.source]).toEqual([1, 5, 2, 1]);
});

it('says which columns there are', () => {
  expect(() => component.apply(null, { lists: handLists(split, []) }, { by: 'series' }, testContext())).toThrow(
    'there is no item column series',
  );
});

it('turns a list that is out of order of score into candidates that are in order', async () => {
  const given = handLists(
    split,
    [
      [
        [1, 1],
        [2, 5],
        [3, 2],
      ],
    ],
    'by hand',
    'list',
  );
  const { lists } = await component.apply(null, { lists: given }, { by: '' }, testContext());
  expect(itemsOf(lists, 0)).toEqual([1, 2, 3]);
  expect([...lists.scores]).toEqual([3, 2, 1]);
});
