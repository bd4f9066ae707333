import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf, reasonsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 1],
    [1, 0.9],
    [2, 0.8],
    [3, 0.7],
    [4, 0.5],
    [5, 0],
  ],
]);
const rules = { block: [], boost: [], pin: [], pinAt: 1, keep: 100, column: '' };

it('does nothing without rules', async () => {
  const { lists } = await component.apply(null, { lists: given }, rules, testContext());
  expect(itemsOf(lists, 0)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(lists.type).toBe('list');
});

it('blocks by id and by category', async () => {
  const { lists } = await component.apply(null, { lists: given }, { ...rules, block: ['i0', 'Comedy'] }, testContext());
  expect(itemsOf(lists, 0)).toEqual([1, 2, 5]);
});

it('boosts and demotes, factors multiplied', async () => {
  // Film 3: 0.7 · 1.5 = 1.05; film 4 (both categories): 0.5 · 1.5 · 1.5 = 1.125; film 0 halved.
  const { lists } = await component.apply(
    null,
    { lists: given },
    { ...rules, boost: ['Comedy*1.5', 'i4*1.5', 'i0*0.5'] },
    testContext(),
  );
  expect(itemsOf(lists, 0)).toEqual([4, 3, 1, 2, 0, 5]);
  expect(reasonsOf(lists, 0).slice(0, 3)).toEqual(['boosted by a rule', 'boosted by a rule', '']);
});

it('pins at a place, in order, the best of a category, and cuts', async () => {
  const { lists } = await component.apply(
    null,
    { lists: given },
    { ...rules, pin: ['i5', 'Comedy'], pinAt: 2, keep: 4 },
    testContext(),
  );
  expect(itemsOf(lists, 0)).toEqual([0, 5, 3, 1]);
  expect(reasonsOf(lists, 0)).toEqual(['', 'pinned by a rule', 'pinned by a rule', '']);
});

it.each([
  [{ block: ['Horror'] }, 'Horror is neither'],
  [{ boost: ['Comedy'] }, '"Comedy" is no boost'],
  [{ boost: ['Comedy*'] }, 'is no boost'],
  [{ boost: ['Comedy*-1'] }, 'is no boost'],
])('refuses %o', (wrong, message) => {
  expect(() => component.apply(null, { lists: given }, { ...rules, ...wrong }, testContext())).toThrow(message);
});
