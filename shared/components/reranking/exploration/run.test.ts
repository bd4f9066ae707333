import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { filmWorld, handLists, itemsOf, reasonsOf } from '../../../../test/support/hand-lists.ts';
import { component } from './run.ts';

const given = handLists(filmWorld(), [
  [
    [0, 5],
    [1, 4],
    [2, 3],
    [3, 2],
    [4, 1],
  ],
  [[0, 1]],
]);
const params = { slots: 1, keep: 3, policy: 'plackett-luce' as const, temperature: 0.5, epsilon: 0.2 };

it('keeps the first places and writes down the chance of the drawn one', async () => {
  const { lists } = await component.apply(null, { lists: given }, params, testContext());
  const drawn = itemsOf(lists, 0)[2];
  expect(itemsOf(lists, 0).slice(0, 2)).toEqual([0, 1]);
  expect([2, 3, 4]).toContain(drawn);
  // Relevance of films 2, 3, 4 is 1/2, 1/4, 0.
  const weights = [2, 3, 4].map((item) => Math.exp((4 - item) / 4 / 0.5));
  expect(lists.propensity?.[2]).toBeCloseTo(weights[drawn - 2] / weights.reduce((a, b) => a + b, 0), 6);
  expect([...(lists.propensity ?? [])].slice(0, 2)).toEqual([1, 1]);
  expect(reasonsOf(lists, 0)).toEqual(['', '', 'drawn by chance']);
  expect(itemsOf(lists, 1)).toEqual([0]);
});

it('draws as often as it says, over seeds', async () => {
  const seen = new Map<number, number>();
  for (let seed = 0; seed < 2000; seed++) {
    const { lists } = await component.apply(
      null,
      { lists: given },
      { ...params, policy: 'uniform' },
      testContext({ seed }),
    );
    const drawn = itemsOf(lists, 0)[2];
    seen.set(drawn, (seen.get(drawn) ?? 0) + 1);
    expect(lists.propensity?.[2]).toBeCloseTo(1 / 3, 6);
  }
  let chiSquare = 0;
  for (const item of [2, 3, 4]) chiSquare += ((seen.get(item) ?? 0) - 2000 / 3) ** 2 / (2000 / 3);
  expect(chiSquare).toBeLessThan(13.8); // 0.999 quantile, 2 degrees of freedom
});

it('multiplies with what an earlier draw has logged', async () => {
  const earlier = { ...given, propensity: new Float32Array(given.items.length).fill(0.5) };
  const { lists } = await component.apply(
    null,
    { lists: earlier },
    { ...params, policy: 'epsilon-greedy', epsilon: 0 },
    testContext(),
  );
  expect(itemsOf(lists, 0)).toEqual([0, 1, 2]);
  expect([...(lists.propensity ?? [])].slice(0, 3)).toEqual([0.5, 0.5, 0.5]);
});
