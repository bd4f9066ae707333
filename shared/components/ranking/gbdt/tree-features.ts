import type { Column, Feature, TargetColumn } from '#shared/contract/values.ts';
import { encodeTarget } from '#shared/values/join.ts';

type CategoryUse = 'target-encoded' | 'categorical' | 'both' | 'left-out';

/** A record whose type says so: interfaces are not accepted as plain data. */
export type PlainRecord<T> = { readonly [Key in keyof T]: T[Key] };

/** How one feature becomes columns for trees; learned on training rows. */
export type TreeFeature = {
  readonly name: string;
  readonly kind: Column['kind'];
  /** category: hand the codes over as levels. */
  readonly levels: boolean;
  /** category: statistics of the labels by code; null where not encoded. */
  readonly encoding: PlainRecord<TargetColumn> | null;
  /** tags: codes that have a column of their own. */
  readonly tags: Int32Array;
  /** vector: numbers per row. */
  readonly width: number;
  /** Names of the columns made, for people. */
  readonly columns: readonly string[];
};

export interface TreeFeatureSettings {
  readonly ids: CategoryUse;
  readonly categories: CategoryUse;
  readonly smoothing: number;
  readonly maximumTags: number;
}

/** Parts that the labels are divided into, so that a training row is encoded without its own. */
const folds = 5;

function labelStatistics(
  codes: Int32Array,
  levels: number,
  rows: Int32Array,
  label: Float32Array,
  smoothing: number,
): TargetColumn {
  const sums = new Float64Array(levels * folds);
  const counts = new Float64Array(levels * folds);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    total += label[rows[i]];
    const code = codes[rows[i]];
    if (code < 0) continue;
    sums[code * folds + (i % folds)] += label[rows[i]];
    counts[code * folds + (i % folds)]++;
  }
  return { kind: 'target', folds, sums, counts, prior: total / rows.length, smoothing };
}

/** The codes met in most training rows, most first, cut to `limit`; then ascending. */
function commonTags(column: Extract<Column, { kind: 'tags' }>, rows: Int32Array, limit: number): Int32Array {
  const counts = new Int32Array(column.names.length);
  for (const row of rows)
    for (let at = column.offsets[row]; at < column.offsets[row + 1]; at++) counts[column.codes[at]]++;
  const met = Int32Array.from(counts.keys()).filter((code) => counts[code] > 0);
  return met
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, limit)
    .sort();
}

function fitOne(
  { name, column }: Feature,
  rows: Int32Array,
  label: Float32Array,
  settings: TreeFeatureSettings,
): TreeFeature {
  const none: TreeFeature = {
    name,
    kind: column.kind,
    levels: false,
    encoding: null,
    tags: new Int32Array(0),
    width: 0,
    columns: [],
  };
  switch (column.kind) {
    case 'category': {
      const use = name === 'user.id' || name === 'item.id' ? settings.ids : settings.categories;
      const levels = use === 'categorical' || use === 'both';
      const encoded = use === 'target-encoded' || use === 'both';
      const encoding = encoded
        ? labelStatistics(column.codes, column.names.length, rows, label, settings.smoothing)
        : null;
      return {
        ...none,
        levels,
        encoding,
        columns: [...(levels ? [name] : []), ...(encoded ? [`${name} (mean label)`] : [])],
      };
    }
    case 'tags': {
      const tags = commonTags(column, rows, settings.maximumTags);
      return { ...none, tags, columns: Array.from(tags, (code) => `${name}: ${column.names[code]}`) };
    }
    case 'vector':
      return {
        ...none,
        width: column.width,
        columns: Array.from({ length: column.width }, (_, at) => `${name}[${at}]`),
      };
    case 'number':
      return { ...none, columns: [name] };
    default:
      return none;
  }
}

/** Learns from the training rows how features become columns. Free text becomes none. */
export function fitTreeFeatures(
  features: readonly Feature[],
  rows: Int32Array,
  label: Float32Array,
  settings: TreeFeatureSettings,
): TreeFeature[] {
  return features.map((feature) => fitOne(feature, rows, label, settings));
}

/** 1 for every column that holds levels of a category. */
export function levelColumns(features: readonly TreeFeature[]): Uint8Array {
  return Uint8Array.from(features.flatMap(({ columns, levels }) => columns.map((_, at) => Number(levels && at === 0))));
}

function tagColumn(column: Extract<Column, { kind: 'tags' }>, code: number, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    for (let at = column.offsets[rows[i]]; at < column.offsets[rows[i] + 1]; at++)
      if (column.codes[at] === code) out[i] = 1;
  }
  return out;
}

function columnsOf(
  column: Column,
  fitted: TreeFeature,
  rows: Int32Array,
  leaveOut: boolean,
): (Float64Array | Float32Array | Int32Array)[] {
  switch (column.kind) {
    case 'number':
      return [Float64Array.from(rows, (row) => column.values[row])];
    case 'category': {
      const codes = Int32Array.from(rows, (row) => column.codes[row]);
      // The i-th training row belongs to fold i % folds, as while fitting.
      const fold = leaveOut ? codes.map((_, i) => i % folds) : null;
      return [
        ...(fitted.levels ? [codes] : []),
        ...(fitted.encoding === null ? [] : [encodeTarget(fitted.encoding, codes, fold)]),
      ];
    }
    case 'tags':
      return Array.from(fitted.tags, (code) => tagColumn(column, code, rows));
    case 'vector':
      return Array.from({ length: fitted.width }, (_, at) =>
        Float32Array.from(rows, (row) => column.values[row * column.width + at]),
      );
    default:
      return [];
  }
}

/**
 * The columns for trees of some rows of the features.
 * @param leaveOut whether `rows` are the very training rows that were fitted on: then each is encoded without its own fold
 */
export function treeColumns(
  features: readonly Feature[],
  fitted: readonly TreeFeature[],
  rows: Int32Array,
  leaveOut: boolean,
): (Float64Array | Float32Array | Int32Array)[] {
  return features.flatMap(({ column }, at) => columnsOf(column, fitted[at], rows, leaveOut));
}
