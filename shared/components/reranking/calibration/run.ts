import { implement } from '#shared/contract/component.ts';
import { miscalibration } from '#shared/kernels/beyond-accuracy.ts';
import { selectCalibratedInto } from '#shared/kernels/calibrate-list.ts';
import { categorySharesInto, scaleToShares } from '#shared/kernels/category-lists.ts';
import { rankDiscount } from '#shared/kernels/ranking-metrics.ts';
import type { ItemCategories } from '#shared/values/item-categories.ts';
import { categoriesOf, neededCategories } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { tasteOf } from '#shared/values/taste.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, { lambda, keep, smoothing, halfLifeDays, weighPlaces, column }, context) {
    const categories = neededCategories(lists.split, column);
    const placeWeights = Float64Array.from({ length: keep }, (_one, rank) => (weighPlaces ? rankDiscount(rank) : 1));
    let before = 0;
    let after = 0;
    let counted = 0;
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised to match the mix of the history'] },
      (view, order, reason) => {
        const own = categoriesOf(categories, view.items);
        const taste = tasteOf(lists.split, lists.requests, view.request, categories, halfLifeDays);
        const wanted = order.subarray(0, Math.min(keep, order.length));
        const picked = selectCalibratedInto(
          wanted,
          relevanceOfView(view),
          own.offsets,
          own.codes,
          taste,
          placeWeights,
          lambda,
          smoothing,
        );
        if (taste.some((share) => share > 0)) {
          before += distance(
            taste,
            own,
            Int32Array.from(wanted, (_one, i) => i),
            smoothing,
          );
          after += distance(taste, own, wanted, smoothing);
          counted++;
        }
        return markRaised(order, reason, picked, 1);
      },
    );
    if (counted > 0) {
      context.measure('miscalibration before', before / counted);
      context.measure('miscalibration after', after / counted);
    }
    return { lists: out };
  },
});

/** Steck's C between the taste and the mix of the chosen positions. */
function distance(taste: Float64Array, own: ItemCategories, chosen: Int32Array, smoothing: number): number {
  const shown = new Float64Array(taste.length);
  scaleToShares(shown, categorySharesInto(shown, chosen, 0, chosen.length, own.offsets, own.codes));
  return miscalibration(taste, shown, smoothing);
}
