/** Predictions are kept this far from 0 and 1, so that one confident mistake costs at most 34.5 nats. */
const LOG_LOSS_EPSILON = 1e-15;

/** Log loss of one prediction in nats: -ln p for label > 0, else -ln(1 - p), p clipped to [epsilon, 1 - epsilon]. */
export function logLossOf(probability: number, label: number): number {
  const p = Math.min(1 - LOG_LOSS_EPSILON, Math.max(LOG_LOSS_EPSILON, probability));
  return label > 0 ? -Math.log(p) : -Math.log1p(-p);
}

/** Mean log loss in nats over predictions in [0, 1]; NaN when empty. */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += logLossOf(probabilities[i], labels[i]);
  return sum / probabilities.length;
}

/** Entropy in nats of a yes/no event of probability `rate`; 0 at 0 and 1. */
export function binaryEntropy(rate: number): number {
  if (rate <= 0 || rate >= 1) return 0;
  return -rate * Math.log(rate) - (1 - rate) * Math.log1p(-rate);
}

/**
 * Normalised entropy: log loss divided by the log loss of always predicting the base rate (He et al., ADKDD 2014).
 * Below 1 is better than the base rate; NaN when only one class is present.
 */
export function normalisedEntropy(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] > 0) positives++;
  const entropy = binaryEntropy(positives / labels.length);
  return entropy === 0 ? NaN : logLoss(probabilities, labels) / entropy;
}
