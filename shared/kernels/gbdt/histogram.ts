import type { BinnedRows } from './bins.ts';

/** Numbers kept per bin: gradient sum and hessian sum. Rows are not counted but estimated, see `rowsOfBin`. */
export const STATISTICS = 2;

/**
 * Rows in a bin, estimated from its hessian as LightGBM does: round(h N / H) for N rows of hessian H in the leaf. Exact
 * where all hessians agree; else rows count by their weight in the loss, so that leaves of rows that hardly matter are
 * refused sooner. It also spares a third of the histogram.
 */
export function rowsOfBin(hessian: number, rowsPerHessian: number): number {
  return Math.floor(hessian * rowsPerHessian + 0.5);
}

/**
 * Adds rows[from, to) to a histogram over all bins of all features:
 *   out[2 b] += g_r,  out[2 b + 1] += h_r   for each row r and each bin b of r.
 * Two rows at a time: the stores of one hide the latency of the other. Sums are doubles, added in row order.
 * @param out 2 x bins numbers; not cleared first
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
      const bin = 2 * codes[at];
      out[bin] += g;
      out[bin + 1] += h;
      const bin2 = 2 * codes[other];
      out[bin2] += g2;
      out[bin2 + 1] += h2;
    }
  }
  if (i >= to) return;
  const row = rows[i];
  for (let at = row * features; at < (row + 1) * features; at++) {
    const bin = 2 * codes[at];
    out[bin] += gradients[2 * row];
    out[bin + 1] += gradients[2 * row + 1];
  }
}

/** The subtraction trick: parent - child = sibling, in place of the parent. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
