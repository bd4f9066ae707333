import { describe, expect, it } from 'vitest';
import { Xoshiro } from './random.ts';
import * as metrics from './ranking-metrics.ts';

const list = (...gains: number[]): Float64Array => Float64Array.from(gains);
const log2 = Math.log2;

describe('one list, by hand: hits at ranks 1, 3 and 6 of 6, four relevant items', () => {
  const gains = list(1, 0, 1, 0, 0, 1);
  it.each([
    ['recall@5', metrics.recallAt(gains, 6, 4, 5), 2 / 4],
    ['recall@3', metrics.recallAt(gains, 6, 4, 3), 2 / 4],
    ['capped recall@3', metrics.recallCappedAt(gains, 6, 4, 3), 2 / 3],
    ['precision@5', metrics.precisionAt(gains, 6, 4, 5), 2 / 5],
    ['precision@10 of a list of 6', metrics.precisionAt(gains, 6, 4, 10), 3 / 10],
    ['precision over what was returned', metrics.precisionReturnedAt(gains, 6, 4, 10), 3 / 6],
    ['hit@1', metrics.hitAt(gains, 6, 4, 1), 1],
    ['reciprocal rank', metrics.reciprocalRankAt(list(0, 0, 1), 3, 1, 3), 1 / 3],
    ['reciprocal rank below the cut', metrics.reciprocalRankAt(list(0, 0, 1), 3, 1, 2), 0],
    ['AP@3, min(|T|, k)', metrics.averagePrecisionAt(gains, 6, 4, 3), (1 + 2 / 3) / 3],
    ['AP@3, |T|', metrics.averagePrecisionAllAt(gains, 6, 4, 3), (1 + 2 / 3) / 4],
    ['AP@10, min(|T|, length)', metrics.averagePrecisionReturnedAt(list(1, 0), 2, 4, 10), 1 / 2],
    ['mean precision@3', metrics.meanPrecisionAt(gains, 6, 4, 3), (1 + 1 / 2 + 2 / 3) / 3],
    ['NDCG@3', metrics.ndcgAt(gains, 6, 4, 3), (1 + 1 / log2(4)) / (1 + 1 / log2(3) + 1 / log2(4))],
    ['AUC@6 over 10 items', metrics.listAucAt(gains, 6, 4, 6, 10), (1 + 2 + 2 + 3.5 * 3) / 24],
  ])('%s', (_name, value, expected) => expect(value).toBeCloseTo(expected, 14));
});

it('weighs grades by each gain', () => {
  const gains = list(1, 0, 3);
  const ideal = list(3, 2, 1);
  expect(metrics.ndcgRawAt(gains, 3, ideal, 3)).toBeCloseTo((1 + 3 / 2) / (3 + 2 / log2(3) + 1 / 2), 14);
  expect(metrics.ndcgExponentialAt(gains, 3, ideal, 3, 0)).toBeCloseTo((1 + 7 / 2) / (7 + 3 / log2(3) + 1 / 2), 14);
  // Shift 1 (threshold 2): grades 3, 2 gain 3 and 1, grade 1 gains nothing.
  expect(metrics.ndcgExponentialAt(gains, 3, ideal, 3, 1)).toBeCloseTo(3 / 2 / (3 + 1 / log2(3)), 14);
});

it('counts ranks 1 and 2 alike in the NDCG of LensKit', () => {
  const ideal = list(3, 1);
  expect(metrics.ndcgLateAt(list(0, 3), 2, ideal, 5, false)).toBeCloseTo(1 / 2, 14);
  expect(metrics.ndcgLateAt(list(0, 1, 3), 3, ideal, 5, true)).toBeCloseTo((1 + 3 / log2(3)) / 4, 14);
});

it('gives a perfect list 1 in every metric that is normalised, and an empty one 0', () => {
  const perfect = list(1, 1, 1, 0, 0);
  const ideal = list(1, 1, 1);
  for (const k of [1, 2, 3, 5, 2000]) {
    expect(metrics.ndcgAt(perfect, 5, 3, k)).toBeCloseTo(1, 14);
    expect(metrics.ndcgRawAt(perfect, 5, ideal, k)).toBeCloseTo(1, 14);
    expect(metrics.ndcgExponentialAt(perfect, 5, ideal, k, 0)).toBeCloseTo(1, 14);
    expect(metrics.recallCappedAt(perfect, 5, 3, k)).toBe(1);
    expect(metrics.averagePrecisionAt(perfect, 5, 3, k)).toBeCloseTo(1, 14);
  }
  for (const metric of [
    metrics.recallAt,
    metrics.precisionAt,
    metrics.precisionReturnedAt,
    metrics.hitAt,
    metrics.reciprocalRankAt,
    metrics.ndcgAt,
    metrics.averagePrecisionReturnedAt,
    metrics.meanPrecisionAt,
  ]) {
    expect(metric(list(), 0, 3, 10)).toBe(0);
  }
});

it('agrees with sets and sorting on random lists', () => {
  const random = new Xoshiro(1, 'lists');
  for (let trial = 0; trial < 200; trial++) {
    const length = random.integer(12);
    const k = 1 + random.integer(12);
    const gains = Float64Array.from({ length }, () => random.integer(4) - 1);
    const ideal = Float64Array.from([...gains.filter((g) => g > 0), 1, 2])
      .sort()
      .reverse();
    const relevant = ideal.length;
    const top = [...gains].slice(0, k);
    const hits = top.filter((g) => g > 0).length;
    expect(metrics.recallAt(gains, length, relevant, k)).toBe(hits / relevant);
    const dcg = (all: number[]): number => all.slice(0, k).reduce((sum, g, r) => sum + Math.max(0, g) / log2(r + 2), 0);
    expect(metrics.ndcgRawAt(gains, length, ideal, k)).toBeCloseTo(dcg(top) / dcg([...ideal]), 12);
    const precisions = top.flatMap((g, r) =>
      g > 0 ? [top.slice(0, r + 1).filter((x) => x > 0).length / (r + 1)] : [],
    );
    expect(metrics.averagePrecisionAt(gains, length, relevant, k)).toBeCloseTo(
      precisions.reduce((a, b) => a + b, 0) / Math.min(relevant, k),
      12,
    );
  }
});

it('reads grades along a list', () => {
  const out = new Float64Array(2);
  expect(metrics.gainsAlongInto(out, Int32Array.of(9, 2, 0), 1, 3, Float64Array.of(5, 6, 7))).toBe(2);
  expect([...out]).toEqual([7, 5]);
});
