// Half an iteration of iALS, 64 factors, 2,000 users × 60 events: conjugate gradient with a shared Gram matrix, against
// the textbook solution: a dense system per user, formed and factored.
import { choleskyInPlace } from '../../../shared/kernels/cholesky.ts';
import { gramInto, IalsWorkspace, refreshGram, solveRows, startIals } from '../../../shared/kernels/ials.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';

const users = 2_000;
const items = 3_000;
const random = new Xoshiro(1, 'bench');
const rowOf = Int32Array.from({ length: users * 60 }, (_, i) => Math.floor(i / 60));
const columnOf = Int32Array.from({ length: users * 60 }, () => random.integer(items));
const options = { factors: 64, unobservedWeight: 0.4, regularisation: 0.01, frequencyExponent: 1, steps: 3 };
const problem = startIals(buildRows({ rows: users, cols: items }, rowOf, columnOf), options, random);
const workspace = new IalsWorkspace(options.factors);

function textbook(): void {
  const { matrix, fixed, penalties } = problem.users;
  const f = options.factors;
  const gram = new Float64Array(f * f);
  gramInto(gram, fixed, f, options.unobservedWeight);
  for (let u = 0; u < users; u++) {
    const A = gram.slice();
    const b = new Float64Array(f);
    for (let p = matrix.starts[u]; p < matrix.starts[u + 1]; p++) {
      const vector = fixed.subarray(matrix.columns[p] * f, (matrix.columns[p] + 1) * f);
      for (let k = 0; k < f; k++) {
        b[k] += vector[k];
        for (let l = 0; l < f; l++) A[k * f + l] += vector[k] * vector[l];
      }
    }
    for (let k = 0; k < f; k++) A[k * f + k] += penalties[u];
    choleskyInPlace(A, f);
    for (let k = 0; k < f; k++) {
      for (let l = 0; l < k; l++) b[k] -= A[k * f + l] * b[l];
      b[k] /= A[k * f + k];
    }
    for (let k = f - 1; k >= 0; k--) {
      for (let l = k + 1; l < f; l++) b[k] -= A[l * f + k] * b[l];
      b[k] /= A[k * f + k];
    }
  }
}

export const bench = {
  name: 'iALS half-iteration, 120,000 events × 64',
  baseline: textbook,
  candidate(): void {
    refreshGram(problem.users, options);
    solveRows(problem.users, 0, users, options, workspace);
  },
};
