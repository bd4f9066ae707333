import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { datasetOf } from '../../../../test/support/small-worlds.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { component } from './run.ts';

async function warningsFor(dataset: Dataset): Promise<string[]> {
  const context = testContext({ ports: { dataset: async () => dataset } });
  expect((await component.apply(null, {}, {}, context)).dataset).toBe(dataset);
  return context.said.warnings;
}

it('hands on the data set of the run', async () => {
  expect(
    await warningsFor(
      datasetOf(
        [
          [0, 0, 1, 5],
          [1, 1, 2, 3],
        ],
        { users: 2, items: 2 },
      ),
    ),
  ).toEqual([]);
});

it('warns of data that nothing can be learned from', async () => {
  expect((await warningsFor(datasetOf([], { users: 2, items: 2 })))[0]).toContain('no events');
  expect((await warningsFor(datasetOf([[0, 0, 1, 1]], { users: 1, items: 2 })))[0]).toContain('only one user');
  expect((await warningsFor(datasetOf([[0, 0, 1, 1]], { users: 2, items: 1 })))[0]).toContain('only one item');
  const flat: Dataset = {
    ...datasetOf([], { users: 0, items: 0 }),
    shape: 'examples',
    examples: { label: Float32Array.of(1, 1), group: null, time: null, part: null, table: { rows: 2, columns: {} } },
  };
  expect((await warningsFor(flat))[0]).toContain('all labels are 1');
});
