import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset } from '#shared/contract/values.ts';
import { itemCategories } from './item-categories.ts';

/** Which words describe an item. */
export type ItemField = 'title' | 'category' | 'text';

/**
 * The words of every item from the columns in the roles item.title, item.category and item.text, as far as they are wanted and there.
 * Throws bad-data where there is none of them.
 */
export function itemWords(dataset: Dataset, fields: readonly ItemField[]): string[] {
  const parts = fields.map((field) => wordsOf(dataset, field)).filter((words) => words !== null);
  if (parts.length === 0) {
    throw new RunboardError(
      'bad-data',
      `no item column has the role ${fields.map((field) => `item.${field}`).join(' or ')}`,
      {
        where: 'fields',
        remedy: 'map a column of the items to one of these roles',
      },
    );
  }
  return dataset.items.ids.map((_, item) =>
    parts
      .map((words) => words[item])
      .filter((words) => words !== '')
      .join(' '),
  );
}

function wordsOf(dataset: Dataset, field: ItemField): string[] | null {
  if (field === 'category') return categoryWords(dataset);
  const column: Column | undefined = dataset.items.table.columns[dataset.roles[`item.${field}`] ?? ''];
  if (column?.kind === 'text') return [...column.values];
  if (column?.kind === 'category') return Array.from(column.codes, (code) => (code < 0 ? '' : column.names[code]));
  return null;
}

function categoryWords(dataset: Dataset): string[] | null {
  const categories = itemCategories(dataset);
  if (categories === null) return null;
  const { offsets, codes, names } = categories;
  return dataset.items.ids.map((_, item) =>
    Array.from(codes.subarray(offsets[item], offsets[item + 1]), (code) => names[code]).join(' '),
  );
}
