import { expect, it } from 'vitest';
import { auc, aucByGroup, aucStrict, groupedAuc } from './auc.ts';
import { Xoshiro } from './random.ts';

function naiveAuc(scores: number[], labels: number[], tie: number): number {
  let won = 0;
  let pairs = 0;
  scores.forEach((a, i) =>
    scores.forEach((b, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs++;
      won += a > b ? 1 : a === b ? tie : 0;
    }),
  );
  return won / pairs;
}

it('counts pairs, ties at half or at nothing', () => {
  const random = new Xoshiro(1, 'auc');
  for (let trial = 0; trial < 50; trial++) {
    const scores = Array.from({ length: 30 }, () => random.integer(10) - 5);
    const labels = scores.map((_, i) => (i < 2 ? i : random.integer(2)));
    expect(auc(scores, labels)).toBeCloseTo(naiveAuc(scores, labels, 0.5), 12);
    expect(aucStrict(scores, labels)).toBeCloseTo(naiveAuc(scores, labels, 0), 12);
  }
});

it('is half for a constant score, and undefined with one class', () => {
  expect(auc([1, 1, 1], [1, 0, 1])).toBe(0.5);
  expect(aucStrict([1, 1, 1], [1, 0, 1])).toBe(0);
  expect(auc([1, 2], [1, 1])).toBeNaN();
});

it('looks within each group, and weighs groups three ways', () => {
  // Group 0: two positives, one negative, one of two pairs won. Group 1: perfect. Group 2: positives only.
  const groups = Int32Array.of(0, 1, 0, 2, 0, 1, 1, 1);
  const scores = [1, 9, 3, 5, 2, 1, 2, 3];
  const labels = [1, 1, 1, 1, 0, 0, 0, 0];
  const byGroup = aucByGroup(scores, labels, groups, 3);
  expect([...byGroup.value]).toEqual([0.5, 1, NaN]);
  expect([...byGroup.positives]).toEqual([2, 1, 1]);
  expect(groupedAuc(byGroup, 'uniform')).toBe(0.75);
  expect(groupedAuc(byGroup, 'positives')).toBeCloseTo((2 * 0.5 + 1) / 3, 14);
  expect(groupedAuc(byGroup, 'examples')).toBeCloseTo((3 * 0.5 + 4) / 7, 14);
});
