import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset, Impressions } from '#shared/contract/values.ts';
import { itemCategories } from '#shared/values/item-categories.ts';
import type { ReadOptions } from './experiment-rows.ts';

/** Outcome columns looked for in the impressions, beside click. */
export const outcomeColumns: readonly string[] = ['conversion', 'revenue', 'dwell', 'hidden', 'latency'];

/** Outcomes of the given rows, checked: click, and whatever else the log has. */
export function outcomesOf(
  dataset: Dataset,
  impressions: Impressions,
  rows: Int32Array,
  options: ReadOptions,
): Record<string, Float32Array> {
  const columns: Record<string, Float32Array> = {};
  for (const name of ['click', ...outcomeColumns]) {
    const values = outcomeValues(dataset, impressions, name, options.outcomes?.[name]);
    if (values !== null) columns[name] = checked(name, pick(values, rows), name === 'revenue' && options.refunds);
  }
  const distinct = distinctCategories(dataset, impressions);
  if (distinct !== null) columns['distinct'] = pick(distinct, rows);
  return columns;
}

/** The values of an outcome; null where the log has none. Clicks are none where no column of an imported log plays their part. */
function outcomeValues(
  dataset: Dataset,
  impressions: Impressions,
  name: string,
  called: string | undefined,
): ArrayLike<number> | null {
  const column: Column | undefined = impressions.table.columns[called ?? name];
  if (column?.kind === 'number') return column.values;
  if (called !== undefined) {
    throw new RunboardError('bad-data', `the impressions have no column of numbers called ${called}`, {
      where: `${name}=${called}`,
      remedy: `name one of ${Object.keys(impressions.table.columns).join(', ')}`,
    });
  }
  const clicks = dataset.roles['simulator'] !== undefined || dataset.roles['impression.click'] !== undefined;
  return name === 'click' && clicks ? impressions.click : null;
}

/** A loop, because Float32Array.from with a function is many times slower on millions of rows. */
function pick(values: ArrayLike<number>, rows: Int32Array): Float32Array {
  const picked = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
  return picked;
}

function checked(name: string, values: Float32Array, negative: boolean): Float32Array {
  let missing = 0;
  let below = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) missing++;
    else if (value < 0) below++;
  }
  if (missing > 0)
    throw new RunboardError('bad-data', `${missing} of ${values.length} impressions have no ${name}`, {
      where: name,
      remedy: 'write 0 where nothing happened, and leave out rows where it is not known',
    });
  if (below > 0 && !negative)
    throw new RunboardError('bad-data', `${below} impressions have a ${name} below 0`, {
      where: name,
      remedy: name === 'revenue' ? 'correct them, or say that refunds are meant' : 'correct them',
    });
  return values;
}

/** 1 where an item brings a category that no item above it in the same request has; null where items have none. */
function distinctCategories(dataset: Dataset, impressions: Impressions): Float32Array | null {
  const categories = itemCategories(dataset);
  if (categories === null) return null;
  const distinct = new Float32Array(impressions.item.length);
  const seenIn = new Int32Array(categories.names.length).fill(-2);
  for (let row = 0; row < distinct.length; row++) {
    const item = impressions.item[row];
    const request = impressions.request[row];
    if (request < 0) return null;
    const end = categories.offsets[item + 1];
    for (let at: number = categories.offsets[item]; at < end; at++) {
      const code: number = categories.codes[at];
      if (seenIn[code] !== request) distinct[row] = 1;
      seenIn[code] = request;
    }
  }
  return distinct;
}
