import type { Stage } from '#shared/contract/component.ts';
import type { Candidates, Plot, Value } from '#shared/contract/values.ts';
import { itemCategories, type ItemCategories } from '#shared/values/item-categories.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/** Places that a user looks at first. */
const places = 10;
/** Categories that are told apart; the rest are one. */
const mostShown = 9;

/**
 * What a re-ranker does to the mix: shares of the first ten places by category, before and after it, over the test requests.
 * An item of several categories counts in equal parts for each. Null for other stages and where items have no categories.
 */
export function categoryMix(
  stage: Stage,
  inputs: Readonly<Record<string, unknown>>,
  outputs: Readonly<Record<string, Value>>,
): Plot | null {
  if (stage !== 'reranking') return null;
  const before = Object.values(inputs).flat().find(isLists);
  const after = Object.values(outputs).find(isLists);
  if (before === undefined || after === undefined) return null;
  const categories = itemCategories(after.split.dataset);
  if (categories === null || categories.names.length === 0) return null;
  const [was, is] = [sharesOf(before, categories), sharesOf(after, categories)];
  if (was === null || is === null) return null;
  const order = categories.names
    .map((name, code) => ({ name, code, size: Math.max(was[code], is[code]) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || a.code - b.code);
  const shown = order.slice(0, mostShown);
  const rest = order.slice(mostShown);
  const series = (name: string, shares: Float64Array): Plot['series'][number] => ({
    name,
    x: [...shown.map((one) => one.name), ...(rest.length > 0 ? ['all others'] : [])],
    y: [
      ...shown.map(({ code }) => shares[code]),
      ...(rest.length > 0 ? [rest.reduce((sum, { code }) => sum + shares[code], 0)] : []),
    ],
  });
  return {
    id: 'category-mix',
    title: `Categories in the first ${places} places`,
    x: 'category',
    y: 'share of places',
    mark: 'bar',
    series: [series('before', was), series('after', is)],
  };
}

function isLists(value: unknown): value is Candidates {
  const type = (value as { type?: unknown } | null)?.type;
  return type === 'candidates' || type === 'list';
}

/** Shares of places per category, which sum to one; null where no place holds an item with a category. */
function sharesOf(lists: Candidates, { offsets, codes, names }: ItemCategories): Float64Array | null {
  const shares = new Float64Array(names.length);
  let total = 0;
  for (const r of requestsOfPart(lists.requests, 2)) {
    const end = Math.min(lists.offsets[r + 1], lists.offsets[r] + places);
    for (let at = lists.offsets[r]; at < end; at++) {
      const item = lists.items[at];
      const [from, to] = [offsets[item], offsets[item + 1]];
      if (to === from) continue;
      for (let one = from; one < to; one++) shares[codes[one]] += 1 / (to - from);
      total++;
    }
  }
  if (total === 0) return null;
  for (let code = 0; code < shares.length; code++) shares[code] /= total;
  return shares;
}
