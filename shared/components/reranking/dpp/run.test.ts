import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 10],
    [1, 9],
    [2, 8],
    [3, 1],
    [4, 0],
  ],
]);
const params = { alpha: 0.7, keep: 5, window: 0, relevance: 'score' as const, column: '' };

it('takes one of each kind, then fills in order of relevance, and says so', async () => {
  const context = testContext();
  const { lists } = await component.apply(null, { lists: given, model: undefined }, params, context);
  // Films 1 and 2 are copies of film 0 to the genres; film 4 is a mixture of 0 and 3.
  expect(itemsOf(lists, 0)).toEqual([0, 3, 1, 2, 4]);
  expect(context.said.logs.join()).toContain('1 of 3 lists are longer than there are kinds of items');
});

it('goes on being diverse with a window', async () => {
  const { lists } = await component.apply(
    null,
    { lists: given, model: undefined },
    { ...params, window: 2 },
    testContext(),
  );
  // Each place is unlike the one before it: after the comedy a drama again, after it the mixture.
  expect(itemsOf(lists, 0)).toEqual([0, 3, 1, 4, 2]);
});
