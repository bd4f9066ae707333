import type { TagsColumn, TargetColumn } from '#shared/contract/values.ts';

/** Labelled rows that statistics are taken from. */
export interface LabelledRowsOf {
  /** Row of the events, impressions or flat table: decides the fold (row % folds). */
  readonly rows: Int32Array;
  /** Label of each of `rows`; NaN where it has none. */
  readonly label: ArrayLike<number>;
  /** Row in the entity table that each of `rows` belongs to; -1 for none. */
  readonly entity: Int32Array;
}

export interface EncodingSettings {
  readonly folds: number;
  readonly smoothing: number;
}

/**
 * Label statistics of the names that entities carry, handed back to the entities: entity e gets the sums over its
 * names, each taken over all rows whose entity carries that name. With one name of its own per entity these are the
 * statistics of the entity itself. Formula of the encoding: see TargetColumn.
 */
export function targetStatistics(
  names: TagsColumn,
  { rows, label, entity }: LabelledRowsOf,
  { folds, smoothing }: EncodingSettings,
): TargetColumn {
  const nameSums = new Float64Array(names.names.length * folds);
  const nameCounts = new Float64Array(names.names.length * folds);
  let total = 0;
  let labelled = 0;
  for (let i = 0; i < rows.length; i++) {
    if (Number.isNaN(label[i]) || entity[i] < 0) continue;
    total += label[i];
    labelled++;
    for (let at = names.offsets[entity[i]]; at < names.offsets[entity[i] + 1]; at++) {
      const cell = names.codes[at] * folds + (rows[i] % folds);
      nameSums[cell] += label[i];
      nameCounts[cell]++;
    }
  }
  const entities = names.offsets.length - 1;
  const sums = new Float64Array(entities * folds);
  const counts = new Float64Array(entities * folds);
  for (let e = 0; e < entities; e++) {
    for (let at = names.offsets[e]; at < names.offsets[e + 1]; at++) {
      for (let f = 0; f < folds; f++) {
        sums[e * folds + f] += nameSums[names.codes[at] * folds + f];
        counts[e * folds + f] += nameCounts[names.codes[at] * folds + f];
      }
    }
  }
  return { kind: 'target', folds, sums, counts, prior: labelled === 0 ? 0 : total / labelled, smoothing };
}

/** One name of its own for each of `count` entities. */
export function ownNames(count: number): TagsColumn {
  const offsets = Int32Array.from({ length: count + 1 }, (_, e) => e);
  return {
    kind: 'tags',
    offsets,
    codes: offsets.slice(0, count),
    names: Array.from(offsets.subarray(0, count), String),
  };
}
