import { implement } from '#shared/contract/component.ts';
import { dppQualityInto, fillFromOrder, selectDppInto, vectorKernelRow } from '#shared/kernels/dpp.ts';
import { itemVectors } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists, model }, { alpha, keep, window, relevance, column }, context) {
    const vectors = itemVectors(lists.split, model, column);
    let filled = 0;
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised by DPP for diversity'] },
      (view, order, reason) => {
        const wanted = order.subarray(0, Math.min(keep, order.length));
        const quality = dppQualityInto(
          new Float64Array(view.items.length),
          relevanceOfView(view, relevance === 'place'),
          alpha,
        );
        const diagonal = quality.map((q) => q * q);
        const row = vectorKernelRow(quality, vectors.rows(view.items), vectors.width);
        const picked = selectDppInto(wanted, diagonal, row, window === 0 ? Infinity : window);
        if (picked < wanted.length) filled++;
        fillFromOrder(wanted, picked, view.items.length);
        return markRaised(order, reason, wanted.length, 1);
      },
    );
    if (filled > 0) {
      context.log(
        `${filled} of ${lists.requests.user.length} lists are longer than there are kinds of items: their ends follow relevance; a window keeps them diverse`,
      );
    }
    return { lists: out };
  },
});
