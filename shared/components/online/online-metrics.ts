import type { ExperimentRows } from './experiment-rows.ts';

/** What an experiment is judged by. */
export interface OnlineMetric {
  readonly id: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** ratio: Σ over Σ per impression; mean: per user; share: users to whom it happened at all. */
  readonly kind: 'ratio' | 'mean' | 'share';
  readonly column: string;
}

export const onlineMetrics: readonly OnlineMetric[] = [
  { id: 'ctr', title: 'Click-through rate', better: 'higher', kind: 'ratio', column: 'click' },
  { id: 'clicks-per-user', title: 'Clicks per user', better: 'higher', kind: 'mean', column: 'click' },
  { id: 'conversion', title: 'Users who converted', better: 'higher', kind: 'share', column: 'conversion' },
  { id: 'revenue-per-user', title: 'Revenue per user', better: 'higher', kind: 'mean', column: 'revenue' },
  { id: 'dwell-per-user', title: 'Time spent per user', better: 'higher', kind: 'mean', column: 'dwell' },
  { id: 'hide-rate', title: 'Hide rate', better: 'lower', kind: 'ratio', column: 'hidden' },
  { id: 'diversity', title: 'Items that bring a new category', better: 'higher', kind: 'ratio', column: 'distinct' },
  { id: 'latency', title: 'Latency', better: 'lower', kind: 'ratio', column: 'latency' },
];

/** The metric as it is called where the log is of simulated users: nobody measured how long their requests took. */
export function titledBy(metric: OnlineMetric, simulated: boolean): OnlineMetric {
  return simulated && metric.id === 'latency' ? { ...metric, title: 'Latency (assumed)' } : metric;
}

/** Sums of one metric per unit: numerator and impressions. */
export interface UnitSums {
  readonly y: Float64Array;
  readonly x: Float64Array;
}

/** Sums over the rows of the experiment, or over those from before it (arm -1). */
export function unitSums(rows: ExperimentRows, metric: OnlineMetric, before: boolean): UnitSums {
  const values = rows.columns[metric.column];
  const y = new Float64Array(rows.units);
  const x = new Float64Array(rows.units);
  for (let i = 0; i < rows.rows; i++) {
    if (rows.arm[i] < 0 !== before) continue;
    y[rows.unit[i]] += values[i];
    x[rows.unit[i]]++;
  }
  return settled({ y, x }, metric);
}

/** A share counts a unit once, however often it happened. */
function settled({ y, x }: UnitSums, metric: OnlineMetric): UnitSums {
  return { y: metric.kind === 'share' ? y.map((value) => (value > 0 ? 1 : 0)) : y, x };
}

/**
 * Sums day by day: `visit` is called after each day with the sums of that day alone and of all days so far. Rows are taken
 * in the order of days, whatever their order in the log.
 */
export function dailySums(
  rows: ExperimentRows,
  metric: OnlineMetric,
  visit: (day: number, daily: UnitSums, soFar: UnitSums) => void,
): void {
  const values = rows.columns[metric.column];
  const starts = new Int32Array(rows.days + 1);
  for (let i = 0; i < rows.rows; i++) if (rows.arm[i] >= 0) starts[rows.day[i] + 1]++;
  for (let day = 0; day < rows.days; day++) starts[day + 1] += starts[day];
  const order = new Int32Array(starts[rows.days]);
  const next = starts.slice();
  for (let i = 0; i < rows.rows; i++) if (rows.arm[i] >= 0) order[next[rows.day[i]]++] = i;
  const soFar = { y: new Float64Array(rows.units), x: new Float64Array(rows.units) };
  for (let day = 0; day < rows.days; day++) {
    const daily = { y: new Float64Array(rows.units), x: new Float64Array(rows.units) };
    for (let at = starts[day]; at < starts[day + 1]; at++) {
      const unit = rows.unit[order[at]];
      daily.y[unit] += values[order[at]];
      daily.x[unit]++;
    }
    for (let u = 0; u < rows.units; u++) {
      soFar.y[u] += daily.y[u];
      soFar.x[u] += daily.x[u];
    }
    visit(day, settled(daily, metric), settled(soFar, metric));
  }
}
