import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Split } from '../../../contract/values.ts';
import { component } from './run.ts';

const day = 86_400;

/** Item 0 was popular long ago, item 1 is now; item 2 is the last event of user 3, held out. */
function world(times = true): Split {
  const rows: [number, number, number, number][] = [
    [0, 0, 0, 1],
    [1, 0, day, 1],
    [2, 0, 2 * day, 1],
    [0, 1, 90 * day, 1],
    [1, 1, 91 * day, 1],
    [3, 3, 100 * day, 1],
    [3, 2, 101 * day, 1],
    [2, 1, 101 * day, 1],
  ];
  const dataset = datasetOf(times ? rows : rows.map(([u, i, , v]) => [u, i, NaN, v]), { users: 4, items: 5 });
  return splitOf(dataset, { train: [0, 1, 2, 3, 4, 5], test: [6, 7] });
}

async function listsOf(split: Split, window: number): Promise<number[][]> {
  const params = { keep: 10, window };
  const state = await component.fit?.({ split }, params, testContext());
  if (state === undefined) throw new Error('popularity has something to fit');
  const { candidates } = await component.apply(state, { split }, params, testContext());
  return Array.from(split.requests.user, (_, r) => [
    ...candidates.items.subarray(candidates.offsets[r], candidates.offsets[r + 1]),
  ]);
}

it('counts all time with a window of 0, and hides what the user has', async () => {
  // User 2 has item 0; user 3 has item 3. Items 2 and 4 have no training events.
  expect(await listsOf(world(), 0)).toEqual([
    [1, 3],
    [0, 1],
  ]);
});

it('counts only the last days of the training events', async () => {
  expect(await listsOf(world(), 30)).toEqual([[1, 3], [1]]);
});

it('refuses a window where there is no time', async () => {
  expect(await listsOf(world(false), 0)).toEqual([
    [1, 3],
    [0, 1],
  ]);
  await expect(async () => listsOf(world(false), 30)).rejects.toMatchObject({ code: 'bad-data', where: 'window' });
});
