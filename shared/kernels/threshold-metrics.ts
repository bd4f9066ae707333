import type { ThresholdCounts } from './classification-curves.ts';

/** A confusion table: score >= threshold is a predicted positive. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Counts at one threshold where row i counts weights[i] times; label > 0 is positive. */
export function weightedConfusionAt(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
  threshold: number,
): Confusion {
  let truePositives = 0;
  let falsePositives = 0;
  let positives = 0;
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    total += weights[i];
    if (labels[i] > 0) positives += weights[i];
    if (scores[i] < threshold) continue;
    if (labels[i] > 0) truePositives += weights[i];
    else falsePositives += weights[i];
  }
  return {
    truePositives,
    falsePositives,
    falseNegatives: positives - truePositives,
    trueNegatives: total - positives - falsePositives,
  };
}

/** TP / (TP + FP); 0 when nothing was predicted positive. */
export function precisionOf(confusion: Confusion): number {
  const predicted = confusion.truePositives + confusion.falsePositives;
  return predicted === 0 ? 0 : confusion.truePositives / predicted;
}

/** TP / (TP + FN); NaN without positives. */
export function recallOf(confusion: Confusion): number {
  return confusion.truePositives / (confusion.truePositives + confusion.falseNegatives);
}

/** F1 = 2TP / (2TP + FP + FN); NaN when there is neither a positive nor a predicted positive. */
export function f1Of(confusion: Confusion): number {
  const doubled = 2 * confusion.truePositives;
  return doubled / (doubled + confusion.falsePositives + confusion.falseNegatives);
}

/** The threshold with the largest F1 and that F1; of equal ones the largest threshold. NaN without positives. */
export function bestF1(counts: ThresholdCounts): { readonly threshold: number; readonly f1: number } {
  let best = -1;
  let f1 = NaN;
  for (let n = 0; n < counts.thresholds.length; n++) {
    // 2TP / (2TP + FP + FN), and TP + FN is the number of positives.
    const hits = counts.truePositives[n];
    const value = (2 * hits) / (hits + counts.falsePositives[n] + counts.positives);
    if (best < 0 || value > f1) {
      best = n;
      f1 = value;
    }
  }
  if (counts.positives === 0) return { threshold: NaN, f1: NaN };
  return { threshold: counts.thresholds[best], f1 };
}
