/**
 * Off-policy estimates for lists (st-tech/zr-obp `obp/ope/estimators_slate.py`; McInerney et al. 2020, Kiyohara et al. 2022). Rows
 * are places of lists; rows of a list are adjacent, `slates` says where each list starts: list s has rows
 * slates[s] up to, not including, slates[s + 1]. The result is one number per list, the sum over its places.
 *
 * The three inverse-propensity variants differ only in which probability the weights are made of:
 * standard (the whole list at once), independent (this item at this place), cascade (this item after those above it).
 */

/** Σ over a list's places of w r. */
export function slateInversePropensity(rewards: Float64Array, weights: Float64Array, slates: Int32Array): Float64Array {
  const sums = new Float64Array(slates.length - 1);
  for (let s = 0; s < sums.length; s++) {
    for (let row = slates[s]; row < slates[s + 1]; row++) sums[s] += weights[row] * rewards[row];
  }
  return sums;
}

/** Self-normalised, as obp has it: w of a row divided by the mean of w over all rows of the same place. */
export function slateSelfNormalised(rewards: Float64Array, weights: Float64Array, slates: Int32Array): Float64Array {
  const sums = new Float64Array(slates.length - 1);
  let longest = 0;
  for (let s = 0; s < sums.length; s++) longest = Math.max(longest, slates[s + 1] - slates[s]);
  const total = new Float64Array(longest);
  const rows = new Int32Array(longest);
  for (let s = 0; s < sums.length; s++) {
    for (let row = slates[s]; row < slates[s + 1]; row++) {
      total[row - slates[s]] += weights[row];
      rows[row - slates[s]]++;
    }
  }
  for (let s = 0; s < sums.length; s++) {
    for (let row = slates[s]; row < slates[s + 1]; row++) {
      const place = row - slates[s];
      if (total[place] > 0) sums[s] += (weights[row] * rewards[row] * rows[place]) / total[place];
    }
  }
  return sums;
}

/** Probability of a sequence from the top to each place: running product, within each list, of the conditional ones. */
export function cascadeProbabilities(conditional: Float64Array, slates: Int32Array): Float64Array {
  const joint = new Float64Array(conditional.length);
  for (let s = 0; s + 1 < slates.length; s++) {
    let product = 1;
    for (let row = slates[s]; row < slates[s + 1]; row++) joint[row] = product *= conditional[row];
  }
  return joint;
}

/** Joint probability of the whole list, repeated on each of its rows. */
export function slateProbabilities(conditional: Float64Array, slates: Int32Array): Float64Array {
  const joint = cascadeProbabilities(conditional, slates);
  for (let s = 0; s + 1 < slates.length; s++) {
    if (slates[s] < slates[s + 1]) joint.fill(joint[slates[s + 1] - 1], slates[s], slates[s + 1]);
  }
  return joint;
}

/** Rows of the cascade doubly robust estimator. */
export interface CascadeRows {
  readonly rewards: Float64Array;
  /** Cascade weights, of the sequence from the top to this place. */
  readonly weights: Float64Array;
  /** Expected q̂ of the place under the evaluated policy, given the items above. */
  readonly expected: Float64Array;
  /** q̂ of the logged item, given the items above. */
  readonly logged: Float64Array;
}

/** Cascade doubly robust: Σ over places of w_k (r_k - q̂_k) + w_(k-1) E_πe[q̂_k], with w_0 = 1. */
export function cascadeDoublyRobust(rows: CascadeRows, slates: Int32Array): Float64Array {
  const sums = new Float64Array(slates.length - 1);
  for (let s = 0; s < sums.length; s++) {
    let above = 1;
    for (let row = slates[s]; row < slates[s + 1]; row++) {
      sums[s] += rows.weights[row] * (rows.rewards[row] - rows.logged[row]) + above * rows.expected[row];
      above = rows.weights[row];
    }
  }
  return sums;
}
