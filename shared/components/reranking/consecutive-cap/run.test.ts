import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

it('breaks up a row of three dramas, and says where it cannot', async () => {
  const given = handLists(filmWorld(), [
    [
      [0, 6],
      [1, 5],
      [2, 4],
      [3, 3],
    ],
    [
      [1, 2],
      [2, 1],
    ],
  ]);
  const context = testContext();
  const { lists } = await component.apply(
    null,
    { lists: given },
    { run: 2, depth: 10, keep: 100, column: '' },
    context,
  );
  expect(itemsOf(lists, 0)).toEqual([0, 1, 3, 2]);
  expect(context.said.warnings).toEqual([]);
  const strict = (await component.apply(null, { lists: given }, { run: 1, depth: 10, keep: 100, column: '' }, context))
    .lists;
  expect(itemsOf(strict, 0)).toEqual([0, 3, 1, 2]);
  expect(context.said.warnings).toEqual(['2 of 3 lists have too few other categories to keep rows to 1']);
});
