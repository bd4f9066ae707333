import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { thousands } from '#shared/contract/thousands.ts';
import { capCategoriesInto, fillQuotasInto } from '#shared/kernels/caps.ts';
import type { ItemCategories } from '#shared/values/item-categories.ts';
import { categoriesOf, neededCategories } from '#shared/values/item-vectors.ts';
import { markRaised, rearrangeRequests } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, { cap, quotas, depth, keep, column }, context) {
    const categories = neededCategories(lists.split, column);
    const owed = quotasOf(categories, quotas);
    let loose = 0;
    let unpaid = 0;
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised by a category cap or quota'] },
      (view, order, reason) => {
        const own = categoriesOf(categories, view.items);
        const places = Math.min(depth, view.items.length);
        const capped = capCategoriesInto(order, own.offsets, own.codes, own.names.length, cap, places);
        if (capped < places) loose++;
        if (owed !== null && payQuotas(order, own, owed, places) > 0) unpaid++;
        return markRaised(order, reason, Math.min(keep, order.length), 1);
      },
    );
    if (loose > 0)
      context.warn(
        `${thousands(loose)} of ${thousands(lists.requests.user.length)} lists have too few other categories to keep to the cap of ${cap}`,
      );
    if (unpaid > 0)
      context.warn(`${unpaid} of ${lists.requests.user.length} lists have too few candidates for the quotas`);
    return { lists: out };
  },
});

/** Gives quotas their places in a list that `order` has put in order already. Returns what is still owed. */
function payQuotas(order: Int32Array, own: ItemCategories, owed: Int32Array, depth: number): number {
  const arranged = categoriesOf(own, order);
  const places = new Int32Array(order.length);
  const short = fillQuotasInto(places, arranged.offsets, arranged.codes, owed, depth);
  const before = order.slice();
  for (let i = 0; i < places.length; i++) order[i] = before[places[i]];
  return short;
}

function quotasOf(categories: ItemCategories, quotas: readonly string[]): Int32Array | null {
  if (quotas.length === 0) return null;
  const owed = new Int32Array(categories.names.length);
  for (const quota of quotas) {
    const equals = quota.lastIndexOf('=');
    const code = categories.names.indexOf(quota.slice(0, Math.max(0, equals)).trim());
    const least = Number(quota.slice(equals + 1));
    if (code < 0 || !Number.isInteger(least) || least < 0) {
      throw new RunboardError('bad-parameter', `"${quota}" is no quota`, {
        where: 'quotas',
        remedy: `write a category, an equals sign and a whole number, as ${categories.names[0] ?? 'Comedy'}=1`,
      });
    }
    owed[code] = least;
  }
  return owed;
}
