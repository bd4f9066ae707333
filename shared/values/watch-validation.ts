import type { Split, Vectors } from '#shared/contract/values.ts';
import { scoreRowsInto } from '#shared/kernels/exact-search.ts';
import type { Random } from '#shared/kernels/random.ts';
import { shuffle } from '#shared/kernels/random.ts';
import { selectTop, TopHeap } from '#shared/kernels/topk.ts';
import { heldOut, hiddenItems } from './history.ts';
import { requestsOfPart } from './requests.ts';

const listLength = 10;

/** Multiplications that one validation may cost: some tenths of a second. */
const effort = 2e8;

/** Validation requests to watch during training: all, or as many drawn at random as can be asked in reasonable time. */
export function watchedRequests(split: Split, width: number, random: Random): Int32Array {
  const all = requestsOfPart(split.requests, 1);
  const affordable = Math.max(50, Math.floor(effort / (width * split.dataset.items.ids.length)));
  return all.length <= affordable ? all : shuffle(all, random).slice(0, affordable).sort();
}

/** Mean NDCG@10 of the watched requests, over all items that are proposed and not known from training. */
export function validationNdcg(
  split: Split,
  watched: Int32Array,
  { width, users, items }: Vectors,
  popularity: Float64Array,
): number {
  const heap = new TopHeap(listLength);
  const scores = new Float64Array(popularity.length);
  let total = 0;
  for (const r of watched) {
    scoreRowsInto(
      scores,
      items,
      users.subarray(split.requests.user[r] * width, (split.requests.user[r] + 1) * width),
      0,
      scores.length,
    );
    for (let item = 0; item < scores.length; item++) if (popularity[item] === 0) scores[item] = -Infinity;
    for (const item of hiddenItems(split, split.requests, r)) scores[item] = -Infinity;
    selectTop(heap, scores);
    total += ndcg(heap, new Set(heldOut(split, split.requests, r).items));
  }
  return total / watched.length;
}

function ndcg(heap: TopHeap, relevant: ReadonlySet<number>): number {
  let gain = 0;
  let ideal = 0;
  for (let rank = 0; rank < listLength; rank++) {
    const discount = 1 / Math.log2(rank + 2);
    if (rank < heap.size && relevant.has(heap.ids[rank])) gain += discount;
    if (rank < relevant.size) ideal += discount;
  }
  return ideal === 0 ? 0 : gain / ideal;
}
