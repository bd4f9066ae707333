import { implement } from '#shared/contract/component.ts';
import { capConsecutiveInto } from '#shared/kernels/caps.ts';
import { categoriesOf, neededCategories } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, { run, depth, keep, column }, context) {
    const categories = neededCategories(lists.split, column);
    let loose = 0;
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised to break up a row'] },
      (view, order, reason) => {
        const own = categoriesOf(categories, view.items);
        if (capConsecutiveInto(order, own.offsets, own.codes, own.names.length, run, depth) > 0) loose++;
        return markRaised(order, reason, Math.min(keep, order.length), 1);
      },
    );
    if (loose > 0)
      context.warn(
        `${loose} of ${lists.requests.user.length} lists have too few other categories to keep rows to ${run}`,
      );
    return { lists: out };
  },
});
