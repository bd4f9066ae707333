import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { NumberColumn, Split, TagsColumn } from '#shared/contract/values.ts';
import { findColumn, tagsOf, trainRowsAt, withColumns, withoutColumn } from '#shared/values/derived-columns.ts';
import type { Place } from '#shared/values/derived-columns.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    context.progress(0);
    const { place, name, column } = findColumn(split, params.column);
    if (column.kind !== 'category' && column.kind !== 'tags') {
      throw new RunboardError('bad-parameter', `${params.column} is of kind ${column.kind}`, {
        where: 'column',
        remedy: 'name a category or tags; bucket numbers first',
      });
    }
    const tags = tagsOf(column);
    const common = commonNames(tags, trainRowsAt(split, place), params);
    const columns = hotColumns(tags, name, common, params.rest);
    context.log(`${common.length} of ${tags.names.length} names of ${params.column}`);
    return { split: withColumns(params.keep ? split : dropped(split, place, name), place, columns) };
  },
});

/** Ids are not columns of a table, hence cannot be dropped from one. */
function dropped(split: Split, place: Place, name: string): Split {
  return name === 'id' ? split : withoutColumn(split, place, name);
}

/** Codes met in enough training rows, most first (ties by code), cut to the number wanted. */
function commonNames(tags: TagsColumn, rows: Int32Array, limits: { names: number; minimumRows: number }): Int32Array {
  const counts = new Int32Array(tags.names.length);
  for (const row of rows) {
    if (row < 0) continue;
    for (let at = tags.offsets[row]; at < tags.offsets[row + 1]; at++) counts[tags.codes[at]]++;
  }
  const met = Int32Array.from(counts.keys()).filter((code) => counts[code] >= Math.max(1, limits.minimumRows));
  return met.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, limits.names);
}

function hotColumns(tags: TagsColumn, name: string, common: Int32Array, rest: boolean): Record<string, NumberColumn> {
  const rows = tags.offsets.length - 1;
  const other = common.length;
  const placeOf = new Int32Array(tags.names.length).fill(other);
  common.forEach((code, at) => (placeOf[code] = at));
  const hot = Array.from({ length: other + 1 }, () => new Float32Array(rows));
  for (let row = 0; row < rows; row++) {
    for (let at = tags.offsets[row]; at < tags.offsets[row + 1]; at++) hot[placeOf[tags.codes[at]]][row] = 1;
  }
  const columns: Record<string, NumberColumn> = {};
  common.forEach((code, at) => (columns[`${name}=${tags.names[code]}`] = { kind: 'number', values: hot[at] }));
  if (rest) columns[`${name}=(other)`] = { kind: 'number', values: hot[other] };
  return columns;
}
