import { RunboardError } from '#shared/contract/failure.ts';
import type { Model, Split } from '#shared/contract/values.ts';
import { unitRows } from '#shared/kernels/normalise-scores.ts';
import type { ItemCategories } from './item-categories.ts';
import { itemCategories } from './item-categories.ts';

/** Where the likeness of items comes from. */
export interface ItemVectors {
  readonly width: number;
  /** Unit vectors of some items, row after row; zeros for an item of which nothing is known. */
  rows(items: Int32Array): Float64Array;
}

/**
 * Vectors of items: of the model where one with vectors is wired, else of the item column called `column`, else of the
 * categories. Throws bad-data where there is nothing to tell items apart by.
 */
export function itemVectors(split: Split, model: Model | undefined, column: string): ItemVectors {
  if (model?.vectors) return dense(model.vectors.items, model.vectors.width);
  const named = split.dataset.items.table.columns[column];
  if (named?.kind === 'vector') return dense(named.values, named.width);
  const categories = itemCategories(split.dataset, column);
  if (categories !== null) return ofCategories(categories);
  throw new RunboardError(
    'bad-data',
    column === ''
      ? 'nothing says how alike items are: no item column has the role item.category'
      : `there is no item column ${column} of names, tags or vectors`,
    {
      where: 'items',
      remedy: 'map a column to item.category, or wire a model that has vectors',
    },
  );
}

function dense(values: Float32Array, width: number): ItemVectors {
  return {
    width,
    rows(items) {
      const out = new Float64Array(items.length * width);
      for (let i = 0; i < items.length; i++)
        out.set(values.subarray(items[i] * width, (items[i] + 1) * width), i * width);
      return unitRows(out, width);
    },
  };
}

function ofCategories({ offsets, codes, names }: ItemCategories): ItemVectors {
  const width = names.length;
  return {
    width,
    rows(items) {
      const out = new Float64Array(items.length * width);
      for (let i = 0; i < items.length; i++) {
        for (let at = offsets[items[i]]; at < offsets[items[i] + 1]; at++) out[i * width + codes[at]] = 1;
      }
      return unitRows(out, width);
    },
  };
}

/** Categories of some items, row i for items[i]; and the column's names. */
export function categoriesOf(categories: ItemCategories, items: Int32Array): ItemCategories {
  const offsets = new Int32Array(items.length + 1);
  for (let i = 0; i < items.length; i++) {
    offsets[i + 1] = offsets[i] + categories.offsets[items[i] + 1] - categories.offsets[items[i]];
  }
  const codes = new Int32Array(offsets[items.length]);
  for (let i = 0; i < items.length; i++) {
    codes.set(categories.codes.subarray(categories.offsets[items[i]], categories.offsets[items[i] + 1]), offsets[i]);
  }
  return { offsets, codes, names: categories.names };
}

/** Categories of all items; throws bad-data where the data set has none. */
export function neededCategories(split: Split, column: string): ItemCategories {
  const categories = itemCategories(split.dataset, column);
  if (categories !== null) return categories;
  throw new RunboardError(
    'bad-data',
    column === ''
      ? 'the data set does not say which category an item is of'
      : `there is no item column ${column} of names or tags`,
    {
      where: 'items',
      remedy: 'map an item column to the role item.category',
    },
  );
}
