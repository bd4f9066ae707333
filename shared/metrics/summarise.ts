import type { MetricValue, MetricValues } from '#shared/contract/values.ts';
import { bootstrapIntervals, userSums } from '#shared/kernels/bootstrap.ts';
import type { Random } from '#shared/kernels/random.ts';
import type { ListValues } from './measure-lists.ts';

/** Additions that intervals may cost: more to add up, fewer resamples, but never fewer than 100. */
const budget = 200_000_000;

/** Intervals resample no more than this many users: more are dealt to groups (kernels/bootstrap.ts). */
export const mostResampled = 8_000;

/** Resamples to take for so many values per resample. */
export function affordableResamples(wanted: number, valuesPerResample: number): number {
  return Math.min(wanted, Math.max(100, Math.floor(budget / Math.max(1, valuesPerResample))));
}

/** A number as a metric's value: null where it is not defined. */
export function plainValue(value: number, n: number): MetricValue {
  return { value: defined(value), low: null, high: null, n };
}

/** NaN and infinities have no place in a result. */
export function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * Means with 95 % bootstrap intervals over lists; all metrics are measured on the same resamples. `members` are the
 * positions of the lists to be taken; all of them where it is absent.
 */
export function summarise(
  columns: readonly ListValues[],
  resamples: number,
  random: Random,
  members?: Int32Array,
): MetricValues {
  if (columns.length === 0) return {};
  const pick = (values: Float64Array): Float64Array =>
    members === undefined ? values : Float64Array.from(members, (at) => values[at]);
  const values = columns.map((column) => pick(column.values));
  const sums = userSums(
    values,
    columns.map((column) => (column.weights === undefined ? undefined : pick(column.weights))),
  );
  const times = affordableResamples(resamples, Math.min(mostResampled, sums.users) * sums.columns);
  const intervals = bootstrapIntervals(sums, times, 0.95, random);
  return Object.fromEntries(
    columns.map(({ key }, c): [string, MetricValue] => [
      key,
      {
        value: defined(intervals.value[c]),
        low: defined(intervals.low[c]),
        high: defined(intervals.high[c]),
        n: values[c].reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0),
      },
    ]),
  );
}
