import { expect, it } from 'vitest';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Model } from '../../../contract/values.ts';
import { component as ials } from '../ials/run.ts';
import { component } from './run.ts';

it('gives what the model itself gives', async () => {
  const { candidates, model } = await retrieve(ials, { split: checkerboard() }, { factors: 4, keep: 7 });
  const found = (await retrieve(component, { model }, { keep: 7 })).candidates;
  expect(found.offsets).toEqual(candidates.offsets);
  expect(found.items).toEqual(candidates.items);
  found.scores.forEach((score, place) => expect(score).toBeCloseTo(candidates.scores[place], 5));
});

it('leaves out items without a vector, and falls back for users without one', async () => {
  const rows = [
    [0, 0, 1, 1],
    [2, 0, 1, 1],
    [0, 1, 2, 1],
    [1, 1, 2, 1],
  ] as const;
  const split = splitOf(datasetOf(rows, { users: 3, items: 4 }), { train: [0, 1], test: [2, 3] });
  const vectors = {
    width: 2,
    users: Float32Array.of(1, -1, 0, 0, 1, 1),
    items: Float32Array.of(5, 5, 0, 1, 0, 0, 1, 1.5),
  };
  const model: Model = { type: 'model', component: 'by hand', split, vectors };
  // User 0: item 0 is hidden, item 2 unknown; item 1 scores -1, item 3 -0.5.
  const { candidates } = await retrieve(component, { model });
  expect(listOf(candidates, 0)).toEqual([3, 1]);
  expect([...candidates.scores.subarray(0, 2)]).toEqual([-0.5, -1]);
  expect(listOf(candidates, 1)).toEqual([0]);
});
