import type { Candidates, Examples, Feature } from '#shared/contract/values.ts';
import { rearranged } from './candidate-lists.ts';
import { describePairs } from './pair-features.ts';

/** User of every candidate, in the order of its items. */
function usersOf(candidates: Candidates): Int32Array {
  const user = new Int32Array(candidates.items.length);
  for (let r = 0; r < candidates.requests.user.length; r++) {
    user.fill(candidates.requests.user[r], candidates.offsets[r], candidates.offsets[r + 1]);
  }
  return user;
}

/**
 * The features of candidates, the same ones and in the same order as those of the examples that a ranker was trained
 * on. Columns are read from the examples' data set: candidates may come from a split without the derived ones.
 */
function describeCandidates(examples: Examples, candidates: Candidates): Feature[] {
  return describePairs(examples.split, examples.features, {
    rows: candidates.items.length,
    user: usersOf(candidates),
    item: candidates.items,
    event: null,
    context: null,
    trainRow: null,
    score: candidates.scores,
  });
}

/**
 * What a ranker answers: its examples with predictions, and the candidates that are wired to it in the order of their scores.
 * `score` scores rows by their features; `probability` says whether its scores are probabilities.
 */
export function rankedBy(
  { examples, candidates }: { readonly examples: Examples; readonly candidates: Candidates | undefined },
  probability: boolean,
  score: (features: readonly Feature[], rows: number) => Float32Array,
): { examples: Examples; candidates: Candidates } {
  return {
    examples: { ...examples, prediction: score(examples.features, examples.rows), probability },
    candidates:
      candidates === undefined
        ? noCandidates(examples)
        : ranked(candidates, score(describeCandidates(examples, candidates), candidates.items.length)),
  };
}

/** The candidates in the order of new scores, best first; ties keep the order they came in. */
export function ranked(candidates: Candidates, scores: Float32Array): Candidates {
  const chosen = new Int32Array(candidates.items.length);
  for (let at = 0; at < chosen.length; at++) chosen[at] = at;
  for (let r = 0; r < candidates.requests.user.length; r++) {
    chosen.subarray(candidates.offsets[r], candidates.offsets[r + 1]).sort((a, b) => scores[b] - scores[a] || a - b);
  }
  const sorted = new Float32Array(chosen.length);
  for (let at = 0; at < chosen.length; at++) sorted[at] = scores[chosen[at]];
  return rearranged(candidates, candidates.offsets, chosen, { scores: sorted });
}

/** Candidates for nobody: what a ranker gives where none are wired to it. */
export function noCandidates(examples: Examples): Candidates {
  return {
    type: 'candidates',
    split: examples.split,
    requests: { user: new Int32Array(0), time: new Float64Array(0), part: new Uint8Array(0) },
    offsets: new Int32Array(1),
    items: new Int32Array(0),
    scores: new Float32Array(0),
    sources: [],
    source: new Uint32Array(0),
    propensity: null,
    reason: null,
    reasons: [],
  };
}
