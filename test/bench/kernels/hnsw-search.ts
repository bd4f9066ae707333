// 100 queries for the best 10 of 10,000 clustered vectors: HNSW (effort 50), against the exact scan.
import { scanTop } from '../../../shared/kernels/exact-search.ts';
import { buildHnsw } from '../../../shared/kernels/hnsw-build.ts';
import { HnswWorkspace, searchHnsw } from '../../../shared/kernels/hnsw.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { TopHeap } from '../../../shared/kernels/topk.ts';

const rows = 10_000;
const size = 32;
const random = new Xoshiro(1, 'bench');
const centres = Float32Array.from({ length: 100 * size }, () => random.normal());
const table = new Float32Array(rows * size);
for (let r = 0; r < rows; r++) {
  const centre = random.integer(100) * size;
  for (let k = 0; k < size; k++) table[r * size + k] = centres[centre + k] + 0.3 * random.normal();
}
const index = buildHnsw(table, size, { measure: 'inner-product', links: 12, effort: 60 }, random);
const workspace = new HnswWorkspace(index);
const heap = new TopHeap(10);
const queries = Array.from({ length: 100 }, (_, q) => table.subarray(q * size, (q + 1) * size));

export const bench = {
  name: 'HNSW against exact scan, 100 × 10,000 × 32',
  baseline(): void {
    for (const query of queries) scanTop(heap, table, query);
  },
  candidate(): void {
    for (const query of queries) searchHnsw(index, workspace, heap, query, 50);
  },
};
