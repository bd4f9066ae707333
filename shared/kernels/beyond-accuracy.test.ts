import { describe, expect, it } from 'vitest';
import * as beyond from './beyond-accuracy.ts';
import * as categories from './category-lists.ts';
import { halfLifeDecay } from './freshness.ts';
import { minMaxInto, rankScoresInto, rowDot, unitRows } from './normalise-scores.ts';
import { Xoshiro } from './random.ts';

describe('exposure', () => {
  it('counts items never shown', () => {
    expect(beyond.coverage([3, 0, 1, 0])).toBe(0.5);
    expect(beyond.gini([1, 1, 1])).toBeCloseTo(0, 14);
    expect(beyond.gini([0, 0, 0, 8])).toBeCloseTo(0.75, 14);
    expect(beyond.giniOfShown([0, 0, 0, 8])).toBe(0);
    expect(beyond.giniOfShown([0, 1, 3])).toBeLessThan(beyond.gini([0, 1, 3]));
    expect(beyond.exposureEntropy([2, 2, 0])).toBeCloseTo(Math.LN2, 14);
    expect(beyond.exposureEntropy([0])).toBeNaN();
  });
  it('has the Gini of the mean absolute difference', () => {
    const random = new Xoshiro(1, 'gini');
    const x = Array.from({ length: 25 }, () => random.integer(9));
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const spread = x.reduce((sum, a) => sum + x.reduce((s, b) => s + Math.abs(a - b), 0), 0) / x.length ** 2;
    expect(beyond.gini(x)).toBeCloseTo(spread / (2 * mean), 12);
  });
});

describe('one list', () => {
  const list = Int32Array.of(9, 0, 1, 2);
  it('novelty in bits, popularity complement, tail, age', () => {
    expect(beyond.novelty(list, 1, 4, [8, 2, 0], 8)).toBeCloseTo((0 + 2 + 3) / 3, 14);
    expect(beyond.popularityComplement(list, 1, 3, [8, 2, 0], 8)).toBeCloseTo(
      0.75 / Math.log2(3) / (1 + 1 / Math.log2(3)),
      14,
    );
    expect(beyond.tailShare(list, 1, 4, Uint8Array.of(1, 0, 0))).toBeCloseTo(2 / 3, 14);
    expect(beyond.meanAgeDays(list, 1, 4, [0, NaN, 86_400], 2 * 86_400)).toBe(1.5);
    expect(beyond.novelty(list, 1, 1, [], 8)).toBeNaN();
  });
  it('miscalibration is 0 for equal shares, and by hand', () => {
    expect(beyond.miscalibration([0.5, 0.5], [0.5, 0.5], 0.01)).toBeCloseTo(0, 14);
    expect(beyond.miscalibration([0.5, 0.5], [1, 0], 0.01)).toBeCloseTo(
      0.5 * Math.log(0.5 / 0.995) + 0.5 * Math.log(0.5 / 0.005),
      14,
    );
  });
});

describe('category lists: items {0}, {0,1}, {}, {2}', () => {
  const offsets = Int32Array.of(0, 1, 3, 3, 4);
  const codes = Int32Array.of(0, 0, 1, 2);
  const list = Int32Array.of(0, 1, 2, 3);
  it('diversity is 1 - mean cosine of pairs, and leaves its scratch clean', () => {
    const scratch = new Float64Array(3);
    // One of six pairs is alike: 1/√2.
    expect(categories.intraListDiversity(list, 0, 4, offsets, codes, scratch)).toBeCloseTo(1 - Math.SQRT1_2 / 6, 14);
    expect([...scratch]).toEqual([0, 0, 0]);
    expect(categories.intraListDiversity(list, 0, 1, offsets, codes, scratch)).toBeNaN();
  });
  it('serendipity rewards relevant items unlike the history', () => {
    const history = new Float64Array(3);
    categories.meanCategoryVectorInto(history, list, 0, 2, offsets, codes);
    expect(history[0]).toBeCloseTo((1 + Math.SQRT1_2) / 2, 14);
    // Item 3 is unlike, and relevant; item 0 is relevant and alike.
    const value = categories.serendipity(Int32Array.of(3, 0), 0, 2, Float64Array.of(1, 1), history, offsets, codes);
    expect(value).toBeCloseTo((1 + 1 - (1 + Math.SQRT1_2) / 2) / 2, 14);
    expect(categories.serendipity(Int32Array.of(3, 0), 0, 2, Float64Array.of(0, 0), history, offsets, codes)).toBe(0);
  });
  it('spreads each item evenly over its categories', () => {
    const shares = new Float64Array(3);
    expect(categories.categorySharesInto(shares, list, 0, 4, offsets, codes)).toBe(3);
    expect([...categories.scaleToShares(shares, 3)]).toEqual([1.5 / 3, 0.5 / 3, 1 / 3]);
  });
});

it('normalises scores and rows', () => {
  expect([...minMaxInto(new Float64Array(3), [2, 4, 3])]).toEqual([0, 1, 0.5]);
  expect([...minMaxInto(new Float64Array(2), [7, 7])]).toEqual([0.5, 0.5]);
  expect([...rankScoresInto(new Float64Array(2), 2)]).toEqual([1, 0.5]);
  const rows = unitRows(Float64Array.of(3, 4, 0, 0), 2);
  expect(rowDot(rows, 2, 0, 0)).toBeCloseTo(1, 6);
  expect(rowDot(rows, 2, 0, 1)).toBe(0);
});

it('halves per half-life', () => {
  expect([halfLifeDecay(30, 30), halfLifeDecay(60, 30), halfLifeDecay(-5, 30)]).toEqual([0.5, 0.25, 1]);
});
