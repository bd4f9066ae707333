import { expect, it } from 'vitest';
import { datasetOf, splitOf } from '../../test/support/small-worlds.ts';
import { itemPopularity, rowOf, trainingMatrix } from './training-matrix.ts';

const rows = [
  [0, 2, 10, 3],
  [0, 2, 20, 4],
  [0, 1, 30, 1],
  [1, 2, 40, 5],
  [1, 0, 50, 5],
] as const;
const split = splitOf(datasetOf(rows, { users: 3, items: 3 }), { train: [0, 1, 2, 3], test: [4] });

it('makes one cell of repeated events, counted alike or by value', () => {
  expect([...rowOf(trainingMatrix(split), 0).items]).toEqual([1, 2]);
  expect(rowOf(trainingMatrix(split), 0).values).toBeUndefined();
  expect([...(rowOf(trainingMatrix(split, 'value'), 0).values ?? [])]).toEqual([1, 7]);
  expect([...rowOf(trainingMatrix(split), 2).items]).toEqual([]);
});

it('counts training events of items, from a time on', () => {
  expect([...itemPopularity(split)]).toEqual([0, 1, 3]);
  expect([...itemPopularity(split, 20)]).toEqual([0, 1, 2]);
});

it('names the event whose value cannot be a weight', () => {
  const bad = splitOf(
    datasetOf(
      [
        [0, 0, 1, 1],
        [0, 1, 1, NaN],
      ],
      { users: 1, items: 2 },
    ),
    { train: [0, 1], test: [] },
  );
  expect(() => trainingMatrix(bad, 'value')).toThrow('event 1 has the value NaN');
});
