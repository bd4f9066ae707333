import { expect, it } from 'vitest';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Column, Split } from '../../../contract/values.ts';
import { component } from './run.ts';

const columns: Record<string, Column> = {
  // Items 0 and 1 are {a, b}, 2 is {a}, 3 is {c}, 4 has none.
  genres: {
    kind: 'tags',
    offsets: Int32Array.of(0, 2, 4, 5, 6, 6),
    codes: Int32Array.of(0, 1, 0, 1, 0, 2),
    names: ['a', 'b', 'c'],
  },
  title: { kind: 'text', values: ['old cat', 'new dog', 'cat and dog', 'the cat', 'old'] },
  embedding: { kind: 'vector', width: 2, values: Float32Array.of(1, 0, 0, 1, 5, 0.1, -1, 0, 0, 0) },
};

/** User 0 has item 0; user 1 has item 4, of no category; user 2 has nothing; item 3 is the most popular. */
function world(...names: string[]): Split {
  const rows = [
    [0, 0, 1, 1],
    [1, 4, 1, 1],
    [3, 3, 1, 1],
    [3, 2, 1, 1],
    [4, 3, 1, 1],
    [0, 1, 2, 1],
    [1, 1, 2, 1],
    [2, 1, 2, 1],
  ] as const;
  const itemTable = { rows: 5, columns: Object.fromEntries(names.map((name) => [name, columns[name]])) };
  const dataset = datasetOf(rows, { users: 5, items: 5, itemTable });
  const roles = { ...dataset.roles, 'item.category': 'genres', 'item.title': 'title' };
  return splitOf({ ...dataset, roles }, { train: [0, 1, 2, 3, 4], test: [5, 6, 7] });
}

it('ranks by shared categories, the rarer the better, and proposes nothing that shares none', async () => {
  const { candidates } = await retrieve(component, { split: world('genres', 'title') });
  expect(listOf(candidates, 0)).toEqual([1, 2]);
  expect(candidates.scores[0]).toBeCloseTo(1, 5);
});

it('compares words where there are no categories, or when asked to', async () => {
  for (const split of [world('title'), world('title', 'genres')]) {
    // "old cat": item 4 is "old" alone, the rarer of the two words.
    expect(listOf((await retrieve(component, { split }, { by: 'words' })).candidates, 0).slice(0, 1)).toEqual([4]);
  }
  expect(listOf((await retrieve(component, { split: world('title') })).candidates, 0)).toContain(3);
});

it('compares given vectors by angle, whatever their length', async () => {
  const { candidates } = await retrieve(component, { split: world('genres', 'embedding') });
  // Item 1 is at a right angle, item 3 opposite, item 4 unknown.
  expect(listOf(candidates, 0)).toEqual([2]);
  expect(candidates.scores[0]).toBeCloseTo(5 / Math.hypot(5, 0.1), 5);
});

it('falls back where nothing is known of the history', async () => {
  const { candidates } = await retrieve(component, { split: world('genres') });
  expect(listOf(candidates, 1)[0]).toBe(3);
  expect(listOf(candidates, 2)[0]).toBe(3);
  const none = await retrieve(component, { split: world('genres') }, { fallback: 'nothing' });
  expect(listOf(none.candidates, 1)).toEqual([]);
});

it('refuses data that cannot be compared in the way asked for', async () => {
  await expect(retrieve(component, { split: world('title') }, { by: 'vectors' })).rejects.toMatchObject({
    code: 'bad-data',
  });
  await expect(retrieve(component, { split: world() })).rejects.toMatchObject({ code: 'bad-data' });
});
