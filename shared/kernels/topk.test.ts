import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffle, Xoshiro } from './random.ts';
import { selectTop, tieRank, TopHeap } from './topk.ts';

/** The definition: all entries in order of score, then tie rank, then id. */
function sorted(scores: readonly number[], seed: number): number[] {
  return scores
    .map((score, id) => ({ score, id }))
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => b.score - a.score || tieRank(a.id, seed) - tieRank(b.id, seed) || a.id - b.id)
    .map(({ id }) => id);
}

describe('selectTop', () => {
  it('equals a full sort, with many ties and masked entries', () => {
    const score = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(-Infinity, NaN));
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 50 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        (scores, k, seed) => {
          const heap = new TopHeap(k, seed);
          const count = selectTop(heap, Float64Array.from(scores));
          const all = sorted(scores, seed | 0);
          expect([...heap.ids.subarray(0, count)]).toEqual(all.slice(0, k));
          expect([...heap.scores.subarray(0, count)]).toEqual(all.slice(0, k).map((id) => scores[id]));
          expect(heap.tied).toBe(all.length > k && scores[all[k - 1]] === scores[all[k]]);
        },
      ),
    );
  });

  it('does not depend on the order of offers', () => {
    const scores = Int32Array.from({ length: 200 }, (_, i) => i % 7);
    const pick = (order: Int32Array): number[] => {
      const heap = new TopHeap(20, 5);
      for (const id of order) heap.offer(id, scores[id]);
      heap.sort();
      return [...heap.ids];
    };
    const order = Int32Array.from({ length: 200 }, (_, i) => i);
    expect(pick(shuffle(order.slice(), new Xoshiro(3)))).toEqual(pick(order));
  });

  it('breaks ties differently for another seed, and evenly', () => {
    const scores = new Float64Array(100);
    const times = new Int32Array(100);
    const heap = new TopHeap(10);
    for (let seed = 0; seed < 2000; seed++) {
      selectTop(heap, scores, seed);
      for (const id of heap.ids) times[id]++;
    }
    // Each id is expected 200 times with a deviation of 13.4; six deviations either way.
    expect(Math.min(...times)).toBeGreaterThan(120);
    expect(Math.max(...times)).toBeLessThan(280);
  });

  it('forgets what it held when it is used again, and refuses an empty list', () => {
    const heap = new TopHeap(3);
    selectTop(heap, Float64Array.of(1, 1, 1, 1));
    expect(heap.tied).toBe(true);
    expect(selectTop(heap, Float64Array.of(4, 9))).toBe(2);
    expect([...heap.ids.subarray(0, 2)]).toEqual([1, 0]);
    expect(heap.tied).toBe(false);
    heap.sort();
    expect([...heap.ids.subarray(0, 2)]).toEqual([1, 0]);
    expect(() => new TopHeap(0)).toThrow('at least one entry');
  });
});
