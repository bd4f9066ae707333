import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';
import { TopHeap } from '#shared/kernels/topk.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { hiddenItems } from '#shared/values/history.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

const day = 86_400;

export const component = implement(spec, {
  fit({ split }, { window }, context) {
    context.progress(0);
    const counts = itemPopularity(split, window === 0 ? -Infinity : latestTrainingTime(split) - window * day);
    return sortedByCount(counts, context.random('ties').bits());
  },

  apply(ranked, { split }, { keep }, context) {
    const { requests } = split;
    const catalogue = split.dataset.items.ids.length;
    const lists = new CandidateLists(split, requests, Math.min(keep, ranked.items.length));
    const items = new Int32Array(Math.min(keep, ranked.items.length));
    const scores = new Float32Array(items.length);
    // Round of the request in which an item was last hidden: nothing to clear between requests.
    const hiddenIn = new Int32Array(catalogue);
    for (let r = 0; r < requests.user.length; r++) {
      if (r % 256 === 0) context.progress(r / requests.user.length);
      for (const item of hiddenItems(split, requests, r)) hiddenIn[item] = r + 1;
      let count = 0;
      for (let p = 0; p < ranked.items.length && count < items.length; p++) {
        if (hiddenIn[ranked.items[p]] === r + 1) continue;
        items[count] = ranked.items[p];
        scores[count++] = ranked.counts[p];
      }
      lists.add(items, scores, count);
    }
    return { candidates: lists.finish(context.nodeTitle) };
  },
});

/** Items with events, the most popular first; equal counts in the order of a draw. */
function sortedByCount(counts: Float64Array, seed: number): { items: Int32Array; counts: Float32Array } {
  const heap = new TopHeap(Math.max(1, counts.length), seed);
  for (let item = 0; item < counts.length; item++) if (counts[item] > 0) heap.offer(item, counts[item]);
  heap.sort();
  return { items: heap.ids.slice(0, heap.size), counts: Float32Array.from(heap.scores.subarray(0, heap.size)) };
}

function latestTrainingTime({ train, dataset }: Split): number {
  let latest = -Infinity;
  for (let i = 0; i < train.length; i++)
    if (dataset.events.time[train[i]] > latest) latest = dataset.events.time[train[i]];
  if (latest === -Infinity && train.length > 0) {
    throw new RunboardError('bad-data', 'the training events have no time, so that a window of days cannot be taken', {
      where: 'window',
      remedy: 'set the window to 0, or map a column to the role time',
    });
  }
  return latest;
}
