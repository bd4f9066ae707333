import type { Column, Dataset, Split } from '#shared/contract/values.ts';

/** Categories of items as compressed rows: item i has codes[offsets[i]] up to, not including, codes[offsets[i + 1]]. */
export interface ItemCategories {
  readonly offsets: Int32Array;
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

const kept = new WeakMap<Column, ItemCategories>();

/**
 * Categories of all items, from the item column called `name` or, where `name` is empty, the one in role
 * item.category; null where there is no such column of names. Repeated names of an item count once.
 */
export function itemCategories(dataset: Dataset, name = ''): ItemCategories | null {
  const column = dataset.items.table.columns[name === '' ? (dataset.roles['item.category'] ?? '') : name];
  if (column === undefined || (column.kind !== 'tags' && column.kind !== 'category')) return null;
  let made = kept.get(column);
  if (made === undefined)
    kept.set(column, (made = column.kind === 'tags' ? distinct(column) : single(column.codes, column.names)));
  return made;
}

function single(values: Int32Array, names: readonly string[]): ItemCategories {
  const offsets = new Int32Array(values.length + 1);
  for (let i = 0; i < values.length; i++) offsets[i + 1] = offsets[i] + (values[i] < 0 ? 0 : 1);
  return { offsets, codes: values.filter((code) => code >= 0), names };
}

function distinct(tags: ItemCategories): ItemCategories {
  const rows = tags.offsets.length - 1;
  const offsets = new Int32Array(rows + 1);
  const codes = new Int32Array(tags.codes.length);
  const seenAt = new Int32Array(tags.names.length).fill(-1);
  let size = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = tags.offsets[row]; at < tags.offsets[row + 1]; at++) {
      const code = tags.codes[at];
      if (code < 0 || seenAt[code] === row) continue;
      seenAt[code] = row;
      codes[size++] = code;
    }
    offsets[row + 1] = size;
  }
  return { offsets, codes: codes.slice(0, size), names: tags.names };
}

/** When items appeared, Unix seconds, NaN where unknown; null where no number column has role item.created. */
export function itemBirths(dataset: Dataset): ArrayLike<number> | null {
  const column = dataset.items.table.columns[dataset.roles['item.created'] ?? ''];
  return column?.kind === 'number' ? column.values : null;
}

const firstEvents = new WeakMap<Int32Array, Float64Array>();

/** When each item was first met in a training event, Unix seconds; NaN where it was not, or the data has no time. */
export function firstTrainingEvents(split: Split): Float64Array {
  let first = firstEvents.get(split.train);
  if (first === undefined) {
    first = new Float64Array(split.dataset.items.ids.length).fill(NaN);
    const { item, time } = split.dataset.events;
    for (const row of split.train) if (!(first[item[row]] <= time[row])) first[item[row]] = time[row];
    firstEvents.set(split.train, first);
  }
  return first;
}
