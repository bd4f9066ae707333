import { expect, it } from 'vitest';
import { listOf, retrieve, worldOfUnknowns } from '../../../../test/support/retrieval.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
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
  const { candidates } = await retrieve(component, { split: worldOfUnknowns() }, { regularisation: 1 });
  expect(listOf(candidates, 0)).toEqual([1]);
  expect(candidates.scores[0]).toBeCloseTo(1 / 3, 6);
  expect(listOf(candidates, 1)).toEqual([0, 1]);
});
