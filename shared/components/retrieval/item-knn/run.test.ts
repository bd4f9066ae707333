import { expect, it } from 'vitest';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Split } from '../../../contract/values.ts';
import { component } from './run.ts';

/** Users 0 and 1 chose items 0 and 1, user 2 items 0 and 2; user 3 has item 0 and is asked; user 4 has no history. */
function world(): Split {
  const rows = [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 0, 1, 1],
    [1, 1, 1, 1],
    [2, 0, 1, 1],
    [2, 2, 1, 9],
    [3, 0, 1, 1],
    [3, 1, 2, 1],
    [4, 3, 2, 1],
  ] as const;
  return splitOf(datasetOf(rows, { users: 5, items: 4 }), { train: [0, 1, 2, 3, 4, 5, 6], test: [7, 8] });
}

it('proposes what was chosen together with the history, and nothing else', async () => {
  const { candidates } = await retrieve(component, { split: world() }, { shrinkage: 0 });
  // Cosine of items 0 and 1: 2 / √(4 · 2); of 0 and 2: 1 / √(4 · 1). Item 3 was chosen with nothing.
  expect(listOf(candidates, 0)).toEqual([1, 2]);
  expect(candidates.scores[0]).toBeCloseTo(2 / Math.sqrt(8), 6);
  expect(candidates.scores[1]).toBeCloseTo(1 / 2, 6);
});

it('weighs events by value where asked to', async () => {
  const { candidates } = await retrieve(component, { split: world() }, { shrinkage: 1, weighting: 'value' });
  expect(candidates.scores[listOf(candidates, 0).indexOf(2)]).toBeCloseTo(9 / (2 * 9 + 1), 6);
});

it('gives users without a history the popular items, or nothing', async () => {
  expect(listOf((await retrieve(component, { split: world() })).candidates, 1)).toEqual([0, 1, 2]);
  expect(listOf((await retrieve(component, { split: world() }, { fallback: 'nothing' })).candidates, 1)).toEqual([]);
});
