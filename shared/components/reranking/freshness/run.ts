import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';
import { halfLifeDecay } from '#shared/kernels/freshness.ts';
import { firstTrainingEvents, itemBirths } from '#shared/values/item-categories.ts';
import { markRaised, rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

const day = 86_400;

export const component = implement(spec, {
  apply(_, { lists }, { halfLifeDays, strength, combine, keep }, context) {
    const births = birthsOf(lists.split, context);
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

/** When items appeared: as the data set says or, where it does not, when each was first met in training. */
function birthsOf(split: Split, context: Context): ArrayLike<number> {
  const births = itemBirths(split.dataset);
  if (births !== null) return births;
  const first = firstTrainingEvents(split);
  if (split.train.length > 0 && first.every((time) => Number.isNaN(time))) {
    throw new RunboardError('bad-data', 'the data set says neither when items appeared nor when events happened', {
      where: 'items',
      remedy: 'map an item column of times to the role item.created',
    });
  }
  context.log('no item column has the role item.created: an item counts as new when it is first met in training');
  return first;
}
