import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { CategoryColumn, TagsColumn } from '#shared/contract/values.ts';
import { hashText } from '#shared/kernels/random.ts';
import { findColumn, withColumns, withoutColumn } from '#shared/values/derived-columns.ts';
import type { PlacedColumn } from '#shared/values/derived-columns.ts';
import { bucketsNamed } from '#shared/values/pair-features.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { split }, { column: reference, buckets, keep }, context) {
    context.progress(0);
    const found = findColumn(split, reference);
    const { column, names } = hashed(found, buckets, reference);
    const used = new Set(column.codes.filter((code) => code >= 0)).size;
    context.log(`${names} names in ${used} of ${buckets} buckets`);
    context.measure('names per used bucket', used === 0 ? 0 : names / used);
    const kept = keep || found.name === 'id' ? split : withoutColumn(split, found.place, found.name);
    return { split: withColumns(kept, found.place, { [`${found.name}-hash`]: column }) };
  },
});

/** Words of a text: runs of letters and digits, lower case, so that spelling variants share a bucket. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function hashed(
  { column }: PlacedColumn,
  buckets: number,
  reference: string,
): { column: CategoryColumn | TagsColumn; names: number } {
  const names = bucketsNamed(buckets);
  if (column.kind === 'category' || column.kind === 'tags') {
    const bucketOf = Int32Array.from(column.names, (name) => hashText(name) % buckets);
    const codes = column.codes.map((code) => (code < 0 ? -1 : bucketOf[code]));
    return { column: { ...column, codes, names }, names: column.names.length };
  }
  if (column.kind === 'text') return hashedWords(column.values, buckets);
  throw new RunboardError('bad-parameter', `${reference} is of kind ${column.kind}`, {
    where: 'column',
    remedy: 'name a category, tags or text; bucket numbers instead',
  });
}

function hashedWords(texts: readonly string[], buckets: number): { column: TagsColumn; names: number } {
  const words = texts.map(wordsOf);
  const offsets = new Int32Array(texts.length + 1);
  words.forEach((list, row) => (offsets[row + 1] = offsets[row] + list.length));
  const codes = Int32Array.from(words.flat(), (word) => hashText(word) % buckets);
  return { column: { kind: 'tags', offsets, codes, names: bucketsNamed(buckets) }, names: new Set(words.flat()).size };
}
