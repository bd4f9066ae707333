import { rowDot } from './normalise-scores.ts';

/**
 * Maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): picks, one after another,
 * argmax λ · relevance(i) - (1 - λ) · max over picked j of sim(i, j), and writes positions to `out` (its length is
 * how many are wanted). Returns how many were picked: min(out.length, candidates).
 * `relevance` should be normalised to [0, 1]; `vectors` holds unit rows, sim = their dot product. Ties go to the
 * earlier candidate. Only the `window` last picks count as picked. O(picks · candidates · dimensions).
 */
export function selectMmrInto(
  out: Int32Array,
  relevance: Float64Array,
  vectors: Float64Array,
  dimensions: number,
  lambda: number,
  window = Infinity,
): number {
  const candidates = relevance.length;
  const wanted = Math.min(out.length, candidates);
  const taken = new Uint8Array(candidates);
  // Closest picked item so far. Before the first pick nothing is similar to anything.
  const closest = new Float64Array(candidates);
  for (let pick = 0; pick < wanted; pick++) {
    let best = -1;
    let bestValue = -Infinity;
    for (let i = 0; i < candidates; i++) {
      if (taken[i] === 1) continue;
      const value = lambda * relevance[i] - (1 - lambda) * closest[i];
      if (value > bestValue || best < 0) {
        best = i;
        bestValue = value;
      }
    }
    out[pick] = best;
    taken[best] = 1;
    const first = Math.max(0, pick + 1 - window);
    if (first === 0) raiseClosest(closest, best, vectors, dimensions, pick === 0);
    else {
      // A pick has left the window: the maximum cannot be taken back, so it is formed anew.
      for (let at = first; at <= pick; at++) raiseClosest(closest, out[at], vectors, dimensions, at === first);
    }
  }
  return wanted;
}

/** closest[i] = max(closest[i], sim(i, picked)), or just the similarity when `fresh`. */
function raiseClosest(
  closest: Float64Array,
  picked: number,
  vectors: Float64Array,
  dimensions: number,
  fresh: boolean,
): void {
  for (let i = 0; i < closest.length; i++) {
    const similarity = rowDot(vectors, dimensions, picked, i);
    if (fresh || similarity > closest[i]) closest[i] = similarity;
  }
}
