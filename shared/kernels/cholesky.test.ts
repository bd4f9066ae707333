import { describe, expect, it } from 'vitest';
import { choleskyInPlace, invertLowerTransposed, invertPositiveDefinite } from './cholesky.ts';
import { Xoshiro } from './random.ts';

/** A random symmetric matrix with a heavy diagonal. */
function positiveDefinite(n: number, seed: number): Float64Array {
  const random = new Xoshiro(seed, 'matrix');
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal() / Math.sqrt(n);
    matrix[i * n + i] = 3 + random.next();
  }
  return matrix;
}

/** Largest difference between A B and the identity. */
function distanceFromIdentity(A: Float64Array, B: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < n; k++) sum += A[i * n + k] * B[k * n + j];
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return largest;
}

describe('Cholesky', () => {
  it('factors a matrix worked out by hand', () => {
    const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
    choleskyInPlace(matrix, 3);
    expect([...matrix]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  // Sizes around a tile (4) and around one, two and four panels (64).
  it.each([1, 2, 3, 4, 5, 31, 63, 64, 65, 129, 262])('multiplies back to the matrix and inverts it, size %i', (n) => {
    const matrix = positiveDefinite(n, n);
    const factor = matrix.slice();
    choleskyInPlace(factor, n);
    let largest = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k <= Math.min(i, j); k++) sum += factor[i * n + k] * factor[j * n + k];
        largest = Math.max(largest, Math.abs(sum - matrix[i * n + j]));
        if (j > i) expect(factor[i * n + j]).toBe(0);
      }
    }
    expect(largest).toBeLessThan(1e-13);
    const inverse = matrix.slice();
    invertPositiveDefinite(inverse, n);
    expect(distanceFromIdentity(matrix, inverse, n)).toBeLessThan(1e-13);
    for (let i = 0; i < n; i++) expect(inverse[i]).toBe(inverse[i * n]);
  });

  it('inverts the factor', () => {
    const n = 140;
    const factor = positiveDefinite(n, 1);
    choleskyInPlace(factor, n);
    const upper = invertLowerTransposed(factor, n);
    const inverse = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) inverse[i * n + j] = upper[j * n + i];
    expect(distanceFromIdentity(factor, inverse, n)).toBeLessThan(1e-13);
  });

  it('names the row where a matrix is not positive definite', () => {
    expect(() => choleskyInPlace(Float64Array.of(1, 2, 2, 1), 2)).toThrow('row 1');
    expect(() => choleskyInPlace(Float64Array.of(NaN), 1)).toThrow('row 0');
  });
});
