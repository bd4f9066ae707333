import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Impressions, Split } from '#shared/contract/values.ts';
import { withColumns } from '#shared/values/derived-columns.ts';
import { ownNames, targetStatistics } from '#shared/values/target-statistics.ts';
import { isOfType } from '#shared/values/training-events.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

/** What a rate is taken over: rows, whose they are, and whether they turned out well. */
interface Outcomes {
  readonly rows: Int32Array;
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly good: Float32Array;
}

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    context.progress(0);
    if (split.dataset.shape === 'examples') {
      throw new RunboardError('bad-board', 'a flat table has no users and items', {
        where: 'rates',
        remedy: 'use target encoding on its columns',
      });
    }
    const outcomes = params.rate === 'clicks' ? clicks(split) : eventOutcomes(split, params);
    const name = { clicks: 'click-rate', types: `${params.types.join('+')}-rate`, value: 'rate' }[params.rate];
    const rated = (of: 'user' | 'item', count: number, to: Split): Split => {
      const entity = outcomes.rows.map((_row, i) => outcomes[of][i]);
      return withColumns(to, of, {
        [name]: targetStatistics(ownNames(count), { rows: outcomes.rows, label: outcomes.good, entity }, params),
      });
    };
    let out = split;
    if (params.of !== 'items') out = rated('user', split.dataset.users.ids.length, out);
    if (params.of !== 'users') out = rated('item', split.dataset.items.ids.length, out);
    return { split: out };
  },
});

function eventOutcomes(split: Split, params: Params): Outcomes {
  const { user, item, value } = split.dataset.events;
  const isGood =
    params.rate === 'types' ? isOfType(split, params.types) : (row: number): boolean => value[row] >= params.positive;
  if (params.rate === 'value' && split.dataset.roles['value'] === undefined) {
    throw new RunboardError('bad-data', 'the events have no value', {
      where: 'rate',
      remedy: 'map a column to the role value, or take clicks or types',
    });
  }
  return {
    rows: split.train,
    user: split.train.map((row) => user[row]),
    item: split.train.map((row) => item[row]),
    good: Float32Array.from(split.train, (row) => Number(isGood(row))),
  };
}

/** Impressions that were over before anything held out happened; without times nothing tells, and that is refused. */
function trainingImpressions(split: Split, impressions: Impressions): Int32Array {
  let end = Infinity;
  for (const rows of [split.validation, split.test])
    for (const row of rows) end = Math.min(end, split.dataset.events.time[row]);
  const rows = Int32Array.from(impressions.click.keys()).filter(
    (row) => impressions.time[row] < end || end === Infinity,
  );
  if (rows.length > 0) return rows;
  throw new RunboardError('bad-data', 'no impression lies before the first held-out event', {
    where: 'rate',
    remedy: 'split by time (global-time), so that a training part of the impressions exists',
  });
}

function clicks(split: Split): Outcomes {
  const { impressions } = split.dataset;
  if (impressions === null) {
    throw new RunboardError('bad-data', `${split.dataset.name} has no impressions`, {
      where: 'rate',
      remedy: 'take the rate of types or values',
    });
  }
  const rows = trainingImpressions(split, impressions);
  return {
    rows,
    user: rows.map((row) => impressions.user[row]),
    item: rows.map((row) => impressions.item[row]),
    good: Float32Array.from(rows, (row) => impressions.click[row]),
  };
}
