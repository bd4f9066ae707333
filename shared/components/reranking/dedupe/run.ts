import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Split } from '#shared/contract/values.ts';
import { rearrangeRequests } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, { by }, context) {
    const keyOf = sameness(lists.split, by);
    const merged = lists.source.slice(); // the one that stays was proposed by whoever proposed its copies
    const out = rearrangeRequests(
      { ...lists, source: merged },
      { type: 'candidates', context, reasons: [] },
      (view, order) => {
        const first = new Map<number | string, number>();
        let kept = 0;
        for (let i = 0; i < view.items.length; i++) {
          const key = keyOf(view.items[i]);
          const earlier = key === null ? undefined : first.get(key);
          if (earlier !== undefined) {
            merged[view.start + earlier] |= lists.source[view.start + i];
            continue;
          }
          if (key !== null) first.set(key, i);
          order[kept++] = i;
        }
        return kept;
      },
    );
    const gone = lists.items.length - out.items.length;
    if (gone > 0) context.log(`left out ${gone} of ${lists.items.length} entries as copies`);
    return { lists: out };
  },
});

/** What makes an item the same as another; null where it is like no other. */
function sameness(split: Split, by: string): (item: number) => number | string | null {
  if (by === '') return (item) => item;
  const column: Column | undefined = split.dataset.items.table.columns[by];
  switch (column?.kind) {
    case 'category':
      return (item) => (column.codes[item] < 0 ? null : column.codes[item]);
    case 'number':
      return (item) => (Number.isNaN(column.values[item]) ? null : column.values[item]);
    case 'text':
      return (item) => (column.values[item] === '' ? null : column.values[item].trim().toLowerCase());
    default:
      throw new RunboardError('bad-parameter', `there is no item column ${by} of names, numbers or text`, {
        where: 'by',
        remedy: `take one of ${Object.keys(split.dataset.items.table.columns).join(', ') || 'the columns of the items: this data set has none'}, or leave it empty`,
      });
  }
}
