import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { NumberColumn, Split } from '#shared/contract/values.ts';
import { withColumns } from '#shared/values/derived-columns.ts';
import { itemBirths } from '#shared/values/item-categories.ts';
import { isOfType, trainingEnd } from '#shared/values/training-events.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

const secondsPerDay = 86_400;

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    context.progress(0);
    const { dataset } = split;
    if (dataset.shape === 'examples') {
      throw new RunboardError('bad-board', 'a flat table has no users and items', {
        where: 'recency',
        remedy: 'compute times before importing the table',
      });
    }
    const now = trainingEnd(split);
    let recent = split;
    if (params.of !== 'items')
      recent = withColumns(
        recent,
        'user',
        recencyColumns(split, dataset.events.user, dataset.users.ids.length, now, params),
      );
    if (params.of !== 'users') {
      recent = withColumns(
        recent,
        'item',
        recencyColumns(split, dataset.events.item, dataset.items.ids.length, now, params),
      );
      const births = params.age ? itemBirths(dataset) : null;
      if (births !== null) recent = withColumns(recent, 'item', { 'age-days': ages(births, now) });
    }
    return { split: recent };
  },
});

/** recency = sum over events of 2^(-(now - time) / half-life); since-last = days since the latest, NaN where there is none. */
function recencyColumns(
  split: Split,
  of: Int32Array,
  entities: number,
  now: number,
  { halfLife, types }: Params,
): Record<string, NumberColumn> {
  const { time } = split.dataset.events;
  const wanted = isOfType(split, types);
  const faded = new Float64Array(entities);
  const last = new Float64Array(entities).fill(NaN);
  for (const row of split.train) {
    const days = (now - time[row]) / secondsPerDay;
    if (of[row] < 0 || Number.isNaN(days) || !wanted(row)) continue;
    faded[of[row]] += 2 ** (-days / halfLife);
    if (!(days >= last[of[row]])) last[of[row]] = days;
  }
  return {
    recency: { kind: 'number', values: Float32Array.from(faded) },
    'since-last': { kind: 'number', values: Float32Array.from(last) },
  };
}

/** Days since an item appeared; 0 for items that appear after the training part. */
function ages(births: ArrayLike<number>, now: number): NumberColumn {
  const values = Float32Array.from(births, (birth) => Math.max(0, (now - birth) / secondsPerDay));
  return { kind: 'number', values };
}
