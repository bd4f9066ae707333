import { invertPositiveDefinite, type Tick } from './cholesky.ts';
import type { SparseRows } from './sparse.ts';

/** Bytes that `fitEase` needs at its peak for n items: two n × n arrays of float64. */
export function easePeakBytes(items: number): number {
  return 2 * 8 * items * items;
}

/** G = XᵀX (items × items, row-major), lower and upper triangle. X is users × items. O(Σ_u |I_u|²). */
export function itemGram(users: SparseRows, tick?: Tick): Float64Array {
  const { cols, starts, columns, values } = users;
  const gram = new Float64Array(cols * cols);
  for (let u = 0; u < users.rows; u++) {
    if (u % 256 === 0) tick?.(0);
    for (let p = starts[u]; p < starts[u + 1]; p++) {
      const row = columns[p] * cols;
      const weight = values === undefined ? 1 : values[p];
      if (values === undefined) for (let q = starts[u]; q <= p; q++) gram[row + columns[q]]++;
      else for (let q = starts[u]; q <= p; q++) gram[row + columns[q]] += weight * values[q];
    }
  }
  for (let i = 0; i < cols; i++) for (let j = 0; j < i; j++) gram[j * cols + i] = gram[i * cols + j];
  return gram;
}

/**
 * EASE (Steck 2019, arXiv:1905.03375): item weights B of the model scores = X B.
 * G = XᵀX + λI, P = G⁻¹, B[i, j] = -P[i, j] / P[j, j], B[i, i] = 0.
 *
 * `users` is users × items; λ > 0 (250 suits some thousand events). Returns B row-major, items × items: row i is what item i adds
 * to the score of every item. O(n³) time; `tick` hears of the progress of the inverse.
 */
export function fitEase(users: SparseRows, regularisation: number, tick?: Tick): Float32Array {
  const n = users.cols;
  const inverse = itemGram(users, tick);
  for (let i = 0; i < n; i++) inverse[i * n + i] += regularisation;
  invertPositiveDefinite(inverse, n, tick);
  const perTarget = new Float64Array(n);
  for (let j = 0; j < n; j++) perTarget[j] = -1 / inverse[j * n + j];
  const weights = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) weights[i * n + j] = inverse[i * n + j] * perTarget[j];
    weights[i * n + i] = 0;
  }
  return weights;
}

/**
 * scores[j] = Σ_{i in history} w_i B[i, j] for one user; `out` has one entry per item and is overwritten.
 * `weights` runs beside `history`; without it every event counts 1.
 */
export function scoreEaseInto(
  out: Float64Array,
  model: Float32Array,
  history: Int32Array,
  weights?: Float32Array,
): void {
  out.fill(0);
  const n = out.length;
  for (let p = 0; p < history.length; p++) {
    const row = history[p] * n;
    const weight = weights === undefined ? 1 : weights[p];
    for (let j = 0; j < n; j++) out[j] += weight * model[row + j];
  }
}
