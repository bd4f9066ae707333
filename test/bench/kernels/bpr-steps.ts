// 50,000 steps of BPR with 64 factors: flat tables and unrolled sums, against one array per vector and a Set per user.
import { cellRows, startBpr, trainBpr } from '../../../shared/kernels/bpr.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';

const users = 1_000;
const items = 2_000;
const steps = 50_000;
const factors = 64;
const random = new Xoshiro(1, 'bench');
const draw = (below: number): Int32Array => Int32Array.from({ length: 60_000 }, () => random.integer(below));
const matrix = buildRows({ rows: users, cols: items }, draw(users), draw(items));
const rowOf = cellRows(matrix);
const model = startBpr({ users, items }, factors, random);
const options = { factors, learningRate: 0.05, regularisation: 0.01, popularityShare: 0 };

const vectors = (count: number): number[][] =>
  Array.from({ length: count }, () => Array.from({ length: factors }, () => (random.next() - 0.5) / factors));
const userVectors = vectors(users);
const itemVectors = vectors(items);
const owned = Array.from(
  { length: users },
  (_, u) => new Set(matrix.columns.subarray(matrix.starts[u], matrix.starts[u + 1])),
);

function naive(): void {
  const draws = new Xoshiro(2, 'draws');
  const rate = options.learningRate;
  for (let step = 0; step < steps; step++) {
    const cell = draws.integer(rowOf.length);
    const negative = draws.integer(items);
    if (owned[rowOf[cell]].has(negative)) continue;
    const [u, i, j] = [userVectors[rowOf[cell]], itemVectors[matrix.columns[cell]], itemVectors[negative]];
    const margin = u.reduce((sum, x, k) => sum + x * (i[k] - j[k]), 0);
    const z = 1 / (1 + Math.exp(margin));
    u.forEach((x, k) => {
      u[k] += rate * (z * (i[k] - j[k]) - options.regularisation * x);
      i[k] += rate * (z * x - options.regularisation * i[k]);
      j[k] += rate * (-z * x - options.regularisation * j[k]);
    });
  }
}

export const bench = {
  name: 'BPR, 50,000 steps × 64',
  baseline: naive,
  candidate(): void {
    trainBpr(model, matrix, rowOf, options, new Xoshiro(2, 'draws'), steps, {
      trained: 0,
      skipped: 0,
      ordered: 0,
      loss: 0,
    });
  },
};
