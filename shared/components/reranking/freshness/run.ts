import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { halfLifeDecay } from '#shared/kernels/freshness.ts';
import { itemBirths } from '#shared/values/item-categories.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

const day = 86_400;

export const component = implement(spec, {
  apply(_, { lists }, { halfLifeDays, strength, combine, keep }, context) {
    const births = itemBirths(lists.split.dataset);
    if (births === null) {
      throw new RunboardError('bad-data', 'the data set does not say when items appeared', {
        where: 'items',
        remedy: 'map an item column of times to the role item.created',
      });
    }
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['raised for being fresh'] },
      (view, order, reason) => {
        const relevance = relevanceOfView(view);
        const value = relevance.map((relevant, i) => {
          const age = (view.time - births[view.items[i]]) / day;
          // Of unknown age: neither fresh nor old, as after one half-life.
          const fresh = Number.isNaN(age) ? 0.5 : halfLifeDecay(age, halfLifeDays);
          return combine === 'add'
            ? (1 - strength) * relevant + strength * fresh
            : relevant * (1 - strength + strength * fresh);
        });
        order.forEach((_one, i) => (order[i] = i));
        order.sort((a, b) => value[b] - value[a] || a - b);
        return markRaised(order, reason, Math.min(keep, order.length), 1);
      },
    );
    return { lists: out };
  },
});
