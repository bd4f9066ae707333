/*
 * Items with categories as compressed rows: the categories of item i are
 * categories[offsets[i] .. offsets[i + 1]), each in [0, categoryCount), without repeats.
 */

/**
 * Σ_{i<j} cosine of multi-hot category vectors over a list, divided by the number of pairs.
 * By |Σ v|² = Σ|v|² + 2 Σ_{i<j} v_i·v_j with unit vectors v, hence linear in the list. Items without category are
 * alike to nothing. `sum` is scratch of categoryCount zeros and is left zero. NaN for fewer than two items.
 */
function meanPairwiseCosine(
  list: Int32Array,
  start: number,
  end: number,
  offsets: Int32Array,
  categories: Int32Array,
  sum: Float64Array,
): number {
  let own = 0;
  for (let at = start; at < end; at++) {
    const from = offsets[list[at]];
    const to = offsets[list[at] + 1];
    if (from === to) continue;
    const entry = 1 / Math.sqrt(to - from);
    for (let c = from; c < to; c++) sum[categories[c]] += entry;
    own++;
  }
  let square = 0;
  for (let at = start; at < end; at++) {
    for (let c = offsets[list[at]]; c < offsets[list[at] + 1]; c++) {
      square += sum[categories[c]] * sum[categories[c]];
      sum[categories[c]] = 0;
    }
  }
  const length = end - start;
  return (square - own) / (length * (length - 1));
}

/** Intra-list diversity: 1 - mean pairwise cosine of the items' category vectors. NaN for fewer than two items. */
export function intraListDiversity(
  list: Int32Array,
  start: number,
  end: number,
  offsets: Int32Array,
  categories: Int32Array,
  scratch: Float64Array,
): number {
  return 1 - meanPairwiseCosine(list, start, end, offsets, categories, scratch);
}

/** Adds the unit category vectors of a list, divided by the list's length, into `out` (a mean direction). */
export function meanCategoryVectorInto(
  out: Float64Array,
  list: Int32Array,
  start: number,
  end: number,
  offsets: Int32Array,
  categories: Int32Array,
): void {
  for (let at = start; at < end; at++) {
    const from = offsets[list[at]];
    const to = offsets[list[at] + 1];
    const entry = 1 / (Math.sqrt(to - from) * (end - start));
    for (let c = from; c < to; c++) out[categories[c]] += entry;
  }
}

/**
 * Serendipity of a list: mean over it of (1 - mean cosine to the history) for relevant items, 0 for others
 * (recommenders' `user_item_serendipity`). `history` is the mean category vector of the user's past. NaN when empty.
 */
export function serendipity(
  list: Int32Array,
  start: number,
  end: number,
  gains: Float64Array,
  history: Float64Array,
  offsets: Int32Array,
  categories: Int32Array,
): number {
  let sum = 0;
  for (let at = start; at < end; at++) {
    if (!(gains[at - start] > 0)) continue;
    const from = offsets[list[at]];
    const to = offsets[list[at] + 1];
    let cosine = 0;
    for (let c = from; c < to; c++) cosine += history[categories[c]];
    sum += 1 - (to > from ? cosine / Math.sqrt(to - from) : 0);
  }
  return sum / (end - start);
}

/**
 * Adds `weight` per item of a list to `out`, each item spreading it evenly over its categories; returns the weight
 * that was spread (items without category spread none). Divide by it for the shares of Steck's p and q.
 */
export function categorySharesInto(
  out: Float64Array,
  list: Int32Array,
  start: number,
  end: number,
  offsets: Int32Array,
  categories: Int32Array,
  weights?: Float64Array,
): number {
  let total = 0;
  for (let at = start; at < end; at++) {
    const from = offsets[list[at]];
    const to = offsets[list[at] + 1];
    if (from === to) continue;
    const weight = weights === undefined ? 1 : weights[at - start];
    for (let c = from; c < to; c++) out[categories[c]] += weight / (to - from);
    total += weight;
  }
  return total;
}

/** Divides in place by `total`; leaves zeros where `total` is 0. */
export function scaleToShares(values: Float64Array, total: number): Float64Array {
  if (total > 0) for (let i = 0; i < values.length; i++) values[i] /= total;
  return values;
}
