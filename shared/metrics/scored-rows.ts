import type { MetricValue } from '#shared/contract/values.ts';
import { quantileOfSorted } from '#shared/kernels/bootstrap.ts';
import { logLossOf } from '#shared/kernels/log-loss.ts';
import type { Random } from '#shared/kernels/random.ts';
import type { RowsMetric, ScoredRows } from './metric-shapes.ts';
import { affordableResamples, defined } from './summarise.ts';

/** Scored rows in order of score, and which unit (user, query, or the row itself) each belongs to. */
export interface UnitRows {
  readonly rows: ScoredRows;
  /** From 0 to units - 1, beside the rows. */
  readonly unit: Int32Array;
  readonly units: number;
}

export interface Scoring {
  readonly probability: boolean;
  readonly threshold: number;
  readonly bins: number;
}

/** Sorts rows by score, largest first, and works out what metrics need of each row. */
export function unitRows(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  unit: Int32Array,
  scoring: Scoring,
): UnitRows {
  const count = scores.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const sorted = Float64Array.from(order, (i) => scores[i]);
  const positive = Uint8Array.from(order, (i) => (labels[i] > 0 ? 1 : 0));
  const { bins, probability } = scoring;
  let units = 0;
  for (let i = 0; i < count; i++) units = Math.max(units, unit[i] + 1);
  const none = new Uint16Array(0);
  return {
    unit: Int32Array.from(order, (i) => unit[i]),
    units,
    rows: {
      ...scoring,
      scores: sorted,
      labels: positive,
      targets: Float64Array.from(order, (i) => labels[i]),
      weights: new Float64Array(count).fill(1),
      losses: probability ? sorted.map((score, i) => logLossOf(score, positive[i])) : new Float64Array(0),
      widthBins: probability
        ? Uint16Array.from(sorted, (score) => Math.max(0, Math.min(bins - 1, Math.floor(score * bins))))
        : none,
      // Rows run from the largest score down, bins from the smallest up.
      massBins: probability ? Uint16Array.from(sorted, (_, i) => Math.floor(((count - 1 - i) * bins) / count)) : none,
    },
  };
}

/** The name of a metric of rows: with the threshold where it depends on it. */
export function rowsKey(metric: RowsMetric, threshold: number): string {
  return metric.thresholded === true ? `${metric.id}@${threshold}` : metric.id;
}

/**
 * Metrics over all rows, with 95 % percentile intervals from drawing units with replacement: all rows of a user come
 * along or stay away together, since they are not independent.
 */
export function rowsValues(
  unitRows: UnitRows,
  metrics: readonly RowsMetric[],
  resamples: number,
  random: Random,
): Map<RowsMetric, MetricValue> {
  const { rows, unit, units } = unitRows;
  const count = rows.scores.length;
  const usable = metrics.filter((metric) => metric.probability !== true || rows.probability);
  const times = affordableResamples(resamples, count * Math.max(1, usable.length));
  const estimates = usable.map(() => new Float64Array(times).fill(NaN));
  const drawn = new Float64Array(units);
  const weights = new Float64Array(count);
  for (let b = 0; b < times && count > 0; b++) {
    drawn.fill(0);
    for (let draw = 0; draw < units; draw++) drawn[Math.floor((random.bits() * units) / 4294967296)]++;
    for (let i = 0; i < count; i++) weights[i] = drawn[unit[i]];
    usable.forEach((metric, m) => (estimates[m][b] = metric.ofRows({ ...rows, weights })));
  }
  return new Map(
    metrics.map((metric): [RowsMetric, MetricValue] => {
      const at = usable.indexOf(metric);
      if (at < 0 || count === 0) return [metric, { value: null, low: null, high: null, n: count }];
      const sorted = estimates[at].filter((one) => !Number.isNaN(one)).sort();
      const value = defined(metric.ofRows(rows));
      const bound = (probability: number): number | null =>
        value === null ? null : defined(quantileOfSorted(sorted, probability));
      return [metric, { value, low: bound(0.025), high: bound(0.975), n: count }];
    }),
  );
}
