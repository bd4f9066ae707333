import { expect, it } from 'vitest';
import type { Candidates } from '../../../contract/values.ts';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists } from '../../../../test/support/hand-lists.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';

const params = { names: ['retrieval', 'list'], part: 'test' as const, relevantFrom: 0, resamples: 100 };

// Held out: user 0 film 0, user 1 film 1, user 2 film 3.
const split = filmWorld();
const retrieval = handLists(split, [
  [
    [0, 2],
    [1, 1],
  ],
  [
    [1, 2],
    [1, 1],
  ],
  [[5, 1]],
]);
const list = handLists(split, [[[1, 1]], [[1, 1]], []]);

async function funnel(stages: Candidates[], changes: Partial<typeof params> = {}) {
  return (await component.apply(null, { stages }, { ...params, ...changes }, testContext())).metrics;
}

it('shows what each stage loses, by hand', async () => {
  const { metrics, perUser, sheets } = await funnel([retrieval, list]);
  expect(metrics['found after retrieval'].value).toBeCloseTo(2 / 3, 12);
  expect(metrics['lost in retrieval'].value).toBeCloseTo(1 / 3, 12);
  expect(metrics['found after list'].value).toBeCloseTo(1 / 3, 12);
  expect(metrics['lost in list'].value).toBeCloseTo(1 / 3, 12);
  expect([...perUser['lost in list']]).toEqual([1, 0, 0]);
  expect(sheets[0].rows.map((row) => row.slice(0, 3))).toEqual([
    ['catalogue', 6, 3],
    ['retrieval', 5 / 3, 2],
    ['list', 2 / 3, 1],
  ]);
});

it('names stages that have no name, and refuses stages of another split', async () => {
  expect(Object.keys((await funnel([retrieval], { names: [] })).metrics)).toEqual([
    'found after stage 1',
    'lost in stage 1',
  ]);
  await expect(funnel([retrieval, handLists(checkerboard(), [])])).rejects.toThrow('list answers other requests');
  await expect(funnel([])).rejects.toThrow('has no stages');
});
