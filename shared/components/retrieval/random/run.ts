import { implement } from '#shared/contract/component.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { hiddenItems } from '#shared/values/history.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { split }, { keep }, context) {
    const items = split.dataset.items.ids.length;
    const { requests } = split;
    const lists = new CandidateLists(split, requests, Math.min(keep, items));
    // One seed for the node; each request has its own stream, so that it gets the same list alone or among others.
    const seed = context.random('requests').bits();
    for (let r = 0; r < requests.user.length; r++) {
      if (r % 256 === 0) context.progress(r / requests.user.length);
      const chosen = drawItems(
        items,
        keep,
        hiddenItems(split, requests, r),
        new Xoshiro(seed, `${requests.user[r]}:${requests.part[r]}`),
      );
      lists.add(
        chosen,
        Float32Array.from(chosen, (_one, rank) => 1 - rank / chosen.length),
      );
    }
    return { candidates: lists.finish(context.nodeTitle) };
  },
});

/** At most `keep` different items that are not hidden, in random order. */
function drawItems(items: number, keep: number, hidden: Int32Array, random: Xoshiro): Int32Array {
  const taken = new Set<number>(hidden);
  const wanted = Math.min(keep, items - taken.size);
  if (wanted * 2 > items) {
    const open = Int32Array.from({ length: items }, (_, item) => item).filter((item) => !taken.has(item));
    for (let i = 0; i < wanted; i++) {
      const j = i + random.integer(open.length - i);
      [open[i], open[j]] = [open[j], open[i]];
    }
    return open.subarray(0, wanted);
  }
  const chosen = new Int32Array(wanted);
  for (let i = 0; i < wanted;) {
    const item = random.integer(items);
    if (taken.has(item)) continue;
    taken.add(item);
    chosen[i++] = item;
  }
  return chosen;
}
