import { describe, expect, it } from 'vitest';
import { Fusion, type FusionRule, type RankedPart } from './fusion.ts';
import { TopHeap } from './topk.ts';

function part(items: number[], scores: number[]): RankedPart {
  return { items: Int32Array.from(items), scores: Float32Array.from(scores), from: 0, to: items.length };
}

function fused(
  parts: RankedPart[],
  rule: FusionRule,
  keep = 10,
): { items: number[]; scores: number[]; lists: number[] } {
  const fusion = new Fusion(20);
  const heap = new TopHeap(keep);
  // Twice, so that a request that left something behind would show.
  fusion.fuse([part([19, 18, 17], [9, 8, 7])], { method: 'round-robin' }, heap);
  fusion.fuse(parts, rule, heap);
  const items = [...heap.ids.subarray(0, heap.size)];
  return { items, scores: [...heap.scores.subarray(0, heap.size)], lists: items.map((item) => fusion.lists[item]) };
}

const parts = [part([1, 2, 3], [10, 6, 2]), part([3, 4], [0.5, 0.1])];

describe('fusion', () => {
  it('adds min-max normalised scores by weight', () => {
    // List 0: 1, 0.5, 0; list 1 at weight 0.8: item 3 gets 0.8, item 4 gets 0.
    const result = fused(parts, { method: 'weighted', weights: [1, 0.8], normalisation: 'min-max' });
    expect(result.items.slice(0, 3)).toEqual([1, 3, 2]);
    expect(result.scores[1]).toBeCloseTo(0.8, 6);
    expect(result.lists[1]).toBe(0b11);
    expect(result.lists[0]).toBe(0b01);
  });

  it('counts a list of equal scores in full', () => {
    expect(
      fused([part([5, 6], [3, 3])], { method: 'weighted', weights: [2], normalisation: 'min-max' }).scores,
    ).toEqual([2, 2]);
  });

  it('adds raw scores, and shares of rank', () => {
    expect(fused(parts, { method: 'weighted', weights: [1, 1], normalisation: 'none' }).items).toEqual([1, 2, 3, 4]);
    const byRank = fused(parts, { method: 'weighted', weights: [1, 1], normalisation: 'rank' });
    expect(byRank.items[0]).toBe(3);
    expect(byRank.scores[0]).toBeCloseTo(1 / 3 + 1, 6);
  });

  it('adds reciprocal ranks', () => {
    const result = fused(parts, { method: 'reciprocal-rank', weights: [1, 1], constant: 60 });
    expect(result.items[0]).toBe(3);
    expect(result.scores[0]).toBeCloseTo(1 / 63 + 1 / 61, 9);
    expect(result.scores[1]).toBeCloseTo(1 / 61, 9);
  });

  it('takes turns, passing over what another list gave', () => {
    const three = [part([1, 2, 3], [3, 2, 1]), part([1, 4, 5], [3, 2, 1]), part([2, 6], [2, 1])];
    const result = fused(three, { method: 'round-robin' });
    expect(result.items).toEqual([1, 4, 2, 3, 5, 6]);
    expect(result.lists).toEqual([0b011, 0b010, 0b101, 0b001, 0b010, 0b100]);
    expect(fused(three, { method: 'round-robin' }, 2).items).toEqual([1, 4]);
  });

  it('takes empty lists', () => {
    expect(fused([part([], []), part([7], [1])], { method: 'round-robin' }).items).toEqual([7]);
    expect(fused([], { method: 'weighted', weights: [], normalisation: 'min-max' }).items).toEqual([]);
  });
});
