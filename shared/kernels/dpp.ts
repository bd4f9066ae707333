import { rowDot } from './normalise-scores.ts';

/** An item whose d² falls below this share of L_ii is, numerically, a combination of what was picked. */
const dependent = 1e-10;

/** Writes row `j` of the kernel L into `out` (length: candidates). */
export type KernelRow = (out: Float64Array, j: number) => void;

/** Row-wise access to a dense symmetric kernel of n × n entries. */
export function denseKernelRow(kernel: Float64Array, candidates: number): KernelRow {
  return (out, j) => out.set(kernel.subarray(j * candidates, (j + 1) * candidates));
}

/**
 * Row-wise access to L = diag(q) · S · diag(q), S_ij = v_i · v_j of unit rows, S_ii = 1: rows are formed when an
 * item is picked, so the n × n kernel never exists.
 */
export function vectorKernelRow(quality: Float64Array, vectors: Float64Array, dimensions: number): KernelRow {
  return (out, j) => {
    for (let i = 0; i < out.length; i++) {
      out[i] = quality[j] * quality[i] * (i === j ? 1 : rowDot(vectors, dimensions, j, i));
    }
  };
}

/** q = exp(θ · relevance), θ = α / (2 (1 - α)): α = 0 asks for diversity alone, α towards 1 for relevance alone. */
export function dppQualityInto(out: Float64Array, relevance: Float64Array, alpha: number): Float64Array {
  const theta = alpha / (2 * (1 - alpha));
  for (let i = 0; i < relevance.length; i++) out[i] = Math.exp(theta * relevance[i]);
  return out;
}

/**
 * Fast greedy MAP inference of a determinantal point process (Chen, Zhang & Zhou, NeurIPS 2018, arXiv:1709.05135).
 * Writes picked positions to `out`, whose length is how many are wanted, and returns how many were picked: fewer when
 * the kernel's rank is exhausted. `diagonal` is L_ii. With a finite `window` w, each pick is diverse against the w - 1
 * before it only (needed for lists longer than the feature rank). O(candidates · picks²), or · picks · window.
 */
export function selectDppInto(out: Int32Array, diagonal: Float64Array, row: KernelRow, window = Infinity): number {
  const candidates = diagonal.length;
  const wanted = Math.min(out.length, candidates);
  // d_i² = squared distance of item i to the span of the picked ones; c_i = row i of the Cholesky factor.
  const squared = Float64Array.from(diagonal);
  const factors: Float64Array[] = []; // one per pick inside the window, over all candidates
  const triangle: Float64Array[] = []; // Cholesky factor of the picked items inside the window
  const taken = new Uint8Array(candidates);
  let picked = 0;
  while (picked < wanted) {
    const best = largest(squared, diagonal, taken);
    if (best < 0) break;
    out[picked++] = best;
    taken[best] = 1;
    if (picked === wanted) break;
    if (window <= 1) continue;
    triangle.push(Float64Array.from([...factors.map((factor) => factor[best]), Math.sqrt(squared[best])]));
    factors.push(appendFactor(squared, factors, row, best));
    if (factors.length >= window) dropOldest(squared, factors, triangle);
  }
  return picked;
}

/** The item with the largest d² that is no combination of what was picked; -1 where all others are. */
function largest(squared: Float64Array, diagonal: Float64Array, taken: Uint8Array): number {
  let best = -1;
  for (let i = 0; i < squared.length; i++) {
    if (taken[i] === 1 || !(squared[i] > dependent * diagonal[i])) continue;
    if (best < 0 || squared[i] > squared[best]) best = i;
  }
  return best;
}

/** e_i = (L_ji - c_j · c_i) / d_j; d_i² -= e_i². Returns e. */
function appendFactor(squared: Float64Array, factors: Float64Array[], row: KernelRow, picked: number): Float64Array {
  const values = new Float64Array(squared.length);
  row(values, picked);
  for (const factor of factors) {
    const own = factor[picked];
    if (own === 0) continue;
    for (let i = 0; i < values.length; i++) values[i] -= own * factor[i];
  }
  const scale = 1 / Math.sqrt(squared[picked]);
  for (let i = 0; i < values.length; i++) {
    values[i] *= scale;
    squared[i] -= values[i] * values[i];
  }
  return values;
}

/**
 * Removes the oldest pick by rotations: deleting the first row of a Cholesky factor leaves a rank-one update of the
 * rest, V'V'ᵀ = VVᵀ + vvᵀ, carried through column by column; what remains of v is given back to d².
 */
function dropOldest(squared: Float64Array, factors: Float64Array[], triangle: Float64Array[]): void {
  const left = factors.shift() as Float64Array;
  triangle.shift();
  const first = triangle.map((line) => line[0]);
  for (let k = 0; k < triangle.length; k++) triangle[k] = triangle[k].subarray(1);
  for (let k = 0; k < triangle.length; k++) {
    const length = Math.hypot(triangle[k][k], first[k]);
    const cosine = triangle[k][k] / length;
    const sine = first[k] / length;
    triangle[k][k] = length;
    for (let below = k + 1; below < triangle.length; below++) {
      const kept = triangle[below][k];
      triangle[below][k] = cosine * kept + sine * first[below];
      first[below] = cosine * first[below] - sine * kept;
    }
    const factor = factors[k];
    for (let i = 0; i < factor.length; i++) {
      const kept = factor[i];
      factor[i] = cosine * kept + sine * left[i];
      left[i] = cosine * left[i] - sine * kept;
    }
  }
  for (let i = 0; i < squared.length; i++) squared[i] += left[i] * left[i];
}

/** Fills out[picked..] with the candidates not yet picked, in their order of relevance. Returns `out`. */
export function fillFromOrder(out: Int32Array, picked: number, candidates: number): Int32Array {
  const taken = new Uint8Array(candidates);
  for (let at = 0; at < picked; at++) taken[out[at]] = 1;
  let at = picked;
  for (let i = 0; i < candidates && at < out.length; i++) if (taken[i] === 0) out[at++] = i;
  return out;
}
