/** Gain of a grade: 2^grade - 1. */
function gainOf(grade: number): number {
  return 2 ** grade - 1;
}

/** Discount of a rank from 0: 1 / log2(2 + rank). */
function discountOf(rank: number): number {
  return 1 / Math.log2(2 + rank);
}

/** The best DCG that each query can reach in its first `truncation` ranks. */
export function maximumDcg(grades: Float64Array, queryStart: Int32Array, truncation: number): Float64Array {
  const ideal = new Float64Array(queryStart.length - 1);
  for (let query = 0; query < ideal.length; query++) {
    const sorted = grades
      .slice(queryStart[query], queryStart[query + 1])
      .sort()
      .reverse();
    for (let rank = 0; rank < Math.min(truncation, sorted.length); rank++)
      ideal[query] += gainOf(sorted[rank]) * discountOf(rank);
  }
  return ideal;
}

/** Rows of one query, best score first; ties keep the row order. */
export function rankRows(scores: Float64Array, from: number, to: number): Int32Array {
  const order = new Int32Array(to - from);
  for (let i = 0; i < order.length; i++) order[i] = from + i;
  return order.sort((a, b) => scores[b] - scores[a] || a - b);
}

/** Scales what one query adds up to: every term by log2(1 + sum |lambda|) / sum |lambda|. */
function normalise(out: Float32Array, from: number, to: number, sum: number): void {
  if (!(sum > 0)) return;
  const factor = Math.log2(1 + sum) / sum;
  for (let i = 2 * from; i < 2 * to; i++) out[i] *= factor;
}

function queryInto(
  out: Float32Array,
  scores: Float64Array,
  grades: Float64Array,
  order: Int32Array,
  truncation: number,
  ideal: number,
): number {
  const differ = scores[order[0]] !== scores[order[order.length - 1]];
  const gains = Float64Array.from(order, (row) => gainOf(grades[row]));
  const discounts = Float64Array.from(order.keys(), discountOf);
  let sum = 0;
  for (let i = 0; i + 1 < order.length && i < truncation; i++) {
    for (let j = i + 1; j < order.length; j++) {
      if (gains[i] === gains[j]) continue;
      const high = gains[i] > gains[j] ? order[i] : order[j];
      const low = gains[i] > gains[j] ? order[j] : order[i];
      const distance = scores[high] - scores[low];
      let delta = (Math.abs(gains[i] - gains[j]) * (discounts[i] - discounts[j])) / ideal;
      if (differ) delta /= 0.01 + Math.abs(distance);
      const rho = 1 / (1 + Math.exp(distance));
      const lambda = rho * delta;
      const hessian = rho * (1 - rho) * delta;
      out[2 * high] -= lambda;
      out[2 * low] += lambda;
      out[2 * high + 1] += hessian;
      out[2 * low + 1] += hessian;
      sum += 2 * lambda;
    }
  }
  return sum;
}

/**
 * Gradients of LambdaMART (Burges 2010, as LightGBM 4 has it, sigma = 1): for each pair of a query with different
 * grades, the better ranked row above `truncation`,
 *   delta = |gain_hi - gain_lo| |disc_hi - disc_lo| / maxDCG, divided by 0.01 + |s_hi - s_lo| unless all scores agree
 *   rho = 1 / (1 + e^(s_hi - s_lo));  g_hi -= rho delta;  g_lo += rho delta;  h += rho (1 - rho) delta on both
 * and all of a query scaled by log2(1 + sum |lambda|) / sum |lambda|. Queries of one grade add nothing.
 * @param out gradient and hessian of each row side by side; overwritten
 * @param of.ideal from `maximumDcg` with the same truncation
 */
export function lambdaRankInto(
  out: Float32Array,
  scores: Float64Array,
  grades: Float64Array,
  queryStart: Int32Array,
  of: { readonly truncation: number; readonly ideal: Float64Array },
): void {
  out.fill(0);
  for (let query = 0; query + 1 < queryStart.length; query++) {
    const from = queryStart[query];
    const to = queryStart[query + 1];
    if (to - from < 2 || !(of.ideal[query] > 0)) continue;
    const order = rankRows(scores, from, to);
    normalise(out, from, to, queryInto(out, scores, grades, order, of.truncation, of.ideal[query]));
  }
}
