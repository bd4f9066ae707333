import { implement } from '#shared/contract/component.ts';
import { selectXquadInto } from '#shared/kernels/xquad.ts';
import { categoriesOf, neededCategories } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { tasteOf } from '#shared/values/taste.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, { lambda, keep, coverage, column }, context) {
    const categories = neededCategories(lists.split, column);
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised by xQuAD for another interest'] },
      (view, order, reason) => {
        const own = categoriesOf(categories, view.items);
        const covers = new Float64Array(own.codes.length);
        for (let i = 0; i < view.items.length; i++) {
          const share = coverage === 'whole' ? 1 : 1 / (own.offsets[i + 1] - own.offsets[i]);
          covers.fill(share, own.offsets[i], own.offsets[i + 1]);
        }
        const interest = tasteOf(lists.split, lists.requests, view.request, categories, 0);
        const wanted = order.subarray(0, Math.min(keep, order.length));
        const picked = selectXquadInto(wanted, relevanceOfView(view), own.offsets, own.codes, covers, interest, lambda);
        return markRaised(order, reason, picked, 1);
      },
    );
    return { lists: out };
  },
});
