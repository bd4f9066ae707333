import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { CategoryColumn, NumberColumn } from '#shared/contract/values.ts';
import { findColumn, trainRowsAt, withColumns, withoutColumn } from '#shared/values/derived-columns.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_, { split }, params, context) {
    context.progress(0);
    const { place, name, column } = findColumn(split, params.column);
    if (column.kind !== 'number') {
      throw new RunboardError('bad-parameter', `${params.column} is of kind ${column.kind}`, {
        where: 'column',
        remedy: 'name a column of numbers; categories need no ranges',
      });
    }
    const seen = trainRowsAt(split, place)
      .filter((row) => row >= 0)
      .reduce<number[]>((values, row) => {
        if (!Number.isNaN(column.values[row])) values.push(column.values[row]);
        return values;
      }, []);
    if (seen.length === 0)
      throw new RunboardError('bad-data', `no training row has a ${params.column}`, {
        where: 'column',
        remedy: 'choose another column',
      });
    const cuts = cutsOf(Float64Array.from(seen).sort(), params);
    context.log(`${params.column} is cut at ${[...cuts].map(shortNumber).join(', ') || 'nothing: all values agree'}`);
    const kept = params.keep ? split : withoutColumn(split, place, name);
    return { split: withColumns(kept, place, { [`${name}-range`]: ranges(column, cuts) }) };
  },
});

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Ascending cuts without repetitions; a value equal to a cut belongs to the range above it. */
function cutsOf(sorted: Float64Array, { method, buckets, cuts }: Params): Float64Array {
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  const steps = Array.from({ length: buckets - 1 }, (_, at) => (at + 1) / buckets);
  const distinct = (values: readonly number[]): Float64Array => Float64Array.from(new Set(values)).sort();
  switch (method) {
    case 'given':
      return distinct(cuts);
    case 'quantile':
      return distinct(steps.map((step) => sorted[Math.floor(step * sorted.length)]).filter((cut) => cut > low));
    case 'width':
      return distinct(steps.map((step) => low + step * (high - low)).filter((cut) => cut > low));
    case 'logarithm': {
      if (low < 0)
        throw new RunboardError('bad-data', `logarithms need values from 0 on; the least is ${low}`, {
          where: 'method',
          remedy: 'cut by quantile or width',
        });
      const [from, to] = [Math.log1p(low), Math.log1p(high)];
      return distinct(steps.map((step) => Math.expm1(from + step * (to - from))).filter((cut) => cut > low));
    }
  }
}

/** Category of each value: the number of cuts at or below it; -1 where missing. Names as "25 – 35". */
function ranges({ values }: NumberColumn, cuts: Float64Array): CategoryColumn {
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : rangeOf(value, cuts)));
  const names = Array.from({ length: cuts.length + 1 }, (_, at) => {
    if (cuts.length === 0) return 'all';
    if (at === 0) return `below ${shortNumber(cuts[0])}`;
    if (at === cuts.length) return `from ${shortNumber(cuts[at - 1])}`;
    return `${shortNumber(cuts[at - 1])} – ${shortNumber(cuts[at])}`;
  });
  return { kind: 'category', codes, names };
}

function rangeOf(value: number, cuts: Float64Array): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
