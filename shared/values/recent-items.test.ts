import { expect, it } from 'vitest';
import { datasetOf, splitOf } from '../../test/support/small-worlds.ts';
import type { Split } from '../contract/values.ts';
import { recentItems } from './recent-items.ts';

function world(time: (row: number) => number): Split {
  const items = [3, 1, 3, 2, 0, 4];
  const rows = items.map((item, row) => [0, item, time(row), 1] as const);
  return splitOf(datasetOf(rows, { users: 2, items: 5 }), { train: [0, 1, 2, 3], validation: [4], test: [5] });
}

it('takes different items, the newest first, and validation only for the test request', () => {
  const split = world((row) => [10, 40, 20, 30, 50, 60][row]);
  expect([...recentItems(split, split.requests, 0, 9)]).toEqual([1, 2, 3]);
  expect([...recentItems(split, split.requests, 1, 9)]).toEqual([0, 1, 2, 3]);
  expect([...recentItems(split, split.requests, 1, 2)]).toEqual([0, 1]);
});

it('goes by the order of the data where times are equal or missing', () => {
  for (const time of [7, NaN]) {
    const split = world(() => time);
    expect([...recentItems(split, split.requests, 0, 9)]).toEqual([2, 3, 1]);
  }
});
