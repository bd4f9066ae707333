import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';

it('proposes different items, none of them hidden, as many as there are', async () => {
  const split = checkerboard();
  const { candidates } = await component.apply(null, { split }, { keep: 100 }, testContext());
  for (let r = 0; r < split.requests.user.length; r++) {
    const items = candidates.items.subarray(candidates.offsets[r], candidates.offsets[r + 1]);
    // 20 items; 8 in train are hidden from validation requests, 9 from test requests.
    expect(new Set(items).size).toBe(split.requests.part[r] === 2 ? 11 : 12);
  }
});

it('differs between seeds', async () => {
  const split = checkerboard();
  const draw = async (seed: number): Promise<number[]> => [
    ...(await component.apply(null, { split }, { keep: 5 }, testContext({ seed }))).candidates.items,
  ];
  expect(await draw(1)).not.toEqual(await draw(2));
});
