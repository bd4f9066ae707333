// The best 100 of 100,000 scores: a heap with seeded ties, against sorting all of them.
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { selectTop, TopHeap } from '../../../shared/kernels/topk.ts';

const random = new Xoshiro(1, 'bench');
const scores = Float64Array.from({ length: 100_000 }, () => random.next());
const heap = new TopHeap(100, 1);

export const bench = {
  name: 'top 100 of 100,000',
  baseline(): void {
    Array.from(scores, (score, id) => ({ id, score }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 100);
  },
  candidate(): void {
    selectTop(heap, scores);
  },
};
