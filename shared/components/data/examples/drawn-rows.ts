/** Labelled rows before features are joined to them. */
export interface DrawnRows {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** Row of the events or impressions that each row was made from, or -1 for a drawn negative. */
  readonly source: Int32Array;
  /** Training row of events or impressions whose label a fitted feature must leave out, or -1. */
  readonly trainRow: Int32Array;
  readonly label: Float32Array;
  /** 0 train, 1 validation, 2 test. */
  readonly part: Uint8Array;
  readonly time: Float64Array;
  /** Rows of one key are ranked together. */
  readonly key: Int32Array;
  readonly weight: Float32Array | null;
  /** For people. */
  readonly labelling: string;
}

/** Order of the rows: by part, then by key, otherwise as they came. O(rows log rows). */
export function groupedOrder(part: Uint8Array, key: Int32Array): Int32Array {
  const order = Int32Array.from({ length: part.length }, (_, row) => row);
  return order.sort((a, b) => part[a] - part[b] || key[a] - key[b] || a - b);
}

/** Numbers the groups of rows in that order: 0, 1, … in order of appearance. */
export function groupNumbers(order: Int32Array, part: Uint8Array, key: Int32Array): Int32Array {
  const group = new Int32Array(order.length);
  for (let i = 1; i < order.length; i++) {
    const same = part[order[i]] === part[order[i - 1]] && key[order[i]] === key[order[i - 1]];
    group[i] = group[i - 1] + (same ? 0 : 1);
  }
  return group;
}

/** Entries of an array in the order of `order`. */
export function picked<T extends Float32Array | Float64Array | Int32Array | Uint8Array>(
  values: T,
  order: Int32Array,
): T {
  const Maker = values.constructor as new (length: number) => T;
  const out = new Maker(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}

/** The rows in the order of `order`. */
export function reordered(rows: DrawnRows, order: Int32Array): DrawnRows {
  return {
    user: picked(rows.user, order),
    item: picked(rows.item, order),
    source: picked(rows.source, order),
    trainRow: picked(rows.trainRow, order),
    label: picked(rows.label, order),
    part: picked(rows.part, order),
    time: picked(rows.time, order),
    key: picked(rows.key, order),
    weight: rows.weight === null ? null : picked(rows.weight, order),
    labelling: rows.labelling,
  };
}
