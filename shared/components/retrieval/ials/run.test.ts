import { expect, it } from 'vitest';
import type { Sheet } from '#shared/contract/values.ts';
import { startIals } from '#shared/kernels/ials.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { trainingMatrix } from '#shared/values/training-matrix.ts';
import { testContext } from '../../../../test/support/context.ts';
import { listOf, meanNdcg, retrieve, worldOfUnknowns } from '../../../../test/support/retrieval.ts';
import { checkerboard, datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';
import { searchPresets } from './search.ts';

it('hands on vectors whose inner products are the scores', async () => {
  const split = checkerboard();
  const { candidates, model } = await retrieve(component, { split }, { factors: 8 });
  const vectors = model?.vectors;
  if (vectors === null || vectors === undefined) throw new Error('iALS has vectors');
  expect(vectors.width).toBe(8);
  const user = split.requests.user[3];
  const [item] = listOf(candidates, 3);
  let score = 0;
  for (let k = 0; k < 8; k++) score += vectors.users[user * 8 + k] * vectors.items[item * 8 + k];
  expect(candidates.scores[candidates.offsets[3]]).toBeCloseTo(score, 6);
});

it('shows a loss that falls', async () => {
  const { said } = await retrieve(component, { split: checkerboard() }, { factors: 4, epochs: 8 });
  const losses = said.curve.map(({ values }) => values['loss']);
  expect(losses.length).toBe(8);
  for (let epoch = 1; epoch < 8; epoch++) expect(losses[epoch]).toBeLessThanOrEqual(losses[epoch - 1] * 1.000_001);
});

it('falls back for users without a history, and proposes no item without events', async () => {
  const { candidates } = await retrieve(component, { split: worldOfUnknowns() }, { factors: 2 });
  expect(listOf(candidates, 0)).toEqual([1]);
  expect(listOf(candidates, 1)).toEqual([0, 1]);
});

it('refuses negative values as weights', async () => {
  const split = splitOf(
    datasetOf(
      [
        [0, 0, 1, -2],
        [0, 1, 2, 1],
      ],
      { users: 1, items: 2 },
    ),
    { train: [0], test: [1] },
  );
  await expect(retrieve(component, { split }, { weighting: 'value' })).rejects.toMatchObject({ code: 'bad-data' });
  expect(listOf((await retrieve(component, { split }, { weighting: 'alike' })).candidates, 0)).toEqual([]);
});

it('searches twelve settings on validation, and trains with the best of them', async () => {
  const split = checkerboard();
  const { candidates, said } = await retrieve(component, { split }, { factors: 4, search: 'presets' });
  expect(said.sheets).toEqual(['search']);
  expect(meanNdcg(candidates)).toBeGreaterThan(0.2);
  let rows: readonly (readonly (string | number | null)[])[] = [];
  const context = { ...testContext(), sheet: (sheet: Sheet) => void (rows = sheet.rows) };
  const given = { factors: 4, steps: 3, frequencyExponent: 1, unobservedWeight: 5, regularisation: 50 };
  const kept = await searchPresets(split, given, context, async (trial) => {
    // A world in which one setting alone learns anything: users like what they hold out.
    const problem = startIals(trainingMatrix(split, 'alike'), trial, new Xoshiro(1));
    const good = trial.unobservedWeight === 0.3 && trial.regularisation === 0.015;
    for (const [u, item] of Array.from({ length: 20 * 20 }, (_, at) => [Math.floor(at / 20), at % 20]))
      problem.items.solved[item * 4 + (u % 4)] = good ? (item % 2 === 0 ? 1 : -1) * (u % 2 === 0 ? 1 : -1) : 0;
    problem.users.solved.fill(0);
    for (let u = 0; u < 20; u++) problem.users.solved[u * 4 + (u % 2)] = 1;
    return Promise.resolve(problem);
  });
  expect(rows).toHaveLength(12);
  expect(rows.filter((row) => row[3] === 'kept')).toEqual([[0.3, 0.015, expect.any(Number), 'kept']]);
  expect([kept.unobservedWeight, kept.regularisation, kept.factors]).toEqual([0.3, 0.015, 4]);
});

it('keeps what is set where there is nothing to validate on', async () => {
  const rows = [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 0, 1, 1],
    [1, 1, 2, 1],
  ] as const;
  const split = splitOf(datasetOf(rows, { users: 2, items: 2 }), { train: [0, 1, 2], test: [3] });
  const plain = await retrieve(component, { split }, { factors: 2 });
  const searched = await retrieve(component, { split }, { factors: 2, search: 'presets' });
  expect(searched.said.warnings.join()).toContain('no validation part');
  expect([...searched.candidates.scores]).toEqual([...plain.candidates.scores]);
});
