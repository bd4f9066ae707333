import { expect, it } from 'vitest';
import { datasetOf, splitOf } from '../../test/support/small-worlds.ts';
import { slicesCalled } from './slices.ts';

// Users 0 to 5 have 1 to 6 training events; item 0 has half of them.
const rows = Array.from({ length: 6 }, (_, user) =>
  Array.from({ length: user + 1 }, (_one, at): [number, number, number, number] => [
    user,
    at % 2 === 0 ? 0 : 1 + (user % 3),
    at,
    1,
  ]),
).flat();
const dataset = datasetOf(rows, {
  users: 6,
  items: 4,
  userTable: {
    rows: 6,
    columns: {
      age: { kind: 'number', values: Float64Array.of(10, 20, 30, 40, NaN, 60) },
      plan: { kind: 'category', codes: Int32Array.of(0, 1, -1, 0, 0, 0), names: ['free', 'paid', 'nobody'] },
      about: { kind: 'text', values: ['', '', '', '', '', ''] },
    },
  },
  itemTable: {
    rows: 4,
    columns: {
      tags: {
        kind: 'tags',
        offsets: Int32Array.of(0, 1, 3, 3, 4),
        codes: Int32Array.of(0, 0, 1, 1),
        names: ['old', 'new'],
      },
    },
  },
});
const split = splitOf(dataset, { train: rows.map((_row, at) => at), test: [] });

const shown = (word: string): [string, string, number[]][] =>
  slicesCalled(word, split).map(({ name, of, members }) => [name, of, [...members]]);

it('cuts users by activity, and numbers, into thirds; who has no number is in none', () => {
  expect(shown('activity').map(([, , members]) => members)).toEqual([
    [1, 1, 0, 0, 0, 0],
    [0, 0, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 1],
  ]);
  expect(shown('user.age')).toEqual([
    ['user.age: bottom third', 'users', [1, 0, 0, 0, 0, 0]],
    ['user.age: middle third', 'users', [0, 1, 1, 0, 0, 0]],
    ['user.age: top third', 'users', [0, 0, 0, 1, 0, 1]],
  ]);
});

it('parts items into head and long tail', () => {
  const [head, tail] = slicesCalled('popularity', split);
  expect(head.members[0]).toBe(1);
  expect([...tail.members]).toEqual([...head.members].map((one) => 1 - one));
});

it('takes names and tags that somebody has', () => {
  expect(shown('user.plan')).toEqual([
    ['user.plan: free', 'users', [1, 0, 0, 1, 1, 1]],
    ['user.plan: paid', 'users', [0, 1, 0, 0, 0, 0]],
  ]);
  expect(shown('item.tags')).toEqual([
    ['item.tags: old', 'items', [1, 1, 0, 0]],
    ['item.tags: new', 'items', [0, 1, 0, 1]],
  ]);
});

it('says what it cannot slice by, and what it could', () => {
  expect(() => slicesCalled('age', split)).toThrow('there is nothing called age to slice by');
  expect(() => slicesCalled('user.about', split)).toThrow('user.about holds text');
});
