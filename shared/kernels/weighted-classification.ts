/*
 * Metrics of scored rows where row i counts weights[i] times: what a bootstrap needs, in one pass per resample.
 * `scores` never rise; labels[i] > 0 marks a positive; equal scores are one threshold.
 */

/** AUC, ties at half. NaN when a class has no weight. */
export function weightedAuc(scores: Float64Array, labels: Uint8Array, weights: Float64Array): number {
  let above = 0; // weight of positives above the current block
  let negatives = 0;
  let won = 0;
  for (let start = 0; start < scores.length;) {
    const score = scores[start];
    let hits = 0;
    let misses = 0;
    while (start < scores.length && scores[start] === score) {
      if (labels[start] > 0) hits += weights[start];
      else misses += weights[start];
      start++;
    }
    won += misses * (above + 0.5 * hits);
    above += hits;
    negatives += misses;
  }
  return above > 0 && negatives > 0 ? won / (above * negatives) : NaN;
}

/** AUC where a tie is lost. NaN when a class has no weight. */
export function weightedAucStrict(scores: Float64Array, labels: Uint8Array, weights: Float64Array): number {
  let above = 0;
  let negatives = 0;
  let won = 0;
  for (let start = 0; start < scores.length;) {
    const score = scores[start];
    let hits = 0;
    let misses = 0;
    while (start < scores.length && scores[start] === score) {
      if (labels[start] > 0) hits += weights[start];
      else misses += weights[start];
      start++;
    }
    won += misses * above;
    above += hits;
    negatives += misses;
  }
  return above > 0 && negatives > 0 ? won / (above * negatives) : NaN;
}

/** Area under the precision-recall curve as average precision, Σ ΔR · P. NaN without positives. */
export function weightedAveragePrecision(scores: Float64Array, labels: Uint8Array, weights: Float64Array): number {
  let hits = 0;
  let seen = 0;
  let sum = 0;
  for (let start = 0; start < scores.length;) {
    const score = scores[start];
    let fresh = 0;
    while (start < scores.length && scores[start] === score) {
      if (labels[start] > 0) fresh += weights[start];
      seen += weights[start];
      start++;
    }
    hits += fresh;
    if (fresh > 0) sum += (fresh * hits) / seen;
  }
  return hits > 0 ? sum / hits : NaN;
}

/** Σ weight · value / Σ weight; NaN without weight. */
export function weightedMean(values: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i] * values[i];
    total += weights[i];
  }
  return sum / total;
}

/**
 * Expected calibration error over given bins: Σ_b |Σ weight (prediction - label)| / Σ weight, which is
 * Σ (n_b / n) |mean prediction - share of positives|. NaN without weight.
 */
export function weightedCalibrationError(
  bins: Uint16Array,
  binCount: number,
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): number {
  const gap = new Float64Array(binCount);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    gap[bins[i]] += weights[i] * (scores[i] - labels[i]);
    total += weights[i];
  }
  let sum = 0;
  for (let bin = 0; bin < binCount; bin++) sum += Math.abs(gap[bin]);
  return sum / total;
}
