import type { Context } from '#shared/contract/component.ts';
import type { Candidates, Split } from '#shared/contract/values.ts';
import { tieRank, TopHeap } from '#shared/kernels/topk.ts';
import { CandidateLists } from './candidate-lists.ts';
import { hiddenItems } from './history.ts';

/** How a retriever answers requests. */
export interface ProposeOptions {
  /** Most items per request. */
  readonly keep: number;
  /** Scores of items for users of whom the retriever knows nothing, NaN or -Infinity where an item is not proposed; null: such users get an empty list. */
  readonly fallback: Float64Array | null;
}

/** Offers items for request r to a heap that is ready to be filled, none of `hidden`. Answers false where nothing is known of the user. */
export type Fill = (heap: TopHeap, r: number, hidden: Int32Array) => boolean;

/**
 * The candidates of one retriever for every request of a split. Ties are broken by a draw from the run's seed, the node, the user
 * and the item, so that a request gets the same list alone or among others.
 */
export function propose(split: Split, options: ProposeOptions, context: Context, fill: Fill): Candidates {
  const { requests, dataset } = split;
  const catalogue = dataset.items.ids.length;
  const keep = Math.max(1, Math.min(options.keep, catalogue));
  const lists = new CandidateLists(split, requests, keep);
  const heap = new TopHeap(keep);
  const ties = context.random('ties').bits();
  const fallback = options.fallback;
  const scratch = fallback === null ? null : new Float64Array(catalogue);
  const scores = new Float32Array(keep);
  // Some million scores between two looks at the progress: far below its 200 ms.
  const stride = Math.max(1, Math.min(64, Math.floor(2_000_000 / (catalogue + 1))));
  for (let r = 0; r < requests.user.length; r++) {
    if (r % stride === 0) context.progress(r / requests.user.length);
    const hidden = hiddenItems(split, requests, r);
    heap.reset(tieRank(requests.user[r], ties));
    if (!fill(heap, r, hidden) && fallback !== null && scratch !== null) {
      scratch.set(fallback);
      offerScores(heap, scratch, hidden);
    }
    heap.sort();
    for (let i = 0; i < heap.size; i++) scores[i] = heap.scores[i];
    lists.add(heap.ids, scores, heap.size);
  }
  return lists.finish(context.nodeTitle);
}

/** Offers every item but the hidden ones with its score; the scores of hidden items are overwritten. */
export function offerScores(heap: TopHeap, scores: Float64Array, hidden: Int32Array): void {
  for (let h = 0; h < hidden.length; h++) scores[hidden[h]] = -Infinity;
  for (let item = 0; item < scores.length; item++) heap.offer(item, scores[item]);
}

/** Popularity as a fallback: items without events are not proposed. */
export function popularFallback(popularity: Float64Array, fallback: 'popularity' | 'nothing'): Float64Array | null {
  return fallback === 'nothing' ? null : popularity.map((count) => (count > 0 ? count : -Infinity));
}
