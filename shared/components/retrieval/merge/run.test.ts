import { expect, it } from 'vitest';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Candidates, Split } from '../../../contract/values.ts';
import { CandidateLists } from '../../../values/candidate-lists.ts';
import { component } from './run.ts';

const split = splitOf(
  datasetOf(
    [
      [0, 9, 1, 1],
      [1, 9, 1, 1],
    ],
    { users: 2, items: 10 },
  ),
  { train: [], test: [0, 1] },
);

/** Lists of both users. */
function proposed(source: string, lists: [items: number[], scores: number[]][], of: Split = split): Candidates {
  const collected = new CandidateLists(of, of.requests, 4);
  for (const [items, scores] of lists) collected.add(Int32Array.from(items), Float32Array.from(scores));
  return collected.finish(source);
}

const strong = proposed('strong', [
  [
    [1, 2, 3],
    [9, 5, 1],
  ],
  [[1], [2]],
]);
const fresh = proposed('fresh', [
  [
    [3, 4],
    [0.3, 0.1],
  ],
  [[], []],
]);

it('adds reciprocal ranks, counts by weight and remembers who proposed what', async () => {
  const { candidates } = await retrieve(component, { candidates: [strong, fresh] });
  expect(listOf(candidates, 0)).toEqual([3, 1, expect.anything(), expect.anything()]);
  expect(candidates.sources).toEqual(['strong', 'fresh']);
  const bits = new Map(listOf(candidates, 0).map((item, place) => [item, candidates.source[place]]));
  expect([1, 2, 3, 4].map((item) => bits.get(item))).toEqual([1, 1, 3, 2]);
  const weighted = await retrieve(component, { candidates: [strong, fresh] }, { weights: [1, 0.001] });
  expect(listOf(weighted.candidates, 0)).toEqual([1, 2, 3, 4]);
});

it('adds normalised scores, or takes turns', async () => {
  const byScore = await retrieve(
    component,
    { candidates: [strong, fresh] },
    { method: 'weighted', weights: [1, 0.75] },
  );
  expect(listOf(byScore.candidates, 0).slice(0, 3)).toEqual([1, 3, 2]);
  expect(byScore.candidates.scores[1]).toBeCloseTo(0.75, 5);
  const turns = await retrieve(component, { candidates: [strong, fresh] }, { method: 'round-robin', keep: 3 });
  expect(listOf(turns.candidates, 0)).toEqual([1, 3, 2]);
});

it('gives a user with one empty list what the other has', async () => {
  expect(listOf((await retrieve(component, { candidates: [fresh, strong] })).candidates, 1)).toEqual([1]);
});

it('keeps the sources of merged lists apart when it merges again', async () => {
  const first = (await retrieve(component, { candidates: [strong, fresh] })).candidates;
  const other = proposed('other', [
    [
      [2, 7],
      [2, 1],
    ],
    [[7], [1]],
  ]);
  const { candidates } = await retrieve(component, { candidates: [first, other, fresh] });
  expect(candidates.sources).toEqual(['strong', 'fresh', 'other']);
  const bits = new Map(listOf(candidates, 0).map((item, place) => [item, candidates.source[place]]));
  expect([1, 2, 3, 4, 7].map((item) => bits.get(item))).toEqual([0b001, 0b101, 0b011, 0b010, 0b100]);
});

it('refuses lists for other requests, and no lists', async () => {
  const others = splitOf(split.dataset, { train: [], test: [1] });
  await expect(
    retrieve(component, { candidates: [strong, proposed('odd', [[[1], [1]]], others)] }),
  ).rejects.toMatchObject({ code: 'bad-board' });
  await expect(retrieve(component, { candidates: [] })).rejects.toMatchObject({ code: 'bad-board' });
});

it('says when it was given too many weights', async () => {
  const { said } = await retrieve(component, { candidates: [strong] }, { weights: [1, 2] });
  expect(said.warnings).toEqual(['2 weights for 1 inputs: the last ones are not used']);
});
