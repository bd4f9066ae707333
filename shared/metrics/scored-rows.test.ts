import { expect, it } from 'vitest';
import { auc } from '../kernels/auc.ts';
import { Xoshiro } from '../kernels/random.ts';
import { metric as aucMetric } from './auc.ts';
import { metric as eceMass } from './ece-mass.ts';
import { metric as ece } from './ece.ts';
import { metric as f1 } from './f1.ts';
import { metric as logLoss } from './log-loss.ts';
import type { RowsMetric } from './metric-shapes.ts';
import { metric as rmse } from './rmse.ts';
import { rowsKey, rowsValues, unitRows } from './scored-rows.ts';

const scoring = { probability: true, threshold: 0.4, bins: 10 };
const metrics: readonly RowsMetric[] = [aucMetric, logLoss, f1, ece, eceMass, rmse];

/** Rows of `units` users, some keener than others. */
function world(rows: number, units: number): { scores: Float64Array; labels: Float64Array; unit: Int32Array } {
  const random = new Xoshiro(rows, 'rows');
  const scores = Float64Array.from({ length: rows }, () => random.next());
  return {
    scores,
    labels: scores.map((score) => (random.next() < 0.2 + 0.5 * score ? 1 : 0)),
    unit: Int32Array.from(scores, (_, i) => i % units),
  };
}

const measure = (rows: ReturnType<typeof world>) =>
  rowsValues(unitRows(rows.scores, rows.labels, rows.unit, scoring), metrics, 300, new Xoshiro(1), () => {});

it('measures rows as they are, however many there are', () => {
  const rows = world(30_000, 500);
  const values = measure(rows);
  expect(values.get(aucMetric)?.value).toBeCloseTo(auc(rows.scores, rows.labels), 12);
  expect(values.get(rmse)?.value).toBeCloseTo(
    Math.sqrt(rows.scores.reduce((sum, score, i) => sum + (score - rows.labels[i]) ** 2, 0) / 30_000),
    12,
  );
  expect(rowsKey(f1, 0.4)).toBe('f1@0.4');
});

it('gives very many rows, taken together, the interval that each by itself gives', () => {
  // 19,999 rows are resampled one by one, 20,001 in cells: two rows make no difference to speak of.
  const many = world(20_001, 400);
  const fewer = {
    scores: many.scores.slice(0, 19_999),
    labels: many.labels.slice(0, 19_999),
    unit: many.unit.slice(0, 19_999),
  };
  const [exact, together] = [measure(fewer), measure(many)];
  for (const metric of metrics) {
    const [a, b] = [exact.get(metric), together.get(metric)];
    const width = (a?.high ?? NaN) - (a?.low ?? NaN);
    expect(width, metric.id).toBeGreaterThan(0);
    expect(Math.abs((a?.low ?? NaN) - (b?.low ?? NaN)) / width, metric.id).toBeLessThan(0.1);
    expect(Math.abs((a?.high ?? NaN) - (b?.high ?? NaN)) / width, metric.id).toBeLessThan(0.1);
  }
});

it('has no log loss where scores are no probabilities, and nothing where there are no rows', () => {
  const { scores, labels, unit } = world(100, 10);
  const values = rowsValues(
    unitRows(scores, labels, unit, { ...scoring, probability: false }),
    metrics,
    100,
    new Xoshiro(1),
    () => {},
  );
  expect(values.get(logLoss)).toEqual({ value: null, low: null, high: null, n: 100 });
  expect(values.get(aucMetric)?.value).toBeGreaterThan(0.5);
  const nothing = rowsValues(unitRows([], [], new Int32Array(0), scoring), metrics, 100, new Xoshiro(1), () => {});
  expect(nothing.get(aucMetric)).toEqual({ value: null, low: null, high: null, n: 0 });
});
