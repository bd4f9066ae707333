/**
 * Off-policy estimates for lists (st-tech/zr-obp `obp/ope/estimators_slate.py`; McInerney et al. 2020, Kiyohara et al. 2022). Rows
 * are places of lists; rows of a list are adjacent, `slates` says where each list starts: list s has rows
 * slates[s] up to, not including, slates[s + 1]. The result is one number per list, the sum over its places.
 */

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
