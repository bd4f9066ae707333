// 300,000 events into compressed rows: two counting sorts over typed arrays, against a Map of sorted arrays per user.
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';

const users = 20_000;
const items = 5_000;
const random = new Xoshiro(1, 'bench');
const rowOf = Int32Array.from({ length: 300_000 }, () => random.integer(users));
const columnOf = Int32Array.from({ length: 300_000 }, () => random.integer(items));

function naive(): void {
  const rows = new Map<number, Set<number>>();
  for (let i = 0; i < rowOf.length; i++) {
    const row = rows.get(rowOf[i]) ?? new Set<number>();
    row.add(columnOf[i]);
    rows.set(rowOf[i], row);
  }
  for (const row of rows.values()) [...row].sort((a, b) => a - b);
}

export const bench = {
  name: 'sparse rows, 300,000 events',
  baseline: naive,
  candidate(): void {
    buildRows({ rows: users, cols: items }, rowOf, columnOf);
  },
};
