import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { NumberColumn, Split } from '#shared/contract/values.ts';
import { findColumn, withColumns } from '#shared/values/derived-columns.ts';
import { isOfType, trainingEnd } from '#shared/values/training-events.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

const secondsPerDay = 86_400;

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    context.progress(0);
    if (split.dataset.shape === 'examples') return { split: countRows(split, params) };
    const rows = countedRows(split, params);
    const suffix = [
      ...(params.types.length > 0 ? [params.types.join('+')] : []),
      ...(params.days > 0 ? [`${params.days}d`] : []),
    ]
      .map((part) => `-${part}`)
      .join('');
    const { users, items, events } = split.dataset;
    let counted = split;
    if (params.of !== 'items')
      counted = withColumns(counted, 'user', {
        [`count${suffix}`]: countColumn(users.ids.length, events.user, rows, params),
      });
    if (params.of !== 'users')
      counted = withColumns(counted, 'item', {
        [`count${suffix}`]: countColumn(items.ids.length, events.item, rows, params),
      });
    return { split: counted };
  },
});

function countedRows(split: Split, { days, types }: Params): Int32Array {
  const { time } = split.dataset.events;
  const wanted = isOfType(split, types);
  if (days === 0) return split.train.filter((row) => wanted(row));
  const from = trainingEnd(split) - days * secondsPerDay;
  return split.train.filter((row) => wanted(row) && time[row] > from);
}

function countColumn(entities: number, of: Int32Array, rows: Int32Array, { logarithm }: Params): NumberColumn {
  const values = new Float32Array(entities);
  for (const row of rows) if (of[row] >= 0) values[of[row]]++;
  if (logarithm) for (let e = 0; e < entities; e++) values[e] = Math.log1p(values[e]);
  return { kind: 'number', values };
}

/** Flat tables: how many training rows have the same name in a column. */
function countRows(split: Split, { columns, logarithm }: Params): Split {
  if (columns.length === 0) {
    throw new RunboardError('bad-parameter', 'a flat table has no users and items to count', {
      where: 'columns',
      remedy: 'name categories of the table, as row.city',
    });
  }
  let counted = split;
  for (const reference of columns) {
    const { place, name, column } = findColumn(split, reference);
    if (place !== 'row' || column.kind !== 'category') {
      throw new RunboardError('bad-parameter', `${reference} is no category of the table`, {
        where: 'columns',
        remedy: 'name categories, or bucket numbers first',
      });
    }
    const counts = new Float32Array(column.names.length);
    for (const row of split.train) if (column.codes[row] >= 0) counts[column.codes[row]]++;
    const values = Float32Array.from(column.codes, (code) =>
      code < 0 ? NaN : logarithm ? Math.log1p(counts[code]) : counts[code],
    );
    counted = withColumns(counted, 'row', { [`${name}-count`]: { kind: 'number', values } });
  }
  return counted;
}
