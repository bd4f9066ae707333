/*
 * Metrics of one ranked list. Every function reads the same view of a list:
 *   gains[r]  grade of the item at rank r (0-based), 0 or less where it is not relevant
 *   length    items in the list (it may be shorter than k)
 *   relevant  |T|, relevant items of the user or query, in the list or not; at least 1
 *   k         cut-off, at least 1
 * Libraries disagree on denominators and gains; each dialect is a function of its own name.
 */

const TABLE = 1024;
const DISCOUNTS = Float64Array.from({ length: TABLE }, (_, rank) => 1 / Math.log2(rank + 2));

/** Discount of DCG at 0-based `rank`: 1 / log2(rank + 2). */
export function rankDiscount(rank: number): number {
  return rank < TABLE ? DISCOUNTS[rank] : 1 / Math.log2(rank + 2);
}

/** Grades along list[start..end): out[r] = grades[list[start + r]]; `grades` is indexed by item. Returns the length. */
export function gainsAlongInto(
  out: Float64Array,
  list: Int32Array,
  start: number,
  end: number,
  grades: Float64Array,
): number {
  for (let at = start; at < end; at++) out[at - start] = grades[list[at]];
  return end - start;
}

/** Relevant items among the first min(k, length). */
function hitsAt(gains: Float64Array, length: number, k: number): number {
  const depth = Math.min(k, length);
  let hits = 0;
  for (let rank = 0; rank < depth; rank++) if (gains[rank] > 0) hits++;
  return hits;
}

/** Recall@k: hits / |T| (RecBole, Cornac, recommenders, Elliot). */
export function recallAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  return hitsAt(gains, length, k) / relevant;
}

/** Capped recall@k: hits / min(|T|, k) (LensKit's recall; reaches 1 for a perfect list). */
export function recallCappedAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  return hitsAt(gains, length, k) / Math.min(relevant, k);
}

/** Precision@k: hits / k, a short list is punished (RecBole, Cornac, recommenders, Elliot). */
export function precisionAt(gains: Float64Array, length: number, _relevant: number, k: number): number {
  return hitsAt(gains, length, k) / k;
}

/** Precision over what was returned: hits / min(length, k) (LensKit); 0 for an empty list. */
export function precisionReturnedAt(gains: Float64Array, length: number, _relevant: number, k: number): number {
  return length === 0 ? 0 : hitsAt(gains, length, k) / Math.min(length, k);
}

/** Hit@k: 1 if any relevant item is among the first k. */
export function hitAt(gains: Float64Array, length: number, _relevant: number, k: number): number {
  return hitsAt(gains, length, k) > 0 ? 1 : 0;
}

/** Reciprocal rank@k: 1 / rank of the first relevant item (1-based), 0 if there is none in the first k. */
export function reciprocalRankAt(gains: Float64Array, length: number, _relevant: number, k: number): number {
  const depth = Math.min(k, length);
  for (let rank = 0; rank < depth; rank++) if (gains[rank] > 0) return 1 / (rank + 1);
  return 0;
}

/** Σ over relevant ranks r < k of precision@(r+1): the numerator of every average precision. */
function precisionSum(gains: Float64Array, length: number, k: number): number {
  const depth = Math.min(k, length);
  let hits = 0;
  let sum = 0;
  for (let rank = 0; rank < depth; rank++) if (gains[rank] > 0) sum += ++hits / (rank + 1);
  return sum;
}

/** Average precision@k, Σ / min(|T|, k) (RecBole, implicit, recommenders' `map_at_k`). */
export function averagePrecisionAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  return precisionSum(gains, length, k) / Math.min(relevant, k);
}

/** Average precision@k, Σ / |T| (recommenders' `map`). */
export function averagePrecisionAllAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  return precisionSum(gains, length, k) / relevant;
}

/** Average precision@k, Σ / min(|T|, list length) (LensKit); 0 for an empty list. */
export function averagePrecisionReturnedAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  const depth = Math.min(k, length);
  return depth === 0 ? 0 : precisionSum(gains, length, k) / Math.min(relevant, depth);
}

/** Mean of precision@1 … precision@k (Elliot's MAP: ranks without a hit count too). */
export function meanPrecisionAt(gains: Float64Array, length: number, _relevant: number, k: number): number {
  let hits = 0;
  let sum = 0;
  for (let rank = 0; rank < k; rank++) {
    if (rank < length && gains[rank] > 0) hits++;
    sum += hits / (rank + 1);
  }
  return sum / k;
}

