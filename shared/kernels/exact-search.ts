import type { TopHeap } from './topk.ts';

/** Dot product of `size` numbers of two tables, from places `l` and `r`; four sums, so that one addition need not wait for the last. */
export function dotBetween(left: Float32Array, l: number, right: Float32Array, r: number, size: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= size; k += 4) {
    s0 += left[l + k] * right[r + k];
    s1 += left[l + k + 1] * right[r + k + 1];
    s2 += left[l + k + 2] * right[r + k + 2];
    s3 += left[l + k + 3] * right[r + k + 3];
  }
  for (; k < size; k++) s0 += left[l + k] * right[r + k];
  return s0 + s1 + (s2 + s3);
}

/**
 * out[c] = row rows[c] of `table` · query, for the first `count` entries of `rows`; the query is read from `place`, `size` numbers.
 * Four rows at a time share the loads of the query: twice as fast as one by one.
 */
export function dotRowsInto(
  out: Float64Array,
  table: Float32Array,
  rows: Int32Array,
  count: number,
  query: Float32Array,
  place: number,
  size: number,
): void {
  let c = 0;
  for (; c + 4 <= count; c += 4) {
    const r0 = rows[c] * size;
    const r1 = rows[c + 1] * size;
    const r2 = rows[c + 2] * size;
    const r3 = rows[c + 3] * size;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < size; k++) {
      const x = query[place + k];
      s0 += table[r0 + k] * x;
      s1 += table[r1 + k] * x;
      s2 += table[r2 + k] * x;
      s3 += table[r3 + k] * x;
    }
    out[c] = s0;
    out[c + 1] = s1;
    out[c + 2] = s2;
    out[c + 3] = s3;
  }
  // The same order of additions as above, so that equal vectors tie wherever they stand.
  for (; c < count; c++) {
    const start = rows[c] * size;
    let sum = 0;
    for (let k = 0; k < size; k++) sum += table[start + k] * query[place + k];
    out[c] = sum;
  }
}

/** What a scan leaves out or adds; both have one entry per row of the table. */
export interface ScanTerms {
  /** Added to the score of a row. */
  readonly biases?: Float32Array;
  /** Rows with a number other than 0 are left out. */
  readonly masked?: Uint8Array;
}

/**
 * scores[r] = table[r] · query for rows [from, to), written to out[0 .. to - from). Four rows at a time share the loads of the query:
 * twice as fast as one by one.
 */
export function scoreRowsInto(
  out: Float64Array,
  table: Float32Array,
  query: Float32Array,
  from: number,
  to: number,
): void {
  const size = query.length;
  let r = from;
  for (; r + 4 <= to; r += 4) {
    const r0 = r * size;
    const r1 = r0 + size;
    const r2 = r1 + size;
    const r3 = r2 + size;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < size; k++) {
      const x = query[k];
      s0 += table[r0 + k] * x;
      s1 += table[r1 + k] * x;
      s2 += table[r2 + k] * x;
      s3 += table[r3 + k] * x;
    }
    const place = r - from;
    out[place] = s0;
    out[place + 1] = s1;
    out[place + 2] = s2;
    out[place + 3] = s3;
  }
  // The same order of additions as above, so that equal vectors tie wherever they stand.
  for (; r < to; r++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += table[r * size + k] * query[k];
    out[r - from] = sum;
  }
}

/** Rows scored before they are offered: 8 KB of scores stay in the first-level cache. */
const SCAN_BLOCK = 1024;

/**
 * Exact maximum inner product search: fills `heap` with the rows of `table` (row-major, rows of `query.length`) that have the largest
 * table[r] · query (+ bias), best first. One pass over the table, O(rows · size). Returns how many were kept.
 */
export function scanTop(heap: TopHeap, table: Float32Array, query: Float32Array, terms: ScanTerms = {}): number {
  const rows = table.length / query.length;
  const { biases, masked } = terms;
  const scores = new Float64Array(SCAN_BLOCK);
  heap.reset();
  for (let from = 0; from < rows; from += SCAN_BLOCK) {
    const to = Math.min(rows, from + SCAN_BLOCK);
    scoreRowsInto(scores, table, query, from, to);
    for (let r = from; r < to; r++) {
      if (masked !== undefined && masked[r] !== 0) continue;
      const score = biases === undefined ? scores[r - from] : scores[r - from] + biases[r];
      heap.offer(r, score);
    }
  }
  heap.sort();
  return heap.size;
}

/** Divides each row of a table by its Euclidean length, in place; rows of zeros stay. Dot products become cosines. */
export function normaliseRows(table: Float32Array, size: number): void {
  for (let start = 0; start < table.length; start += size) {
    let square = 0;
    for (let k = start; k < start + size; k++) square += table[k] * table[k];
    if (square === 0) continue;
    const scale = 1 / Math.sqrt(square);
    for (let k = start; k < start + size; k++) table[k] *= scale;
  }
}
