import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf, reasonsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 10],
    [1, 9],
    [3, 6],
    [2, 0],
  ],
]);
const params = { lambda: 0.7, keep: 3, window: 0, relevance: 'score' as const, column: '' };

it('puts the comedy before the second drama, by hand', async () => {
  // Second place: film 1 0.7 · 0.9 - 0.3 · 1 = 0.33, film 3 0.7 · 0.6 - 0 = 0.42.
  const { lists } = await component.apply(null, { lists: given, model: undefined }, params, testContext());
  expect(itemsOf(lists, 0)).toEqual([0, 3, 1]);
  expect(reasonsOf(lists, 0)).toEqual(['', 'raised by MMR for diversity', '']);
  const relevant = await component.apply(
    null,
    { lists: given, model: undefined },
    { ...params, lambda: 1 },
    testContext(),
  );
  expect(itemsOf(relevant.lists, 0)).toEqual([0, 1, 3]);
});

it('takes likeness from the vectors of a model', async () => {
  // To the model films 0 and 3 are alike, film 1 is not.
  const items = Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1);
  const model = {
    type: 'model' as const,
    component: 'by hand',
    split: given.split,
    vectors: { width: 2, users: new Float32Array(6), items },
  };
  const { lists } = await component.apply(null, { lists: given, model }, params, testContext());
  expect(itemsOf(lists, 0)).toEqual([0, 1, 3]);
});

it('says what is missing', () => {
  expect(() =>
    component.apply(null, { lists: given, model: undefined }, { ...params, column: 'colour' }, testContext()),
  ).toThrow('there is no item column colour');
});
