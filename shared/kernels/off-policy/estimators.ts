/**
 * Off-policy estimates of what a policy would have earned, from what another one logged (st-tech/zr-obp
 * `obp/ope/estimators.py`; w = π_e / π_b). Every estimator writes one number per logged row, whose mean is the estimate: intervals,
 * slices and bootstraps all start from these.
 */

/** w of each row: evaluated over logged probability. A logged probability of 0 gives Infinity: see `supportOf`. */
export function importanceWeights(evaluated: Float64Array, logged: Float64Array): Float64Array {
  const weights = new Float64Array(logged.length);
  for (let i = 0; i < weights.length; i++) weights[i] = evaluated[i] / logged[i];
  return weights;
}

/** Inverse propensity score, w r, with weights cut at `limit` (Infinity cuts nothing). */
export function inversePropensity(rewards: Float64Array, weights: Float64Array, limit = Infinity): Float64Array {
  const rounds = new Float64Array(rewards.length);
  for (let i = 0; i < rounds.length; i++) rounds[i] = Math.min(weights[i], limit) * rewards[i];
  return rounds;
}

/** What the doubly robust family works on; `direct` is the direct method's value, `logged` q̂ of the action that was logged. */
export interface Corrections {
  readonly rewards: Float64Array;
  readonly weights: Float64Array;
  readonly direct: Float64Array;
  readonly logged: Float64Array;
}

/** Doubly robust: direct + w (r - q̂), with weights cut at `limit`. */
export function doublyRobust(rows: Corrections, limit = Infinity): Float64Array {
  const rounds = new Float64Array(rows.rewards.length);
  for (let i = 0; i < rounds.length; i++) {
    rounds[i] = rows.direct[i] + Math.min(rows.weights[i], limit) * (rows.rewards[i] - rows.logged[i]);
  }
  return rounds;
}

/** Self-normalised doubly robust: direct + w (r - q̂) / mean(w). */
export function selfNormalisedDoublyRobust(rows: Corrections): Float64Array {
  const mean = meanOf(rows.weights);
  const rounds = new Float64Array(rows.rewards.length);
  for (let i = 0; i < rounds.length; i++) {
    rounds[i] = rows.direct[i] + (rows.weights[i] * (rows.rewards[i] - rows.logged[i])) / mean;
  }
  return rounds;
}

/** SWITCH-DR (Wang et al. 2017): the correction only where w is at most `limit`. Equals DR while `limit` is Infinity. */
export function switchDoublyRobust(rows: Corrections, limit: number): Float64Array {
  const rounds = new Float64Array(rows.rewards.length);
  for (let i = 0; i < rounds.length; i++) {
    const correction = rows.weights[i] <= limit ? rows.weights[i] * (rows.rewards[i] - rows.logged[i]) : 0;
    rounds[i] = rows.direct[i] + correction;
  }
  return rounds;
}

/** DR with optimistic shrinkage (Su et al. 2020): the weight becomes λ w / (w² + λ). Equals DR while λ is Infinity. */
export function shrunkDoublyRobust(rows: Corrections, lambda: number): Float64Array {
  const rounds = new Float64Array(rows.rewards.length);
  for (let i = 0; i < rounds.length; i++) {
    const weight = rows.weights[i];
    const shrunk = lambda === Infinity ? weight : (lambda * weight) / (weight * weight + lambda);
    rounds[i] = rows.direct[i] + shrunk * (rows.rewards[i] - rows.logged[i]);
  }
  return rounds;
}

/** Mean of a row-wise estimate: the estimate itself. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
