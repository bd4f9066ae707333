import { RunboardError } from '#shared/contract/failure.ts';
import type { Entities } from '#shared/contract/values.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { encodeRows, fieldOfColumns, fitEncoding } from '#shared/values/encoding.ts';
import { identity, joinTable } from '#shared/values/join.ts';

/** What a tower sees of its entities. */
export interface EntityFeatures {
  readonly rows: SparseRows;
  readonly fieldOf: Int32Array;
  /** Columns of unknown names, which say nothing until they are met in training. */
  readonly unknown: readonly number[];
}

/** The id and the chosen columns of users or items, encoded by what is known of the entities in `trained`. */
export function entityFeatures(
  from: 'user' | 'item',
  entities: Entities,
  wanted: readonly string[],
  trained: Int32Array,
): EntityFeatures {
  const all = Int32Array.from({ length: entities.ids.length }, (_, row) => row);
  const features = [
    identity(from, entities, all),
    ...joinTable(from, entities.table, chosenColumns(from, entities, wanted), all, null),
  ];
  const encoding = fitEncoding(features, trained, { minimumCount: 1, buckets: 10 });
  return {
    rows: encodeRows(encoding, features, all.length, 1),
    fieldOf: fieldOfColumns(encoding),
    unknown: encoding.fields.map(({ first }) => first),
  };
}

function chosenColumns(from: 'user' | 'item', { table }: Entities, wanted: readonly string[]): string[] {
  const usable = Object.keys(table.columns).filter((name) => table.columns[name].kind !== 'text');
  if (wanted.includes('all')) return usable;
  const odd = wanted.find((name) => !usable.includes(name));
  if (odd === undefined) return [...wanted];
  throw new RunboardError('bad-parameter', `${from}s have no column ${odd} that a tower can see`, {
    where: `${from}Columns`,
    remedy: usable.length === 0 ? 'leave the list empty: there are none' : `choose from ${usable.join(', ')}, or "all"`,
  });
}
