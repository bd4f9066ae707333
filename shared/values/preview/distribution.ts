import type { ColumnProfile } from '#shared/contract/datasets.ts';
import type { ShownColumn } from './shown-table.ts';

/** So many rows are looked at, evenly spaced: enough for shapes, quick enough to wait for. */
export const mostCounted = 100_000;

const bins = 24;
const topCount = 8;

/** What a column holds, over all rows or over `mostCounted` evenly spaced ones. */
export function profileOf(column: ShownColumn, rows: number): ColumnProfile {
  const counted = Math.min(rows, mostCounted);
  const rowAt = (i: number): number => Math.floor((i * rows) / counted);
  const base = {
    name: column.name,
    type: column.type,
    role: null,
    nulls: 0,
    distinct: null,
    minimum: null,
    maximum: null,
    mean: null,
    top: [],
    histogram: [],
  };
  if (column.type === 'vector') return base;
  return column.type === 'number' || column.type === 'time'
    ? { ...base, ...ofNumbers(column, counted, rowAt) }
    : { ...base, ...ofWords(column, counted, rowAt) };
}

function ofNumbers(
  column: ShownColumn,
  counted: number,
  rowAt: (i: number) => number,
): Pick<ColumnProfile, 'nulls' | 'minimum' | 'maximum' | 'mean' | 'histogram'> {
  const values = new Float64Array(counted);
  let n = 0;
  for (let i = 0; i < counted; i++) {
    const value = column.cell(rowAt(i));
    if (typeof value === 'number') values[n++] = value;
  }
  if (n === 0) return { nulls: counted, minimum: null, maximum: null, mean: null, histogram: [] };
  let [minimum, maximum, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < n; i++) {
    minimum = Math.min(minimum, values[i]);
    maximum = Math.max(maximum, values[i]);
    sum += values[i];
  }
  return {
    nulls: counted - n,
    minimum,
    maximum,
    mean: sum / n,
    histogram: histogramOf(values.subarray(0, n), minimum, maximum),
  };
}

/** Counts over equal widths; one bin where all values are equal. */
function histogramOf(values: Float64Array, minimum: number, maximum: number): number[] {
  if (minimum === maximum || !Number.isFinite(maximum - minimum)) return [values.length];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values)
    counts[Math.min(bins - 1, Math.floor(((value - minimum) / (maximum - minimum)) * bins))]++;
  return counts;
}

function ofWords(
  column: ShownColumn,
  counted: number,
  rowAt: (i: number) => number,
): Pick<ColumnProfile, 'nulls' | 'distinct' | 'top'> {
  const counts = new Map<string, number>();
  let nulls = 0;
  for (let i = 0; i < counted; i++) {
    const value = column.cell(rowAt(i));
    if (value === null) nulls++;
    else
      for (const word of column.type === 'tags' ? String(value).split(', ') : [String(value)])
        counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  // Ids and titles that hardly repeat have no distribution worth drawing.
  return {
    nulls,
    distinct: counts.size,
    top: column.type === 'text' || byCount.length * 2 > counted ? [] : byCount.slice(0, topCount),
  };
}
