import { implement } from '#shared/contract/component.ts';
import type { Candidates } from '#shared/contract/values.ts';
import { historyOf } from '#shared/values/history.ts';
import { rearrangeRequests } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

const day = 86_400;

export const component = implement(spec, {
  apply(_, { lists }, { withinDays }, context) {
    const seenFor = new Int32Array(lists.split.dataset.items.ids.length).fill(-1);
    const out = rearrangeRequests(lists, { type: 'candidates', context, reasons: [] }, (view, order) => {
      markSeen(seenFor, lists, view.request, withinDays);
      let kept = 0;
      for (let i = 0; i < view.items.length; i++) if (seenFor[view.items[i]] !== view.request) order[kept++] = i;
      return kept;
    });
    context.log(`left out ${lists.items.length - out.items.length} of ${lists.items.length} entries as seen`);
    return { lists: out };
  },
});

/** Marks the items that the user of request r has seen with r. */
function markSeen(seenFor: Int32Array, { split, requests }: Candidates, r: number, withinDays: number): void {
  const history = historyOf(split, requests.part[r] === 2 ? 'train+validation' : 'train');
  const user = requests.user[r];
  const since = withinDays === 0 ? NaN : requests.time[r] - withinDays * day;
  for (let at = history.offsets[user]; at < history.offsets[user + 1]; at++) {
    // Without a time on either side everything counts as recent.
    if (split.dataset.events.time[history.rows[at]] < since) continue;
    seenFor[history.items[at]] = r;
  }
}
