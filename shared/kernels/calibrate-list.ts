/**
 * Calibrated re-ranking (Steck, RecSys 2018): picks, one after another, the candidate that makes
 * (1 - λ) Σ relevance - λ · C(p, q) largest, C = Σ_c p ln(p / ((1 - a) q + a p)), q the category shares of the list
 * so far, each item spreading its weight evenly over its categories[offsets[i] .. offsets[i + 1]).
 * `wanted` is p (sums to 1, or all zero: then relevance alone decides). `rankWeights[r]` weighs rank r in q.
 * Writes positions to `out` (its length is how many are wanted) and returns how many were picked. Ties go to the
 * earlier candidate. O(picks · category entries · log), by updating only the categories an item touches.
 */
export function selectCalibratedInto(
  out: Int32Array,
  relevance: Float64Array,
  offsets: Int32Array,
  categories: Int32Array,
  wanted: Float64Array,
  rankWeights: Float64Array,
  lambda: number,
  smoothing: number,
): number {
  const candidates = relevance.length;
  const count = Math.min(out.length, candidates);
  const taken = new Uint8Array(candidates);
  const shown = new Float64Array(wanted.length);
  let spread = 0;
  for (let pick = 0; pick < count; pick++) {
    const weight = rankWeights[pick];
    // Two totals are possible at this rank: with the item's weight in it, or without, if it has no category.
    const withItem = divergenceTerms(wanted, shown, spread + weight, smoothing);
    const withoutItem = divergenceTerms(wanted, shown, spread, smoothing);
    const sumWith = sum(withItem);
    const sumWithout = sum(withoutItem);
    let best = -1;
    let bestValue = -Infinity;
    for (let i = 0; i < candidates; i++) {
      if (taken[i] === 1) continue;
      const from = offsets[i];
      const to = offsets[i + 1];
      let divergence = from === to ? sumWithout : sumWith;
      for (let at = from; at < to; at++) {
        const c = categories[at];
        if (wanted[c] <= 0) continue;
        const share = (shown[c] + weight / (to - from)) / (spread + weight);
        divergence += term(wanted[c], share, smoothing) - withItem[c];
      }
      const value = (1 - lambda) * relevance[i] - lambda * divergence;
      if (value > bestValue || best < 0) {
        best = i;
        bestValue = value;
      }
    }
    out[pick] = best;
    taken[best] = 1;
    const own = offsets[best + 1] - offsets[best];
    for (let at = offsets[best]; at < offsets[best + 1]; at++) shown[categories[at]] += weight / own;
    if (own > 0) spread += weight;
  }
  return count;
}

/** p ln(p / ((1 - a) q + a p)). */
function term(p: number, q: number, smoothing: number): number {
  return p * Math.log(p / ((1 - smoothing) * q + smoothing * p));
}

/** Terms of C for the unscaled category sums `shown` over `total`. */
function divergenceTerms(wanted: Float64Array, shown: Float64Array, total: number, smoothing: number): Float64Array {
  const out = new Float64Array(wanted.length);
  for (let c = 0; c < wanted.length; c++) {
    if (wanted[c] > 0) out[c] = term(wanted[c], total > 0 ? shown[c] / total : 0, smoothing);
  }
  return out;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
