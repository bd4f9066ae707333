import { expect, it } from 'vitest';
import { realData } from '../../../../test/support/real-data.ts';
import { listOf, meanNdcg, movieLens, retrieve } from '../../../../test/support/retrieval.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';

it('refuses a catalogue above the limit, with what to do', async () => {
  await expect(retrieve(component, { split: checkerboard() }, { itemLimit: 19 })).rejects.toMatchObject({
    code: 'too-large',
    where: 'itemLimit',
    message: expect.stringContaining('20 items would take 0.0 GB, the limit is 19 items') as string,
  });
  expect(
    (await retrieve(component, { split: checkerboard() }, { itemLimit: 20 })).candidates.items.length,
  ).toBeGreaterThan(0);
});

it('proposes no item without training events, and falls back for users without a history', async () => {
  // Item 3 is seen in the test part only; user 2 has no training events.
  const rows = [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 0, 1, 1],
    [1, 2, 2, 1],
    [2, 3, 2, 1],
  ] as const;
  const split = splitOf(datasetOf(rows, { users: 3, items: 4 }), { train: [0, 1, 2], test: [3, 4] });
  const { candidates } = await retrieve(component, { split }, { regularisation: 1 });
  expect(listOf(candidates, 0)).toEqual([1]);
  expect(candidates.scores[0]).toBeCloseTo(1 / 3, 6);
  expect(listOf(candidates, 1)).toEqual([0, 1]);
});

it.skipIf(!realData('ml-100k'))('reaches its figure on MovieLens 100K (not run without the data)', async () => {
  expect(meanNdcg((await retrieve(component, { split: movieLens('8:1:1', 1) })).candidates)).toBeGreaterThan(0.318);
});
