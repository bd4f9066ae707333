import { classScores } from './auc.ts';

/** Counts at each distinct threshold, largest score first: an example is positive when its score >= threshold. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/** Cumulative counts of true and false positives over distinct scores; equal scores share one threshold. O(n log n). */
export function thresholdCounts(scores: ArrayLike<number>, labels: ArrayLike<number>): ThresholdCounts {
  const positives = classScores(scores, labels, true);
  const negatives = classScores(scores, labels, false);
  const thresholds = new Float64Array(scores.length);
  const truePositives = new Float64Array(scores.length);
  const falsePositives = new Float64Array(scores.length);
  let distinct = 0;
  let positive = positives.length;
  let negative = negatives.length;
  // Both classes are walked down from their largest score.
  while (positive > 0 || negative > 0) {
    const score = Math.max(
      positive > 0 ? positives[positive - 1] : -Infinity,
      negative > 0 ? negatives[negative - 1] : -Infinity,
    );
    while (positive > 0 && positives[positive - 1] >= score) positive--;
    while (negative > 0 && negatives[negative - 1] >= score) negative--;
    thresholds[distinct] = score;
    truePositives[distinct] = positives.length - positive;
    falsePositives[distinct] = negatives.length - negative;
    distinct++;
  }
  return {
    thresholds: thresholds.subarray(0, distinct),
    truePositives: truePositives.subarray(0, distinct),
    falsePositives: falsePositives.subarray(0, distinct),
    positives: positives.length,
    negatives: negatives.length,
  };
}

/**
 * Area under the precision-recall curve as average precision: Σ (R_n - R_(n-1)) · P_n (scikit-learn's
 * `average_precision_score`; no optimistic interpolation). NaN without positives.
 */
export function averagePrecision(counts: ThresholdCounts): number {
  let sum = 0;
  let previous = 0;
  for (let n = 0; n < counts.thresholds.length; n++) {
    const hits = counts.truePositives[n];
    sum += ((hits - previous) * hits) / (hits + counts.falsePositives[n]);
    previous = hits;
  }
  return sum / counts.positives;
}

/** Points of a curve, in order of falling threshold. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** At most `limit` of `length` positions, first and last among them, evenly spread. */
function spread(length: number, limit: number): Int32Array {
  const count = Math.min(length, limit);
  return Int32Array.from({ length: count }, (_, i) =>
    count === 1 ? length - 1 : Math.round((i * (length - 1)) / (count - 1)),
  );
}

/** ROC curve: x false-positive rate, y true-positive rate, from (0, 0) to (1, 1), at most `limit` + 1 points. */
export function rocCurve(counts: ThresholdCounts, limit: number): Curve {
  const at = spread(counts.thresholds.length, limit);
  const x = new Float64Array(at.length + 1);
  const y = new Float64Array(at.length + 1);
  for (let i = 0; i < at.length; i++) {
    x[i + 1] = counts.falsePositives[at[i]] / counts.negatives;
    y[i + 1] = counts.truePositives[at[i]] / counts.positives;
  }
  return { x, y };
}

/** Precision-recall curve: x recall, y precision, at most `limit` points; no invented point at recall 0. */
export function precisionRecallCurve(counts: ThresholdCounts, limit: number): Curve {
  const at = spread(counts.thresholds.length, limit);
  const x = new Float64Array(at.length);
  const y = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) {
    const hits = counts.truePositives[at[i]];
    x[i] = hits / counts.positives;
    y[i] = hits / (hits + counts.falsePositives[at[i]]);
  }
  return { x, y };
}
