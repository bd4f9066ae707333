import { describe, expect, it } from 'vitest';
import { fitIsotonic, fitPlatt, isotonicInto, plattInto } from './calibration.ts';
import { Xoshiro } from './random.ts';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

function drawn(rows: number, slope: number, offset: number): { scores: Float64Array; labels: Float64Array } {
  const random = new Xoshiro(11, 'calibration');
  const scores = Float64Array.from({ length: rows }, () => 2 * random.normal());
  return {
    scores,
    labels: Float64Array.from(scores, (score) => Number(random.next() < sigmoid(slope * score + offset))),
  };
}

describe('Platt scaling', () => {
  it('finds the slope and offset that the labels were drawn with', () => {
    const { scores, labels } = drawn(40_000, 0.7, -1);
    const { slope, offset } = fitPlatt(scores, labels);
    expect(slope).toBeCloseTo(0.7, 1);
    expect(offset).toBeCloseTo(-1, 1);
  });

  it('has a zero gradient at the fit, against the smoothed targets', () => {
    const { scores, labels } = drawn(500, 1.5, 0.3);
    const scaling = fitPlatt(scores, labels);
    const positives = labels.reduce((sum, label) => sum + label, 0);
    const target = (label: number): number =>
      label > 0 ? (positives + 1) / (positives + 2) : 1 / (500 - positives + 2);
    const out = new Float64Array(500);
    plattInto(out, scaling, scores);
    expect(out.reduce((sum, p, i) => sum + p - target(labels[i]), 0)).toBeCloseTo(0, 5);
    expect(out.reduce((sum, p, i) => sum + scores[i] * (p - target(labels[i])), 0)).toBeCloseTo(0, 5);
  });

  it('stays finite where one class is missing, scores agree, or the classes part cleanly', () => {
    expect(fitPlatt([1, 2, 3], [1, 1, 1])).toEqual({
      slope: expect.closeTo(0, 6),
      offset: expect.closeTo(Math.log(4), 4),
    });
    expect(fitPlatt([2, 2, 2, 2], [1, 0, 0, 1]).offset).toBeCloseTo(0, 6);
    const apart = fitPlatt([-2, -1, 1, 2], [0, 0, 1, 1]);
    expect(Number.isFinite(apart.slope) && apart.slope > 0).toBe(true);
  });
});

/** The definition: the value at k is the largest, over i up to k, of the smallest, over j from k, mean of labels i to j. */
function maxMin(labels: readonly number[]): number[] {
  const mean = (i: number, j: number): number => labels.slice(i, j + 1).reduce((a, b) => a + b, 0) / (j - i + 1);
  return labels.map((_, k) => {
    let value = -Infinity;
    for (let i = 0; i <= k; i++) {
      let least = Infinity;
      for (let j = k; j < labels.length; j++) least = Math.min(least, mean(i, j));
      value = Math.max(value, least);
    }
    return value;
  });
}

describe('isotonic regression', () => {
  it('pools adjacent violators as worked out by hand', () => {
    const curve = fitIsotonic([1, 2, 3, 4, 5, 6], [0, 1, 0, 0, 1, 1]);
    expect([...curve.scores]).toEqual([1, 2, 4, 5, 6]);
    expect([...curve.values].map((v) => Number(v.toFixed(12)))).toEqual([0, 0.333333333333, 0.333333333333, 1, 1]);
  });

  it('equals the max-min definition on random labels', () => {
    const random = new Xoshiro(3, 'isotonic');
    for (let round = 0; round < 20; round++) {
      const labels = Array.from({ length: 25 }, (_, i) => Number(random.next() < i / 25));
      const scores = Float64Array.from(labels, (_, i) => i * i);
      const out = new Float64Array(25);
      isotonicInto(out, fitIsotonic(scores, labels), scores);
      maxMin(labels).forEach((value, i) => expect(out[i]).toBeCloseTo(value, 10));
    }
  });

  it('gives equal scores one value, is straight in between and level outside', () => {
    const curve = fitIsotonic([3, 1, 1, 3], [1, 0, 1, 1]);
    const out = new Float64Array(4);
    isotonicInto(out, curve, [-5, 1, 2, 99]);
    expect([...out]).toEqual([0.5, 0.5, 0.75, 1]);
  });
});
