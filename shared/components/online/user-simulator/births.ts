import type { Context } from '#shared/contract/component.ts';
import type { Split } from '#shared/contract/values.ts';
import { hashText } from '#shared/kernels/random.ts';

/**
 * First day on which each item may be shown, from the first day of the warm-up; 0 for items that are there from the start, null
 * where all are. Items come one after the other over the experiment. Only items that nothing was learned from can be new: what a
 * model was trained on it knows, whether it is shown or not.
 */
export function drawBirths(
  split: Split,
  about: { readonly newItems: number; readonly world: number; readonly warmUp: number; readonly days: number },
  context: Context,
): Int32Array | null {
  if (about.newItems === 0) return null;
  const items = split.dataset.items.ids.length;
  const learned = new Uint8Array(items);
  for (const row of split.train) learned[split.dataset.events.item[row]] = 1;
  const unknown = Array.from(learned, (known, item) => ({ known, item, lot: hashText(`${about.world} ${item}`) }))
    .filter((one) => one.known === 0)
    .sort((a, b) => a.lot - b.lot || a.item - b.item);
  const wanted = Math.round(about.newItems * items);
  const coming = unknown.slice(0, wanted);
  if (coming.length < wanted) {
    context.warn(
      `${coming.length} new items instead of ${wanted}: only items without training events can be new; hold more of the data out by time`,
    );
  }
  const births = new Int32Array(items);
  const last = Math.max(1, about.days - 1);
  coming.forEach(({ item }, at) => (births[item] = about.warmUp + 1 + Math.floor((at * last) / coming.length)));
  return births;
}
