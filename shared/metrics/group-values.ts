import type { MetricValue } from '#shared/contract/values.ts';
import { bootstrapIntervals, type UserSums } from '#shared/kernels/bootstrap.ts';
import type { Random } from '#shared/kernels/random.ts';
import { tieRank } from '#shared/kernels/topk.ts';
import type { ListValues } from './measure-lists.ts';
import type { AccuracyMetric, RankedList } from './metric-shapes.ts';
import { affordableResamples, defined, mostResampled } from './summarise.ts';

/** Scored, graded rows of queries or users. */
export interface GradedRows {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  /** From 0 to groups - 1. */
  readonly group: Int32Array;
  readonly groups: number;
  /** Decides ties. */
  readonly seed: number;
}

/**
 * Accuracy metrics of each group, its rows ranked by score, ties by lot. Groups with nothing relevant are NaN, except
 * for metrics that say what they count as.
 */
export function groupAccuracy(
  rows: GradedRows,
  metrics: readonly AccuracyMetric[],
  cutoffs: readonly number[],
): ListValues[] {
  const { scores, labels, group, groups, seed } = rows;
  const columns = metrics.flatMap((metric) =>
    cutoffs.map((k) => ({
      key: `${metric.id}@${k}`,
      metric,
      k,
      values: new Float64Array(groups).fill(metric.whenNothingRelevant ?? NaN),
      weights: metric.weight === undefined ? undefined : new Float64Array(groups),
    })),
  );
  const order = Uint32Array.from({ length: group.length }, (_, i) => i);
  order.sort((a, b) => group[a] - group[b] || scores[b] - scores[a] || tieRank(a, seed) - tieRank(b, seed));
  for (let start = 0; start < order.length;) {
    const own = group[order[start]];
    let end = start;
    while (end < order.length && group[order[end]] === own) end++;
    const gains = Float64Array.from(order.subarray(start, end), (i) => labels[i]);
    const ideal = gains
      .filter((gain) => gain > 0)
      .sort()
      .reverse();
    start = end;
    if (ideal.length === 0) continue;
    const list: RankedList = {
      gains,
      length: gains.length,
      relevant: ideal.length,
      ideal,
      threshold: 1,
      candidates: gains.length,
    };
    for (const { metric, k, values, weights } of columns) {
      values[own] = metric.at(list, k);
      if (weights !== undefined) weights[own] = metric.weight?.(list, k) ?? 1;
    }
  }
  return columns.map(({ key, values, weights }) => ({ key, values, weights }));
}

/** Means over groups with 95 % intervals from drawing units (the users that groups belong to) with replacement. */
export function groupValues(
  columns: readonly ListValues[],
  unitOfGroup: Int32Array,
  units: number,
  resamples: number,
  random: Random,
): Record<string, MetricValue> {
  const sums: UserSums = {
    users: units,
    columns: columns.length,
    numerators: new Float64Array(units * columns.length),
    weights: new Float64Array(units * columns.length),
  };
  const n = columns.map(({ values, weights }, c) => {
    let counted = 0;
    for (let g = 0; g < values.length; g++) {
      if (Number.isNaN(values[g])) continue;
      const weight = weights === undefined ? 1 : weights[g];
      sums.numerators[unitOfGroup[g] * columns.length + c] += weight * values[g];
      sums.weights[unitOfGroup[g] * columns.length + c] += weight;
      counted++;
    }
    return counted;
  });
  const times = affordableResamples(resamples, Math.min(mostResampled, units) * columns.length);
  const { value, low, high } = bootstrapIntervals(sums, times, 0.95, random);
  return Object.fromEntries(
    columns.map(({ key }, c) => [
      key,
      { value: defined(value[c]), low: defined(low[c]), high: defined(high[c]), n: n[c] },
    ]),
  );
}
