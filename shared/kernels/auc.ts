/*
 * Area under the ROC curve as the probability that a positive scores above a negative.
 * labels[i] > 0 marks a positive. Scores must not be NaN.
 */

/** Scores of one class, ascending. */
export function classScores(scores: ArrayLike<number>, labels: ArrayLike<number>, positive: boolean): Float64Array {
  let count = 0;
  for (let i = 0; i < scores.length; i++) if (labels[i] > 0 === positive) count++;
  const out = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < scores.length; i++) if (labels[i] > 0 === positive) out[at++] = scores[i];
  return out.sort();
}

/** Σ over positives of #{negatives below} + tie · #{negatives equal}, both sorted ascending. */
function pairsWon(positives: Float64Array, negatives: Float64Array, tie: number): number {
  let below = 0;
  let upTo = 0;
  let won = 0;
  for (let i = 0; i < positives.length; i++) {
    const score = positives[i];
    while (below < negatives.length && negatives[below] < score) below++;
    if (upTo < below) upTo = below;
    while (upTo < negatives.length && negatives[upTo] === score) upTo++;
    won += below + tie * (upTo - below);
  }
  return won;
}

/** AUC with ties at half (Mann-Whitney; RecBole, scikit-learn). NaN when a class is missing. O(n log n). */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives = classScores(scores, labels, true);
  const negatives = classScores(scores, labels, false);
  return pairsWon(positives, negatives, 0.5) / (positives.length * negatives.length);
}

/** AUC with ties at 0: a positive must beat a negative strictly (Cornac). NaN when a class is missing. */
export function aucStrict(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives = classScores(scores, labels, true);
  const negatives = classScores(scores, labels, false);
  return pairsWon(positives, negatives, 0) / (positives.length * negatives.length);
}

/** AUC per group and what it was made of. Arrays are indexed by group. */
export interface GroupAuc {
  /** AUC within the group, ties at half; NaN where a class is missing. */
  readonly value: Float64Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** AUC within each group (user); `groups[i]` is in [0, groupCount). O(n log n) over all groups together. */
export function aucByGroup(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: Int32Array,
  groupCount: number,
): GroupAuc {
  const positives = new Int32Array(groupCount);
  const negatives = new Int32Array(groupCount);
  for (let i = 0; i < groups.length; i++) (labels[i] > 0 ? positives : negatives)[groups[i]]++;
  const offsets = new Int32Array(groupCount + 1);
  for (let g = 0; g < groupCount; g++) offsets[g + 1] = offsets[g] + positives[g] + negatives[g];
  // Each group's block holds its positives first, then its negatives.
  const sorted = new Float64Array(groups.length);
  const nextPositive = offsets.slice(0, groupCount);
  const nextNegative = new Int32Array(groupCount);
  for (let g = 0; g < groupCount; g++) nextNegative[g] = offsets[g] + positives[g];
  for (let i = 0; i < groups.length; i++)
    sorted[(labels[i] > 0 ? nextPositive : nextNegative)[groups[i]]++] = scores[i];
  const value = new Float64Array(groupCount);
  for (let g = 0; g < groupCount; g++) {
    const middle = offsets[g] + positives[g];
    const won = pairsWon(
      sorted.subarray(offsets[g], middle).sort(),
      sorted.subarray(middle, offsets[g + 1]).sort(),
      0.5,
    );
    value[g] = won / (positives[g] * negatives[g]);
  }
  return { value, positives, negatives };
}

/** How groups are weighed in one number: alike, by positives (RecBole's GAUC), or by examples (GAUC of the DIN paper). */
export type GroupWeighting = 'uniform' | 'positives' | 'examples';

/** Weights of the groups of `groupAuc`; 0 where the AUC is undefined. */
export function groupAucWeights(groupAuc: GroupAuc, weighting: GroupWeighting): Float64Array {
  return groupAuc.value.map((value, group) => {
    if (Number.isNaN(value)) return 0;
    if (weighting === 'uniform') return 1;
    return groupAuc.positives[group] + (weighting === 'examples' ? groupAuc.negatives[group] : 0);
  });
}

/** Weighted mean of the per-group AUC over groups that have both classes; NaN when none has. */
export function groupedAuc(groupAuc: GroupAuc, weighting: GroupWeighting): number {
  const weights = groupAucWeights(groupAuc, weighting);
  let sum = 0;
  let total = 0;
  for (let group = 0; group < weights.length; group++) {
    if (weights[group] === 0) continue;
    sum += weights[group] * groupAuc.value[group];
    total += weights[group];
  }
  return sum / total;
}
