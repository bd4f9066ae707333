// The best 100 of 200,000 vectors of 64 numbers: four rows at a time into a heap, against one dot product after the other and a sort.
import { scanTop } from '../../../shared/kernels/exact-search.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { TopHeap } from '../../../shared/kernels/topk.ts';

const rows = 200_000;
const size = 64;
const random = new Xoshiro(1, 'bench');
const table = Float32Array.from({ length: rows * size }, () => random.next() - 0.5);
const query = Float32Array.from({ length: size }, () => random.next() - 0.5);
const heap = new TopHeap(100);

function naive(): void {
  const scores = Array.from({ length: rows }, (_, row) => {
    let score = 0;
    for (let k = 0; k < size; k++) score += table[row * size + k] * query[k];
    return { row, score };
  });
  scores.sort((a, b) => b.score - a.score).slice(0, 100);
}

export const bench = {
  name: 'exact scan, top 100 of 200,000 × 64',
  baseline: naive,
  candidate(): void {
    scanTop(heap, table, query);
  },
};
