import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf, reasonsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 6],
    [1, 5],
    [2, 4],
    [5, 3],
    [3, 2],
    [4, 1],
  ],
]);
const params = { cap: 2, quotas: [] as string[], depth: 3, keep: 100, column: '' };

it('puts off the third drama', async () => {
  const { lists } = await component.apply(null, { lists: given }, params, testContext());
  expect(itemsOf(lists, 0)).toEqual([0, 1, 5, 2, 3, 4]);
  expect(reasonsOf(lists, 0)[2]).toBe('raised by a category cap or quota');
});

it('keeps a place for a quota, over the cap', async () => {
  const { lists } = await component.apply(
    null,
    { lists: given },
    { ...params, quotas: ['Comedy=1'], keep: 3 },
    testContext(),
  );
  expect(itemsOf(lists, 0)).toEqual([0, 1, 3]);
});

it('says where it cannot keep to the cap or the quota', async () => {
  const context = testContext();
  await component.apply(
    null,
    {
      lists: handLists(filmWorld(), [
        [
          [0, 2],
          [1, 1],
        ],
      ]),
    },
    { ...params, cap: 1, quotas: ['Comedy=1'] },
    context,
  );
  expect(context.said.warnings).toEqual([
    '1 of 3 lists have too few other categories to keep to the cap of 1',
    '3 of 3 lists have too few candidates for the quotas',
  ]);
  expect(() => component.apply(null, { lists: given }, { ...params, quotas: ['Horror=1'] }, testContext())).toThrow(
    'is no quota',
  );
});
