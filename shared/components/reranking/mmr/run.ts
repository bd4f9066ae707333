import { implement } from '#shared/contract/component.ts';
import { selectMmrInto } from '#shared/kernels/mmr.ts';
import { itemVectors } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists, model }, { lambda, keep, window, relevance, column }, context) {
    const vectors = itemVectors(lists.split, model, column);
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised by MMR for diversity'] },
      (view, order, reason) => {
        const wanted = order.subarray(0, Math.min(keep, order.length));
        const relevant = relevanceOfView(view, relevance === 'place');
        const picked = selectMmrInto(
          wanted,
          relevant,
          vectors.rows(view.items),
          vectors.width,
          lambda,
          window === 0 ? Infinity : window,
        );
        return markRaised(order, reason, picked, 1);
      },
    );
    return { lists: out };
  },
});
