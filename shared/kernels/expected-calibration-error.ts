/** A calibration curve: per bin the number of examples, the mean prediction and the share of positives (NaN when empty). */
export interface CalibrationBins {
  readonly count: Float64Array;
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
}

function meansOf(count: Float64Array, predicted: Float64Array, observed: Float64Array): CalibrationBins {
  for (let bin = 0; bin < count.length; bin++) {
    predicted[bin] /= count[bin];
    observed[bin] /= count[bin];
  }
  return { count, predicted, observed };
}

/** Bins of equal width over [0, 1] (Guo et al., ICML 2017); predictions outside are put into the end bins. */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins: number,
): CalibrationBins {
  const count = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < probabilities.length; i++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(probabilities[i] * bins)));
    count[bin]++;
    predicted[bin] += probabilities[i];
    if (labels[i] > 0) observed[bin]++;
  }
  return meansOf(count, predicted, observed);
}

/** Bins of (almost) equal size in order of prediction: steadier where predictions crowd near 0, as clicks do. */
export function calibrationBinsEqualMass(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins: number,
): CalibrationBins {
  const examples = probabilities.length;
  const order = new Uint32Array(examples);
  for (let i = 0; i < examples; i++) order[i] = i;
  order.sort((a, b) => probabilities[a] - probabilities[b] || a - b);
  const count = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let at = 0; at < examples; at++) {
    const bin = Math.floor((at * bins) / examples);
    count[bin]++;
    predicted[bin] += probabilities[order[at]];
    if (labels[order[at]] > 0) observed[bin]++;
  }
  return meansOf(count, predicted, observed);
}

/** Expected calibration error: Σ_b (n_b / n) · |mean prediction_b - share of positives_b|; NaN when empty. */
export function expectedCalibrationError(bins: CalibrationBins): number {
  let sum = 0;
  let total = 0;
  for (let bin = 0; bin < bins.count.length; bin++) {
    if (bins.count[bin] === 0) continue;
    sum += bins.count[bin] * Math.abs(bins.predicted[bin] - bins.observed[bin]);
    total += bins.count[bin];
  }
  return sum / total;
}
