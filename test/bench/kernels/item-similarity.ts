// Item-kNN of 500 items by 2,000 users: sums along common users, against the cosine of every pair of dense columns.
import { fitItemKnn } from '../../../shared/kernels/item-knn.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';

const users = 2_000;
const items = 500;
const random = new Xoshiro(1, 'bench');
const draw = (below: number): Int32Array => Int32Array.from({ length: 40_000 }, () => random.integer(below));
const matrix = buildRows({ rows: users, cols: items }, draw(users), draw(items));
const columns = Array.from({ length: items }, () => new Float32Array(users));
for (let u = 0; u < users; u++) {
  for (let p = matrix.starts[u]; p < matrix.starts[u + 1]; p++) columns[matrix.columns[p]][u] = 1;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let u = 0; u < users; u++) sum += a[u] * b[u];
  return sum;
}

export const bench = {
  name: 'item-kNN, 500 items, 40,000 events',
  baseline(): void {
    const norms = columns.map((column) => Math.sqrt(dot(column, column)));
    columns.map((one, i) =>
      columns
        .map((other, j) => ({ j, likeness: i === j ? 0 : dot(one, other) / (norms[i] * norms[j] + 20) }))
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, 100),
    );
  },
  candidate(): void {
    fitItemKnn(matrix, { neighbours: 100, shrinkage: 20 });
  },
};
