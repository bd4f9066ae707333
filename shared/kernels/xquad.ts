/**
 * xQuAD (Santos, Macdonald & Ounis, WWW 2010): picks, one after another,
 * argmax (1 - λ) · relevance(i) + λ · Σ_c P(c|u) P(i|c) Π over picked j of (1 - P(j|c)).
 * Candidate i has categories[offsets[i] .. offsets[i + 1]) with `coverage` P(i|c) beside each; `interest` is P(c|u).
 * Writes positions to `out` (its length is how many are wanted) and returns how many were picked. Ties go to the
 * earlier candidate. O(picks · category entries).
 */
export function selectXquadInto(
  out: Int32Array,
  relevance: Float64Array,
  offsets: Int32Array,
  categories: Int32Array,
  coverage: Float64Array,
  interest: Float64Array,
  lambda: number,
): number {
  const candidates = relevance.length;
  const wanted = Math.min(out.length, candidates);
  const taken = new Uint8Array(candidates);
  const uncovered = Float64Array.from(interest); // P(c|u) Π (1 - P(j|c))
  for (let pick = 0; pick < wanted; pick++) {
    let best = -1;
    let bestValue = -Infinity;
    for (let i = 0; i < candidates; i++) {
      if (taken[i] === 1) continue;
      let novelty = 0;
      for (let c = offsets[i]; c < offsets[i + 1]; c++) novelty += uncovered[categories[c]] * coverage[c];
      const value = (1 - lambda) * relevance[i] + lambda * novelty;
      if (value > bestValue || best < 0) {
        best = i;
        bestValue = value;
      }
    }
    out[pick] = best;
    taken[best] = 1;
    for (let c = offsets[best]; c < offsets[best + 1]; c++) uncovered[categories[c]] *= 1 - coverage[c];
  }
  return wanted;
}
