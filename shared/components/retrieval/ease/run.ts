import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { easePeakBytes, fitEase, scoreEaseInto } from '#shared/kernels/ease.ts';
import { offerScores, popularFallback, propose } from '#shared/values/propose.ts';
import { itemPopularity, rowOf, trainingMatrix } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  fit({ split }, { regularisation, itemLimit }, context) {
    const items = split.dataset.items.ids.length;
    if (items > itemLimit) {
      const gigabytes = (easePeakBytes(items) / 1e9).toFixed(1);
      throw new RunboardError(
        'too-large',
        `EASE inverts an items × items matrix: ${items} items would take ${gigabytes} GB, the limit is ${itemLimit} items`,
        {
          where: 'itemLimit',
          remedy: 'filter rare items, use iALS or item-kNN, or raise the limit',
        },
      );
    }
    return fitEase(trainingMatrix(split), regularisation, (share) =>
      context.progress(share, 'inverting the item matrix'),
    );
  },

  open(weights, { split }, { fallback }) {
    const popularity = itemPopularity(split);
    const scores = new Float64Array(popularity.length);
    return {
      weights,
      users: trainingMatrix(split),
      popularity,
      fallback: popularFallback(popularity, fallback),
      scores,
    };
  },

  apply({ weights, users, popularity, fallback, scores }, { split }, { keep }, context) {
    const candidates = propose(split, { keep, fallback }, context, (heap, r, hidden) => {
      const history = rowOf(users, split.requests.user[r]);
      if (history.items.length === 0) return false;
      scoreEaseInto(scores, weights, history.items);
      // The weights of an item without training events are all 0: nothing is known of it.
      for (let item = 0; item < scores.length; item++) if (popularity[item] === 0) scores[item] = -Infinity;
      offerScores(heap, scores, hidden);
      return true;
    });
    return { candidates };
  },
});
