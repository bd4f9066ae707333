import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset, VectorColumn } from '#shared/contract/values.ts';
import { normaliseRows, scoreRowsInto } from '#shared/kernels/exact-search.ts';
import { buildRows, type SparseRows } from '#shared/kernels/sparse.ts';
import { SparseProfiles, tfIdf } from '#shared/kernels/tf-idf.ts';
import { itemCategories, type ItemCategories } from '#shared/values/item-categories.ts';
import { itemWords } from '#shared/values/item-words.ts';

/** Writes how alike every item is to the mix of some liked items, a cosine; answers false where nothing is known of these. */
export type Likeness = (scores: Float64Array, liked: Int32Array) => boolean;

/** Characters between words: everything but letters and digits. */
const separators = /[^\p{L}\p{N}]+/u;

/** Compares items by what `by` says; throws bad-data where the data set does not have it. */
export function itemLikeness(
  dataset: Dataset,
  by: 'auto' | 'category' | 'words' | 'vectors',
  column: string,
): Likeness {
  const vectors = by === 'auto' || by === 'vectors' ? vectorColumn(dataset, column) : null;
  if (vectors !== null) return byVectors(vectors);
  const categories = by === 'auto' || by === 'category' ? itemCategories(dataset, column) : null;
  if (categories !== null) return byTerms(tfIdf(rowsOfCategories(categories)));
  if (by === 'auto' || by === 'words')
    return byTerms(tfIdf(countWords(itemWords(dataset, ['title', 'text', 'category']))));
  const named = column === '' ? '' : ` called ${column}`;
  throw new RunboardError(
    'bad-data',
    `the items have no column of ${by === 'vectors' ? 'vectors' : 'categories'}${named}`,
    {
      where: 'by',
      remedy: 'compare by something else, or map such a column',
    },
  );
}

function vectorColumn(dataset: Dataset, name: string): VectorColumn | null {
  const { columns } = dataset.items.table;
  const found: Column | undefined =
    name === '' ? Object.values(columns).find(({ kind }) => kind === 'vector') : columns[name];
  return found?.kind === 'vector' ? found : null;
}

function byTerms(documents: SparseRows): Likeness {
  const profiles = new SparseProfiles(documents);
  return (scores, liked) => profiles.scoreInto(scores, liked);
}

function byVectors({ width, values }: VectorColumn): Likeness {
  const table = values.slice();
  normaliseRows(table, width);
  const taste = new Float32Array(width);
  return (scores, liked) => {
    taste.fill(0);
    for (const item of liked) for (let k = 0; k < width; k++) taste[k] += table[item * width + k];
    normaliseRows(taste, width);
    scoreRowsInto(scores, table, taste, 0, scores.length);
    return taste.some((one) => one !== 0);
  };
}

function rowsOfCategories({ offsets, codes, names }: ItemCategories): SparseRows {
  const item = new Int32Array(codes.length);
  for (let i = 0; i + 1 < offsets.length; i++) item.fill(i, offsets[i], offsets[i + 1]);
  return buildRows({ rows: offsets.length - 1, cols: names.length }, item, codes);
}

/** Documents × words; words are numbered in the order in which they first appear. */
function countWords(documents: readonly string[]): SparseRows {
  const numbers = new Map<string, number>();
  const document: number[] = [];
  const word: number[] = [];
  documents.forEach((text, at) => {
    for (const one of text.toLowerCase().split(separators)) {
      if (one === '') continue;
      let number = numbers.get(one);
      if (number === undefined) numbers.set(one, (number = numbers.size));
      document.push(at);
      word.push(number);
    }
  });
  const shape = { rows: documents.length, cols: numbers.size };
  return buildRows(shape, Int32Array.from(document), Int32Array.from(word), new Float32Array(word.length).fill(1));
}
