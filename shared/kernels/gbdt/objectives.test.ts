import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { lambdaRankInto, maximumDcg } from './lambdarank.ts';
import { makeObjective } from './objectives.ts';
import type { Labels, ObjectiveName } from './objectives.ts';
import { gradedNdcg, metricsOf } from './validation-metrics.ts';

/** Gradients by finite differences of a loss that is a sum over rows. */
function checkGradients(name: ObjectiveName, labels: Labels, lossOf: (score: number, row: number) => number): void {
  const random = new Xoshiro(2, name);
  const scores = Float64Array.from(labels.values, () => random.normal());
  const out = new Float32Array(2 * scores.length);
  makeObjective(name, labels, 30).gradientsInto(out, scores);
  const step = 1e-4;
  scores.forEach((score, row) => {
    const [below, at, above] = [lossOf(score - step, row), lossOf(score, row), lossOf(score + step, row)];
    expect(out[2 * row]).toBeCloseTo((above - below) / (2 * step), 5);
    expect(out[2 * row + 1]).toBeCloseTo((above - 2 * at + below) / step ** 2, 4);
  });
}

describe('binary and regression', () => {
  const values = Float64Array.of(1, 0, 0, 1, 0);
  const weights = Float64Array.of(1, 2, 1, 0.5, 3);

  it('have the gradients of the log loss and start from the log-odds', () => {
    checkGradients(
      'binary',
      { values, weights },
      (s, row) => weights[row] * (Math.log(1 + Math.exp(s)) - values[row] * s),
    );
    expect(makeObjective('binary', { values }, 30).baseScore).toBeCloseTo(Math.log(2 / 3), 12);
    expect(makeObjective('binary', { values, weights }, 30).baseScore).toBeCloseTo(Math.log(1.5 / 6), 12);
  });

  it('have the gradients of half the squared error and start from the mean', () => {
    checkGradients('regression', { values, weights }, (s, row) => (weights[row] * (s - values[row]) ** 2) / 2);
    expect(makeObjective('regression', { values }, 30).baseScore).toBeCloseTo(0.4, 12);
  });

  it('name the row and label that do not fit', () => {
    expect(() => makeObjective('binary', { values: Float64Array.of(1, 3) }, 30)).toThrow(
      /row 1 is 3.*"binary" needs 0 or 1/,
    );
    expect(() => makeObjective('regression', { values: Float64Array.of(NaN) }, 30)).toThrow(/row 0 is NaN/);
    expect(() =>
      makeObjective('lambdarank', { values: Float64Array.of(1.5), queryStart: Int32Array.of(0, 1) }, 30),
    ).toThrow(/1.5/);
    expect(() => makeObjective('lambdarank', { values: Float64Array.of(1) }, 30)).toThrow(/query/);
  });
});

describe('lambdarank', () => {
  it('gives the pair of two rows what its formula says', () => {
    const grades = Float64Array.of(0, 1);
    const scores = Float64Array.of(0.5, 0.2);
    const queryStart = Int32Array.of(0, 2);
    const out = new Float32Array(4);
    lambdaRankInto(out, scores, grades, queryStart, { truncation: 30, ideal: maximumDcg(grades, queryStart, 30) });
    // maxDCG 1; |disc| 1 - 1/log2(3); the better row is the second, 0.3 below.
    const delta = (1 - 1 / Math.log2(3)) / (0.01 + 0.3);
    const rho = 1 / (1 + Math.exp(-0.3));
    const scale = Math.log2(1 + 2 * rho * delta) / (2 * rho * delta);
    expect(out[0]).toBeCloseTo(rho * delta * scale, 6);
    expect(out[2]).toBeCloseTo(-rho * delta * scale, 6);
    expect(out[1]).toBeCloseTo(rho * (1 - rho) * delta * scale, 6);
    expect(out[3]).toBe(out[1]);
  });

  it('adds nothing for queries of one grade and below the truncation level', () => {
    const grades = Float64Array.of(2, 2, 0, 0, 1, 0, 0, 1);
    const scores = Float64Array.of(1, 2, 1, 2, 4, 3, 2, 1);
    const queryStart = Int32Array.of(0, 2, 4, 8);
    const out = new Float32Array(16);
    lambdaRankInto(out, scores, grades, queryStart, { truncation: 1, ideal: maximumDcg(grades, queryStart, 1) });
    expect([...out.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    // Only pairs with the first rank: rows 5 and 6, not the last relevant one.
    expect(out[8]).toBeLessThan(0);
    expect(out[14]).toBe(0);
  });

  it('sums to zero within a query', () => {
    const random = new Xoshiro(9);
    const grades = Float64Array.from({ length: 40 }, () => random.integer(5));
    const scores = Float64Array.from(grades, () => random.normal());
    const queryStart = Int32Array.of(0, 25, 40);
    const out = new Float32Array(80);
    lambdaRankInto(out, scores, grades, queryStart, { truncation: 30, ideal: maximumDcg(grades, queryStart, 30) });
    let sum = 0;
    for (let row = 0; row < 25; row++) sum += out[2 * row];
    expect(sum).toBeCloseTo(0, 5);
    expect(Math.min(...Float32Array.from({ length: 40 }, (_, row) => out[2 * row + 1]))).toBeGreaterThanOrEqual(0);
  });
});

describe('validation metrics', () => {
  it('take NDCG in the dialect in which a query without relevant rows counts 1', () => {
    const labels = { values: Float64Array.of(0, 2, 1, 0, 0), queryStart: Int32Array.of(0, 3, 5) };
    const scores = Float64Array.of(3, 2, 1, 1, 2);
    const found = (3 / Math.log2(3) + 1 / 2) / (3 + 1 / Math.log2(3));
    expect(gradedNdcg(scores, labels, 3)).toBeCloseTo((found + 1) / 2, 12);
  });

  it('take log loss and root mean squared error from raw scores', () => {
    const labels = { values: Float64Array.of(1, 0) };
    const [loss] = metricsOf('binary', []);
    expect(loss.measure(Float64Array.of(0, 800), labels)).toBeCloseTo((Math.LN2 + 800) / 2, 9);
    const [error] = metricsOf('regression', []);
    expect(error.measure(Float64Array.of(4, 4), labels)).toBeCloseTo(Math.sqrt((9 + 16) / 2), 12);
  });
});
