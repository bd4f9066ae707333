import type { Random } from '../random.ts';
import { binBounds, countDistinct } from './bin-bounds.ts';

/** A feature column: numbers, or level codes (integers from 0) of a categorical feature. NaN is missing; so is a negative code. */
export type FeatureColumn = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** How columns become bins. All bins of all features are numbered through: feature f owns start[f] up to start[f + 1]. */
export interface BinMap {
  readonly categorical: Uint8Array;
  /** First bin of each feature; one longer than there are features. */
  readonly start: Int32Array;
  /** The bin of missing values, or -1 where none was seen while fitting. Categorical: their first bin, shared with rare and unknown levels. */
  readonly missing: Int32Array;
  /** Per bin: inclusive upper bound (numeric), level code (categorical), NaN for the bin of missing values. */
  readonly bounds: Float64Array;
}

export interface BinSettings {
  /** Bins per numeric feature, the one for missing values included. */
  readonly maximumBins: number;
  readonly minimumRowsPerBin: number;
  /** Rows that the bounds are read from. */
  readonly sampledRows: number;
}

export const defaultBinSettings: BinSettings = { maximumBins: 255, minimumRowsPerBin: 3, sampledRows: 200_000 };

/** Share of the rows that the kept levels of a categorical feature must cover before rarer ones are dropped. */
const COVERED = 0.99;

/** `count` of `rows` row numbers, ascending, by Knuth's selection sampling; all of them where that many are asked for. */
function sampleRows(rows: number, count: number, random: Random): Int32Array {
  if (count >= rows) return Int32Array.from({ length: rows }, (_, i) => i);
  const chosen = new Int32Array(count);
  let taken = 0;
  for (let row = 0; taken < count; row++) {
    if ((rows - row) * random.next() < count - taken) chosen[taken++] = row;
  }
  return chosen;
}

function presentValues(column: FeatureColumn, sample: Int32Array, categorical: boolean): Float64Array {
  const values = new Float64Array(sample.length);
  let present = 0;
  for (let i = 0; i < sample.length; i++) {
    const value = column[sample[i]];
    if (Number.isNaN(value) || (categorical && value < 0)) continue;
    values[present++] = value;
  }
  return values.subarray(0, present).sort();
}

/** The levels kept: commonest first until 99 % of the rows and `maximumBins` are covered; then in order of code. */
function keptLevels(sorted: Float64Array, maximumBins: number, minimumRows: number): Float64Array {
  const { distinct, counts } = countDistinct(sorted);
  const order = Array.from(distinct.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  let covered = 0;
  let kept = 0;
  while (kept < order.length && (covered < COVERED * sorted.length || kept + 1 < maximumBins)) {
    if (counts[order[kept]] < minimumRows && kept > 1) break;
    covered += counts[order[kept++]];
  }
  return Float64Array.from(order.slice(0, kept), (at) => distinct[at]).sort();
}

/** Bounds of one feature and whether missing values have a bin among them. */
function fitColumn(
  column: FeatureColumn,
  sample: Int32Array,
  categorical: boolean,
  settings: BinSettings,
): { bounds: Float64Array; missingAt: number } {
  const sorted = presentValues(column, sample, categorical);
  const { maximumBins, minimumRowsPerBin } = settings;
  if (categorical) {
    const levels = keptLevels(sorted, maximumBins, minimumRowsPerBin);
    return { bounds: Float64Array.of(NaN, ...levels), missingAt: 0 };
  }
  if (sorted.length === sample.length)
    return { bounds: binBounds(sorted, maximumBins, minimumRowsPerBin), missingAt: -1 };
  const values = binBounds(sorted, Math.max(1, maximumBins - 1), minimumRowsPerBin);
  return { bounds: Float64Array.of(...values, NaN), missingAt: values.length };
}

/**
 * Reads the bins of every feature from its column (LightGBM's rules and defaults: 255 bins, 3 rows a bin, 200,000
 * sampled rows). Fit it on training rows only.
 * @param columns one per feature, all of one length
 * @param categorical 1 where the column holds level codes
 */
export function fitBins(
  columns: readonly FeatureColumn[],
  categorical: Uint8Array,
  random: Random,
  settings: BinSettings = defaultBinSettings,
): BinMap {
  const rows = columns.length === 0 ? 0 : columns[0].length;
  const sample = sampleRows(rows, settings.sampledRows, random);
  const start = new Int32Array(columns.length + 1);
  const missing = new Int32Array(columns.length).fill(-1);
  const parts = columns.map((column, f) => fitColumn(column, sample, categorical[f] === 1, settings));
  parts.forEach((part, f) => {
    start[f + 1] = start[f] + part.bounds.length;
    if (part.missingAt >= 0) missing[f] = start[f] + part.missingAt;
  });
  const bounds = new Float64Array(start[columns.length]);
  parts.forEach((part, f) => bounds.set(part.bounds, start[f]));
  return { categorical: categorical.slice(), start, missing, bounds };
}

/** Bins of rows, row by row: codes[row * features + f]. 16 bits where all bin numbers fit. */
export interface BinnedRows {
  readonly codes: Uint16Array | Uint32Array;
  readonly rows: number;
  readonly features: number;
}

/** First bin from `low` up to `high` whose bound is at least `value`. */
function searchBound(bounds: Float64Array, low: number, high: number, value: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function encodeColumn(map: BinMap, feature: number, values: Float64Array, binned: BinnedRows): void {
  const { codes, features } = binned;
  const { bounds } = map;
  const missing = map.missing[feature];
  const categorical = map.categorical[feature] === 1;
  const first = categorical ? map.start[feature] + 1 : map.start[feature];
  const end = map.start[feature + 1];
  // The last value bin: +Infinity where numeric, so that the search needs no check for the end.
  const last = categorical ? end : missing >= 0 ? end - 2 : end - 1;
  // Missing, but never seen missing: the bin of zero, as in LightGBM. Prediction sends it to the larger child instead.
  const unseen = categorical ? missing : searchBound(bounds, first, last, 0);
  for (let row = 0, at = feature; row < values.length; row++, at += features) {
    const value = values[row];
    if (Number.isNaN(value)) {
      codes[at] = missing >= 0 ? missing : unseen;
      continue;
    }
    const bin = searchBound(bounds, first, last, value);
    codes[at] = categorical && (bin === end || bounds[bin] !== value) ? missing : bin;
  }
}

/** The bin of every value, row by row. Levels that were rare or unknown while fitting go where missing ones go. */
export function encodeBins(map: BinMap, columns: readonly FeatureColumn[]): BinnedRows {
  const features = columns.length;
  const rows = features === 0 ? 0 : columns[0].length;
  const bins = map.start[features];
  const codes = bins <= 65_536 ? new Uint16Array(rows * features) : new Uint32Array(rows * features);
  const binned = { codes, rows, features };
  // One scratch column of one type: the loop over it stays compiled for that type.
  const values = new Float64Array(rows);
  for (let f = 0; f < features; f++) {
    values.set(columns[f]);
    encodeColumn(map, f, values, binned);
  }
  return binned;
}
