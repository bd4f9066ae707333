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

/** Rows taken together where they are very many: cell c stands for the rows with cellOf = c. */
interface Cells {
  readonly rows: ScoredRows;
  readonly cellOf: Int32Array;
}

/** Fewer rows than this are never taken together. */
const manyRows = 20_000;
const steps = 2_000;

/**
 * Neighbouring scores put into some thousand steps, never across the threshold or a calibration bin; positives and
 * others of a step are one cell each. Every row its own cell where rows are few.
 */
function cellsOf(rows: ScoredRows): Cells {
  const count = rows.scores.length;
  if (count < manyRows) return { rows, cellOf: Int32Array.from({ length: count }, (_, i) => i) };
  const cellOf = new Int32Array(count);
  const bounds = [0];
  const parted = (i: number): boolean =>
    rows.scores[i] !== rows.scores[i - 1] &&
    (i - bounds[bounds.length - 1] >= count / steps ||
      rows.scores[i] >= rows.threshold !== rows.scores[i - 1] >= rows.threshold ||
      rows.widthBins[i] !== rows.widthBins[i - 1] ||
      rows.massBins[i] !== rows.massBins[i - 1]);
  for (let i = 0; i < count; i++) {
    if (i > 0 && parted(i)) bounds.push(i);
    cellOf[i] = 2 * (bounds.length - 1) + (rows.labels[i] > 0 ? 0 : 1);
  }
  const first = Int32Array.from({ length: 2 * bounds.length }, (_, cell) => bounds[cell >> 1]);
  const size = new Float64Array(first.length);
  for (let i = 0; i < count; i++) size[cellOf[i]]++;
  const mean = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(first.length);
    for (let i = 0; i < values.length; i++) sums[cellOf[i]] += values[i] / size[cellOf[i]];
    return sums;
  };
  const probable = rows.probability;
  const compact: ScoredRows = {
    ...rows,
    // Both cells of a step have one score, on the same side of the threshold as all its rows: they are a tie.
    scores: Float64Array.from(first, (i) => rows.scores[i]),
    labels: Uint8Array.from(first, (_, cell) => 1 - (cell & 1)),
    targets: mean(rows.targets),
    weights: size,
    losses: probable ? mean(rows.losses) : rows.losses,
    widthBins: probable ? Uint16Array.from(first, (i) => rows.widthBins[i]) : rows.widthBins,
    massBins: probable ? Uint16Array.from(first, (i) => rows.massBins[i]) : rows.massBins,
  };
  return { rows: compact, cellOf };
}

/** What each metric gives on each resample of units, less what it gives on the rows as they are. */
function resampledShifts(
  unitRows: UnitRows,
  metrics: readonly RowsMetric[],
  times: number,
  random: Random,
  progress: (share: number) => void,
): Float64Array[] {
  const { rows, unit, units } = unitRows;
  const cells = cellsOf(rows);
  const centre = metrics.map((metric) => metric.ofRows(metric.rowwise === true ? rows : cells.rows));
  const shifts = metrics.map(() => new Float64Array(times));
  const drawn = new Float64Array(units);
  const weights = new Float64Array(cells.rows.scores.length);
  const rowWeights = new Float64Array(metrics.some((metric) => metric.rowwise === true) ? rows.scores.length : 0);
  for (let b = 0; b < times; b++) {
    progress(b / times);
    drawn.fill(0);
    for (let draw = 0; draw < units; draw++) drawn[Math.floor((random.bits() * units) / 4294967296)]++;
    weights.fill(0);
    for (let i = 0; i < unit.length; i++) weights[cells.cellOf[i]] += drawn[unit[i]];
    for (let i = 0; i < rowWeights.length; i++) rowWeights[i] = drawn[unit[i]];
    metrics.forEach((metric, m) => {
      const value =
        metric.rowwise === true
          ? metric.ofRows({ ...rows, weights: rowWeights })
          : metric.ofRows({ ...cells.rows, weights });
      shifts[m][b] = value - centre[m];
    });
  }
  return shifts;
}

/**
 * Metrics over all rows, with 95 % percentile intervals from drawing units with replacement: all rows of a user come
 * along or stay away together, since they are not independent. Very many rows are taken together for the intervals,
 * never for the values.
 */
export function rowsValues(
  unitRows: UnitRows,
  metrics: readonly RowsMetric[],
  resamples: number,
  random: Random,
  progress: (share: number) => void,
): Map<RowsMetric, MetricValue> {
  const { rows } = unitRows;
  const count = rows.scores.length;
  const usable = metrics.filter((metric) => count > 0 && (metric.probability !== true || rows.probability));
  const exact = usable.filter((metric) => metric.rowwise === true).length;
  const perResample = count * (1 + exact) + Math.min(count, 2 * steps) * usable.length;
  const shifts = resampledShifts(unitRows, usable, affordableResamples(resamples, perResample), random, progress);
  return new Map(
    metrics.map((metric): [RowsMetric, MetricValue] => {
      const at = usable.indexOf(metric);
      const value = at < 0 ? null : defined(metric.ofRows(rows));
      if (value === null) return [metric, { value, low: null, high: null, n: count }];
      const sorted = shifts[at].filter((one) => !Number.isNaN(one)).sort();
      return [
        metric,
        {
          value,
          low: defined(value + quantileOfSorted(sorted, 0.025)),
          high: defined(value + quantileOfSorted(sorted, 0.975)),
          n: count,
        },
      ];
    }),
  );
}
