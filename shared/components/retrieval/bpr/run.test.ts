import { expect, it } from 'vitest';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';

it('hands on vectors that carry the bias, so that inner products are the scores', async () => {
  const split = checkerboard();
  const { candidates, model } = await retrieve(component, { split }, { factors: 4 });
  const vectors = model?.vectors;
  if (vectors === null || vectors === undefined) throw new Error('BPR has vectors');
  expect(vectors.width).toBe(5);
  expect(vectors.users[4]).toBe(1);
  const user = split.requests.user[3];
  const [item] = listOf(candidates, 3);
  let score = 0;
  for (let k = 0; k < 5; k++) score += vectors.users[user * 5 + k] * vectors.items[item * 5 + k];
  expect(candidates.scores[candidates.offsets[3]]).toBeCloseTo(score, 6);
});

it('learns to order the training pairs', async () => {
  const { said } = await retrieve(component, { split: checkerboard() }, { epochs: 40 });
  expect(said.curve.length).toBe(40);
  expect(said.curve[39].values['training auc']).toBeGreaterThan(0.95);
  expect(said.curve[39].values['loss']).toBeLessThan(said.curve[0].values['loss']);
});

it('says that it diverged', async () => {
  await expect(retrieve(component, { split: checkerboard() }, { learningRate: 1e9 })).rejects.toMatchObject({
    code: 'diverged',
    where: 'learningRate',
  });
});

it('falls back for users without a history, and survives users who have everything', async () => {
  const rows = [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 0, 2, 1],
  ] as const;
  const split = splitOf(datasetOf(rows, { users: 2, items: 2 }), { train: [0, 1], test: [2] });
  expect(listOf((await retrieve(component, { split })).candidates, 0).sort((a, b) => a - b)).toEqual([0, 1]);
  expect(listOf((await retrieve(component, { split }, { fallback: 'nothing' })).candidates, 0)).toEqual([]);
});
