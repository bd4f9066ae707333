import { implement } from '#shared/contract/component.ts';
import { offerScores, popularFallback, propose } from '#shared/values/propose.ts';
import { recentItems } from '#shared/values/recent-items.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { itemLikeness } from './likeness.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  open(_, { split }, { by, column, fallback }) {
    const popularity = itemPopularity(split);
    const scores = new Float64Array(popularity.length);
    // Popularity breaks ties: items of the same categories are otherwise alike. A millionth cannot turn any other order.
    const most = popularity.reduce((highest, count) => Math.max(highest, count), 1);
    return {
      likeness: itemLikeness(split.dataset, by, column),
      nudge: popularity.map((count) => (1e-6 * count) / most),
      fallback: popularFallback(popularity, fallback),
      scores,
    };
  },

  apply({ likeness, nudge, fallback, scores }, { split }, { keep, recent }, context) {
    const candidates = propose(split, { keep, fallback }, context, (heap, r, hidden) => {
      const liked = recentItems(split, split.requests, r, recent);
      if (!likeness(scores, liked)) return false;
      // Nothing in common is no reason to be proposed.
      for (let item = 0; item < scores.length; item++)
        scores[item] = scores[item] > 0 ? scores[item] + nudge[item] : -Infinity;
      offerScores(heap, scores, hidden);
      return true;
    });
    return { candidates };
  },
});