/** NDCG@k with gain 1 per relevant item; the ideal list holds min(|T|, k) of them (RecBole, implicit, Cornac). */
export function ndcgAt(gains: Float64Array, length: number, relevant: number, k: number): number {
  const depth = Math.min(k, length);
  let dcg = 0;
  for (let rank = 0; rank < depth; rank++) if (gains[rank] > 0) dcg += rankDiscount(rank);
  let ideal = 0;
  for (let rank = Math.min(relevant, k) - 1; rank >= 0; rank--) ideal += rankDiscount(rank);
  return dcg / ideal;
}

/** DCG@k with the grade itself as gain, clipped at 0: Σ max(g, 0) / log2(rank + 2). */
function dcgRawAt(gains: Float64Array, length: number, k: number): number {
  const depth = Math.min(k, length);
  let sum = 0;
  for (let rank = 0; rank < depth; rank++) if (gains[rank] > 0) sum += gains[rank] * rankDiscount(rank);
  return sum;
}

/** DCG@k with exponential gain: Σ (2^(g - shift) - 1) / log2(rank + 2) over grades above `shift`. */
function dcgExponentialAt(gains: Float64Array, length: number, k: number, shift: number): number {
  const depth = Math.min(k, length);
  let sum = 0;
  for (let rank = 0; rank < depth; rank++) {
    if (gains[rank] > shift) sum += (Math.pow(2, gains[rank] - shift) - 1) * rankDiscount(rank);
  }
  return sum;
}

/** NDCG@k with raw gains; `ideal` holds the grades of all relevant items, largest first (recommenders "raw"). */
export function ndcgRawAt(gains: Float64Array, length: number, ideal: Float64Array, k: number): number {
  const best = dcgRawAt(ideal, ideal.length, k);
  return best > 0 ? dcgRawAt(gains, length, k) / best : 0;
}

/**
 * NDCG@k with gain 2^(g - shift) - 1; `ideal` holds the grades of all relevant items, largest first.
 * shift 0: recommenders "exp", LightGBM. shift = threshold - 1: Elliot.
 */
export function ndcgExponentialAt(
  gains: Float64Array,
  length: number,
  ideal: Float64Array,
  k: number,
  shift: number,
): number {
  const best = dcgExponentialAt(ideal, ideal.length, k, shift);
  return best > 0 ? dcgExponentialAt(gains, length, k, shift) / best : 0;
}

/** DCG@k with the discount of Järvelin & Kekäläinen (2002), which starts after rank 2: 1 / log2(max(2, rank)), rank from 1. */
function dcgLateAt(gains: Float64Array, length: number, k: number, graded: boolean): number {
  const depth = Math.min(k, length);
  let sum = 0;
  for (let rank = 0; rank < depth; rank++) {
    if (gains[rank] > 0) sum += (graded ? gains[rank] : 1) * rankDiscount(Math.max(0, rank - 1));
  }
  return sum;
}

/** NDCG@k as LensKit has it: ranks 1 and 2 count alike. `ideal` holds the grades of all relevant items, largest first. */
export function ndcgLateAt(
  gains: Float64Array,
  length: number,
  ideal: Float64Array,
  k: number,
  graded: boolean,
): number {
  const best = dcgLateAt(ideal, ideal.length, k, graded);
  return best > 0 ? dcgLateAt(gains, length, k, graded) / best : 0;
}

/**
 * implicit's `AUC@k` of one list over a catalogue: pairs below the cut-off are counted as half won. Places that a short
 * list does not have belong to what is below; implicit itself fills them with misses.
 * `candidates` is the number of items that could have been ranked; NaN without negatives.
 */
export function listAucAt(
  gains: Float64Array,
  length: number,
  relevant: number,
  k: number,
  candidates: number,
): number {
  const depth = Math.min(k, length);
  const negatives = candidates - relevant;
  let hits = 0;
  let won = 0;
  for (let rank = 0; rank < depth; rank++) {
    if (gains[rank] > 0) hits++;
    else won += hits;
  }
  const misses = depth - hits;
  won += ((hits + relevant) / 2) * (negatives - misses);
  return negatives > 0 ? won / (relevant * negatives) : NaN;
}
