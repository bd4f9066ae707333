import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Split, TargetColumn } from '#shared/contract/values.ts';
import { findColumn, tagsOf, trainRowsAt, withColumns } from '#shared/values/derived-columns.ts';
import { encodeTarget, foldsOf } from '#shared/values/join.ts';
import { labelOf } from '#shared/values/label-of.ts';
import { targetStatistics } from '#shared/values/target-statistics.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    const label = labelsOf(split, params);
    let encoded = split;
    params.columns.forEach((reference, at) => {
      context.progress(at / params.columns.length, reference);
      encoded = encodeColumn(split, encoded, reference, label, params);
    });
    return { split: encoded };
  },
});

/** Label of each training row. */
function labelsOf({ dataset, train }: Split, params: Params): Float32Array {
  if (dataset.shape === 'examples' && dataset.examples !== null) {
    const { label } = dataset.examples;
    return Float32Array.from(train, (row) => label[row]);
  }
  if (dataset.roles['value'] === undefined) {
    throw new RunboardError('bad-data', 'the events have no value to take labels from', {
      where: 'role value',
      remedy: 'map a column to the role value',
    });
  }
  const { value } = dataset.events;
  return Float32Array.from(train, (row) => labelOf(value[row], params));
}

function encodeColumn(from: Split, to: Split, reference: string, label: Float32Array, settings: Params): Split {
  const { place, name, column } = findColumn(from, reference);
  if (column.kind !== 'category' && column.kind !== 'tags') {
    throw new RunboardError('bad-parameter', `${reference} is of kind ${column.kind}`, {
      where: 'columns',
      remedy: 'encode categories or tags; bucket numbers first',
    });
  }
  const statistics = targetStatistics(
    tagsOf(column),
    { rows: from.train, label, entity: trainRowsAt(from, place) },
    settings,
  );
  const added = `${name}-mean`;
  if (place === 'user' || place === 'item') return withColumns(to, place, { [added]: statistics });
  return withColumns(to, place, { [added]: { kind: 'number', values: encodedRows(from, statistics) } });
}

/** A table of rows is encoded at once: its training rows are known, each is encoded without its own fold. */
function encodedRows({ train }: Split, statistics: TargetColumn): Float32Array {
  const rows = Int32Array.from({ length: statistics.sums.length / statistics.folds }, (_, row) => row);
  const trained = new Int32Array(rows.length).fill(-1);
  for (const row of train) trained[row] = row;
  return encodeTarget(statistics, rows, foldsOf(trained, statistics.folds));
}
