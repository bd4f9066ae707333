// Inverse of a 500 × 500 positive definite matrix: blocked Cholesky by 4 × 4 tiles, against Gauss-Jordan elimination.
import { invertPositiveDefinite } from '../../../shared/kernels/cholesky.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const n = 500;
const random = new Xoshiro(1, 'bench');
const matrix = new Float64Array(n * n);
for (let i = 0; i < n; i++) {
  for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal() / Math.sqrt(n);
  matrix[i * n + i] = 3;
}

function gaussJordan(): void {
  const A = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  for (let i = 0; i < n; i++) {
    const scale = 1 / A[i * n + i];
    for (let c = 0; c < n; c++) {
      A[i * n + c] *= scale;
      inverse[i * n + c] *= scale;
    }
    for (let r = 0; r < n; r++) {
      const factor = A[r * n + i];
      if (r === i || factor === 0) continue;
      for (let c = 0; c < n; c++) {
        A[r * n + c] -= factor * A[i * n + c];
        inverse[r * n + c] -= factor * inverse[i * n + c];
      }
    }
  }
}

export const bench = {
  name: 'inverse of 500 × 500 (EASE)',
  baseline: gaussJordan,
  candidate(): void {
    invertPositiveDefinite(matrix.slice(), n);
  },
};
