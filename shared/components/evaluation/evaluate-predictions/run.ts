import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Examples, MetricValue, MetricValues, Metrics } from '#shared/contract/values.ts';
import { aucByGroup, groupAucWeights } from '#shared/kernels/auc.ts';
import { thresholdCounts } from '#shared/kernels/classification-curves.ts';
import { groupAccuracy, groupValues } from '#shared/metrics/group-values.ts';
import type { ListValues } from '#shared/metrics/measure-lists.ts';
import type { AccuracyMetric, GroupAucMetric, RowsMetric } from '#shared/metrics/metric-shapes.ts';
import { rowsKey, rowsValues, unitRows } from '#shared/metrics/scored-rows.ts';
import type { Metric } from '#shared/metrics/wanted-metrics.ts';
import { tieSeed } from '#shared/metrics/rank-lists.ts';
import { wantedMetrics } from '#shared/metrics/wanted-metrics.ts';
import { curves, protocolSheet } from './pictures.ts';
import type { PartRows } from './part-rows.ts';
import { futureWarning, scoredRowsOf, rowsOfSlices, someRows } from './part-rows.ts';
import { spec } from './spec.ts';

interface Evaluation {
  readonly metrics: readonly Metric[];
  readonly cutoffs: readonly number[];
  readonly threshold: number;
  readonly bins: number;
  readonly resamples: number;
  readonly probability: boolean;
  /** Decides ties. */
  readonly seed: number;
  readonly context: Context;
}

export const component = implement(spec, {
  apply(_, { examples }, params, context): { metrics: Metrics } {
    const rows = scoredRowsOf(examples, params.part);
    const evaluation: Evaluation = {
      metrics: wantedMetrics(params.metrics, ['prediction', 'accuracy']),
      cutoffs: [...new Set(params.k)].sort((a, b) => a - b),
      threshold: params.threshold,
      bins: params.bins,
      resamples: params.resamples,
      probability: examples.probability,
      seed: tieSeed(context.seed, params.part),
      context,
    };
    if (evaluation.cutoffs.length === 0)
      throw new RunboardError('bad-parameter', 'there is no cut-off', {
        where: 'k',
        remedy: 'give at least one, such as 10',
      });
    warnAbout(examples, rows, params.part, evaluation);
    const own = measure(rows, evaluation, 'bootstrap');
    const slices: Record<string, MetricValues> = {};
    for (const { name, members } of rowsOfSlices(examples, rows, params.slices))
      slices[name] = measure(someRows(rows, members), evaluation, `slice ${name}`).summary;
    const counts = thresholdCounts(rows.scores, rows.labels);
    return {
      metrics: {
        type: 'metrics',
        origin: 'measured',
        metrics: own.summary,
        baselines: examples.probability
          ? { 'base rate': measure(baseRate(examples, rows), evaluation, 'base rate').summary }
          : {},
        slices,
        users: own.users,
        perUser: own.perUser,
        plots: rows.scores.length === 0 ? [] : curves(rows, counts, examples.probability, params.bins),
        sheets: [protocolSheet(examples, rows, counts)],
      },
    };
  },
});

interface Measured {
  readonly summary: MetricValues;
  readonly users: Int32Array;
  readonly perUser: Record<string, Float32Array>;
}

/** Every wanted metric, in the order in which it was asked for. */
function measure(rows: PartRows, evaluation: Evaluation, stream: string): Measured {
  const { metrics, threshold, resamples, context, cutoffs } = evaluation;
  const ofRows = metrics.filter((metric): metric is RowsMetric => 'ofRows' in metric);
  context.progress(0, `measuring ${rows.scores.length} examples`);
  const sorted = unitRows(rows.scores, rows.labels, rows.unit, evaluation);
  const overall = rowsValues(sorted, ofRows, resamples, context.random(stream), (share) =>
    context.progress(0.7 * share, 'intervals'),
  );
  context.progress(0.7, 'measuring within groups');
  const aucs = userAucs(rows, metrics);
  const lists =
    rows.group === null
      ? []
      : groupAccuracy(
          { ...rows, group: rows.group, seed: evaluation.seed },
          metrics.filter((metric): metric is AccuracyMetric => metric.family === 'accuracy'),
          cutoffs,
        );
  const means: Record<string, MetricValue> = {
    ...groupValues(
      aucs,
      Int32Array.from({ length: rows.units }, (_, unit) => unit),
      rows.units,
      resamples,
      context.random(stream),
    ),
    ...groupValues(lists, rows.unitOfGroup, rows.units, resamples, context.random(stream)),
  };
  for (const [metric, value] of overall) means[rowsKey(metric, threshold)] = value;
  const undefinedValue: MetricValue = { value: null, low: null, high: null, n: 0 };
  const keys = metrics.flatMap((metric) =>
    metric.family === 'accuracy'
      ? cutoffs.map((k) => `${metric.id}@${k}`)
      : ['ofRows' in metric ? rowsKey(metric, threshold) : metric.id],
  );
  const perUser = [...aucs, ...(rows.groups === rows.units ? lists : [])];
  return {
    summary: Object.fromEntries(keys.map((key) => [key, means[key] ?? undefinedValue])),
    users: perUser.length === 0 ? new Int32Array(0) : rows.idOfUnit,
    perUser: Object.fromEntries(perUser.map(({ key, values }) => [key, Float32Array.from(values)])),
  };
}

/** AUC within each user, once, and the weights that each wanted metric gives to users. */
function userAucs(rows: PartRows, metrics: readonly Metric[]): ListValues[] {
  const wanted = metrics.filter((metric): metric is GroupAucMetric => 'weighting' in metric);
  if (wanted.length === 0 || !rows.unitsAreUsers) return [];
  const byUser = aucByGroup(rows.scores, rows.labels, rows.unit, rows.units);
  return wanted.map((metric) => ({
    key: metric.id,
    values: byUser.value,
    weights: groupAucWeights(byUser, metric.weighting),
  }));
}

/** The same rows, all predicted alike: with the share of positives among the training examples. */
function baseRate(examples: Examples, rows: PartRows): PartRows {
  let positives = 0;
  let count = 0;
  for (let i = 0; i < examples.rows; i++) {
    if (examples.part[i] !== 0) continue;
    count++;
    if (examples.label[i] > 0) positives++;
  }
  return { ...rows, scores: new Float64Array(rows.scores.length).fill(count === 0 ? 0.5 : positives / count) };
}

function warnAbout(
  examples: Examples,
  rows: PartRows,
  part: 'test' | 'validation' | 'train',
  { context, metrics, probability }: Evaluation,
): void {
  if (rows.scores.length === 0) context.warn(`there are no examples in the ${part} part: nothing could be measured`);
  if (part === 'train')
    context.warn(
      'these are the examples that the model learned from: the numbers say how well it remembers, not how well it predicts',
    );
  const future = futureWarning(examples, part);
  if (future !== null) context.warn(future);
  if (!probability && metrics.some((metric) => 'probability' in metric && metric.probability === true)) {
    context.log(
      'the scores are no probabilities: log loss and calibration are not defined; wire a calibrator in between',
    );
  }
  if (!rows.unitsAreUsers)
    context.log(
      'examples say neither user nor query: nothing is measured within them, and intervals take rows for independent',
    );
}
