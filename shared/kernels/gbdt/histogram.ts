import type { BinnedRows } from './bins.ts';

/** Numbers kept per bin: gradient sum, hessian sum, rows. */
export const STATISTICS = 3;

/**
 * Adds rows[from, to) to a histogram over all bins of all features:
 *   out[3 b] += g_r,  out[3 b + 1] += h_r,  out[3 b + 2] += 1   for each row r and each bin b of r.
 * Two rows at a time: the stores of one hide the latency of the other. Sums are doubles, added in row order.
 * @param out 3 x bins numbers; not cleared first
 * @param gradients gradient and hessian of each row side by side: g0, h0, g1, h1, …
 */
export function histogramInto(
  out: Float64Array,
  binned: BinnedRows,
  gradients: Float32Array,
  rows: Int32Array,
  from: number,
  to: number,
): void {
  const { codes, features } = binned;
  let i = from;
  for (; i + 1 < to; i += 2) {
    const first = rows[i];
    const second = rows[i + 1];
    const g = gradients[2 * first];
    const h = gradients[2 * first + 1];
    const g2 = gradients[2 * second];
    const h2 = gradients[2 * second + 1];
    const end = (first + 1) * features;
    for (let at = first * features, other = second * features; at < end; at++, other++) {
      const bin = 3 * codes[at];
      out[bin] += g;
      out[bin + 1] += h;
      out[bin + 2] += 1;
      const bin2 = 3 * codes[other];
      out[bin2] += g2;
      out[bin2 + 1] += h2;
      out[bin2 + 2] += 1;
    }
  }
  if (i >= to) return;
  const row = rows[i];
  for (let at = row * features; at < (row + 1) * features; at++) {
    const bin = 3 * codes[at];
    out[bin] += gradients[2 * row];
    out[bin + 1] += gradients[2 * row + 1];
    out[bin + 2] += 1;
  }
}

/** The subtraction trick: parent - child = sibling, in place of the parent. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
