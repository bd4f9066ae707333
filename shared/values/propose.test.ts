import { expect, it } from 'vitest';
import { testContext } from '../../test/support/context.ts';
import { listOf } from '../../test/support/retrieval.ts';
import { checkerboard } from '../../test/support/small-worlds.ts';
import { hiddenItems } from './history.ts';
import { offerScores, popularFallback, propose } from './propose.ts';

it('answers every request with its best open items, and breaks ties by seed and user only', () => {
  const split = checkerboard();
  const run = (seed: number): number[][] => {
    const lists = propose(split, { keep: 4, fallback: null }, testContext({ seed }), (heap, _, hidden) => {
      offerScores(heap, new Float64Array(20).fill(1), hidden);
      return true;
    });
    return Array.from(split.requests.user, (_user, r) => listOf(lists, r));
  };
  const lists = run(1);
  lists.forEach((list, r) => {
    expect(new Set(list).size).toBe(4);
    const hidden = new Set(hiddenItems(split, split.requests, r));
    expect(list.some((item) => hidden.has(item))).toBe(false);
  });
  expect(run(1)).toEqual(lists);
  expect(run(2)).not.toEqual(lists);
  // Users of the same parity have the same open items but for their own held-out ones: the draw must differ between them.
  expect(new Set(lists.map(String)).size).toBeGreaterThan(10);
});

it('falls back for the users that cannot be answered, without changing the fallback', () => {
  const split = checkerboard();
  const popularity = Float64Array.from({ length: 20 }, (_, item) => item);
  const fallback = popularFallback(popularity, 'popularity');
  const { offsets, items } = propose(split, { keep: 2, fallback }, testContext(), () => false);
  for (let r = 0; r < split.requests.user.length; r++) {
    const hidden = new Set(hiddenItems(split, split.requests, r));
    const open = [...popularity.keys()].reverse().filter((item) => !hidden.has(item));
    expect([...items.subarray(offsets[r], offsets[r + 1])]).toEqual(open.slice(0, 2));
  }
  // An item that nobody chose is no fallback.
  expect(fallback?.[0]).toBe(-Infinity);
  expect(popularFallback(popularity, 'nothing')).toBeNull();
});

it('can be cancelled', () => {
  expect(() =>
    propose(checkerboard(), { keep: 2, fallback: null }, testContext({ cancelAfter: 0 }), () => false),
  ).toThrow('cancelled');
});
