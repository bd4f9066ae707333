import { expect, it } from 'vitest';
import { openTextIndex } from '../../../../main/node/text-index.ts';
import { listOf, retrieve } from '../../../../test/support/retrieval.ts';
import { datasetOf, splitOf } from '../../../../test/support/small-worlds.ts';
import type { Split } from '../../../contract/values.ts';
import { component } from './run.ts';

const titles = ['red fox', 'red wolf', 'blue whale', 'blue fox runs', 'green parrot', 'wolf pack of red wolf'];

/** User 0 saw item 0 and then item 2; user 1 has no history. */
function world(roles: Record<string, string> = { 'item.title': 'name' }): Split {
  const itemTable = { rows: 6, columns: { name: { kind: 'text', values: titles } } } as const;
  const rows = [
    [0, 0, 1, 1],
    [0, 2, 2, 1],
    [0, 3, 3, 1],
    [1, 4, 3, 1],
  ] as const;
  const dataset = datasetOf(rows, { users: 2, items: 6, itemTable });
  return splitOf({ ...dataset, roles: { ...dataset.roles, ...roles } }, { train: [0, 1], test: [2, 3] });
}

const options = { ports: { textIndex: openTextIndex } };

it('finds items that share words with the last items, and hides those', async () => {
  const split = world();
  const last = listOf((await retrieve(component, { split }, { recent: 1 }, options)).candidates, 0);
  expect(last).toEqual([3]);
  const both = listOf((await retrieve(component, { split }, { recent: 2 }, options)).candidates, 0);
  // "blue whale red fox": item 3 shares two rare words, items 1 and 5 share "red".
  expect(both[0]).toBe(3);
  expect([...both].sort((a, b) => a - b)).toEqual([1, 3, 5]);
});

it('keeps no more than asked for, best first', async () => {
  const { candidates } = await retrieve(component, { split: world() }, { keep: 1, recent: 2 }, options);
  expect(listOf(candidates, 0)).toEqual([3]);
});

it('gives nothing to users without a history, unless a query is given for all', async () => {
  const split = world();
  expect(listOf((await retrieve(component, { split }, {}, options)).candidates, 1)).toEqual([]);
  const asked = await retrieve(component, { split }, { words: 'wolf' }, options);
  // The word makes up more of item 5 than its length takes away; item 1 is shorter with one mention.
  expect([...listOf(asked.candidates, 1)].sort((a, b) => a - b)).toEqual([1, 5]);
});

it('refuses data without words, and no fields', async () => {
  await expect(retrieve(component, { split: world({}) }, {}, options)).rejects.toMatchObject({ code: 'bad-data' });
  await expect(retrieve(component, { split: world() }, { fields: [] }, options)).rejects.toMatchObject({
    code: 'bad-parameter',
    where: 'fields',
  });
});
