import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { MetricValue, Metrics, Sheet } from '#shared/contract/values.ts';
import {
  doublyRobust,
  importanceWeights,
  inversePropensity,
  selfNormalisedDoublyRobust,
  shrunkDoublyRobust,
  switchDoublyRobust,
} from '#shared/kernels/off-policy/estimators.ts';
import { bootstrapRatio, clusterSums } from '#shared/kernels/off-policy/resampling.ts';
import { supportOf } from '#shared/kernels/off-policy/support.ts';
import type { Support } from '#shared/kernels/off-policy/support.ts';
import { judge } from './judged-policy.ts';
import { readLog } from './logged-rows.ts';
import type { LoggedRows } from './logged-rows.ts';
import { predict } from './reward-model.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

/** One estimator: row-wise parts, and the row-wise parts of what it is divided by. */
interface Estimator {
  readonly id: string;
  readonly title: string;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
}

export const component = implement(spec, {
  apply(_, { log, policy }, params, context) {
    const rows = readLog(log, policy);
    if (rows.clusters < 2)
      throw new RunboardError('bad-data', 'the log holds rows of one user only', {
        remedy: 'an interval needs many users',
      });
    if (rows.leftOut > 0)
      context.warn(
        `${rows.leftOut} impressions of users for whom the policy has no list, or without a position, were left out`,
      );
    const judged = judge(rows, policy, params.explore, params.pool);
    const support = supportOf(judged.evaluated, rows.logged);
    const weights = importanceWeights(judged.evaluated, rows.logged);
    checkSupport(rows, weights, support, params);
    context.progress(0.2, 'fitting the reward model');
    const predictions = predict(rows, judged.own, policy, params, context.random('folds'));
    context.progress(0.5, 'resampling');
    const ones = new Float64Array(rows.rows).fill(1);
    const corrections = { rewards: rows.click, weights, direct: predictions.direct, logged: predictions.logged };
    const estimators: Estimator[] = [
      { id: 'ctr-ips', title: 'IPS', top: inversePropensity(rows.click, weights), bottom: ones },
      {
        id: 'ctr-clipped-ips',
        title: `IPS, weights at most ${params.clip}`,
        top: inversePropensity(rows.click, weights, params.clip),
        bottom: ones,
      },
      { id: 'ctr-snips', title: 'SNIPS', top: inversePropensity(rows.click, weights), bottom: weights },
      { id: 'ctr-dm', title: 'Direct method', top: predictions.direct, bottom: ones },
      { id: 'ctr-dr', title: 'Doubly robust', top: doublyRobust(corrections), bottom: ones },
      { id: 'ctr-sndr', title: 'Self-normalised DR', top: selfNormalisedDoublyRobust(corrections), bottom: ones },
      {
        id: 'ctr-switch-dr',
        title: `SWITCH-DR at ${params.clip}`,
        top: switchDoublyRobust(corrections, params.clip),
        bottom: ones,
      },
      {
        id: 'ctr-dros',
        title: `DRos, λ = ${params.shrink}`,
        top: shrunkDoublyRobust(corrections, params.shrink),
        bottom: ones,
      },
      ...cascadeEstimators(rows, judged.sequence, context),
    ];
    return { metrics: estimates(rows, estimators, support, params, context) };
  },
});

/** Rows of a list share the weight of the sequence above them (cascade), or all of them that of the whole list. */
function cascadeEstimators(rows: LoggedRows, evaluated: Float64Array, context: Context): Estimator[] {
  if (rows.sequence === null) {
    context.log('the log has no column sequence (probability of the list down to each place): no cascade estimates');
    return [];
  }
  const cascade = importanceWeights(evaluated, rows.sequence);
  const whole = cascade.slice();
  for (let s = 0; s + 1 < rows.slates.length; s++)
    whole.fill(cascade[rows.slates[s + 1] - 1], rows.slates[s], rows.slates[s + 1]);
  const ones = new Float64Array(rows.rows).fill(1);
  return [
    {
      id: 'ctr-cascade-ips',
      title: 'IPS of the list down to each place (cascade)',
      top: inversePropensity(rows.click, cascade),
      bottom: ones,
    },
    {
      id: 'ctr-cascade-snips',
      title: 'SNIPS of the list down to each place',
      top: inversePropensity(rows.click, cascade),
      bottom: cascade,
    },
    { id: 'ctr-list-ips', title: 'IPS of whole lists', top: inversePropensity(rows.click, whole), bottom: ones },
  ];
}

/**
 * With full support weights average 1. They average less where the policy shows what the log never shows: then every weighted
 * estimate is too low, and no number is given.
 */
function checkSupport(rows: LoggedRows, weights: Float64Array, support: Support, params: Params): void {
  if (support.effectiveRows < params.leastRows) {
    throw new RunboardError(
      'bad-data',
      `the log is worth ${Math.floor(support.effectiveRows)} rows for this policy (largest weight ${support.largestWeight.toPrecision(3)}), less than ${params.leastRows}`,
      {
        where: 'propensity',
        remedy: 'log more exploration, judge a policy closer to the logged one, or lower the least effective rows',
      },
    );
  }
  const sums = clusterSums(weights, rows.cluster, rows.clusters);
  const counts = clusterSums(new Float64Array(rows.rows).fill(1), rows.cluster, rows.clusters);
  let squares = 0;
  for (let c = 0; c < rows.clusters; c++) squares += (sums[c] - support.meanWeight * counts[c]) ** 2;
  const error = Math.sqrt(squares) / rows.rows;
  if (Math.abs(support.meanWeight - 1) > Math.max(0.02, 5 * error)) {
    throw new RunboardError(
      'bad-data',
      `support fails: weights average ${support.meanWeight.toFixed(3)} instead of 1${support.meanWeight < 1 ? ', so the policy shows items that the log never shows at their places' : ', so the logged propensities are too small'}`,
      {
        where: 'propensity',
        remedy:
          'judge a policy that re-orders what the log explored, deepen the exploration pool of the log, or check its propensities',
      },
    );
  }
}

function estimates(
  rows: LoggedRows,
  estimators: readonly Estimator[],
  support: Support,
  params: Params,
  context: Context,
): Metrics {
  const metrics: Record<string, MetricValue> = {};
  const sheetRows: (string | number | null)[][] = [];
  const add = (id: string, title: string, top: Float64Array, bottom: Float64Array): void => {
    const sumsTop = clusterSums(top, rows.cluster, rows.clusters);
    const sumsBottom = clusterSums(bottom, rows.cluster, rows.clusters);
    const total = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0);
    const value = total(sumsTop) / total(sumsBottom);
    const { low, high } = bootstrapRatio(sumsTop, sumsBottom, {
      rounds: params.resamples,
      alpha: params.alpha,
      random: context.random(id),
    });
    const known = Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high);
    metrics[id] = known
      ? { value, low, high, n: rows.clusters }
      : { value: null, low: null, high: null, n: rows.clusters };
    sheetRows.push([title, known ? value : null, known ? low : null, known ? high : null]);
  };
  add('logged-ctr', 'As logged (not an estimate)', rows.click, new Float64Array(rows.rows).fill(1));
  for (const [at, one] of estimators.entries()) {
    context.progress(0.5 + (0.5 * at) / estimators.length, one.title);
    add(one.id, one.title, one.top, one.bottom);
  }
  const exact = (value: number): MetricValue => ({ value, low: null, high: null, n: rows.rows });
  metrics['effective-rows'] = exact(support.effectiveRows);
  metrics['largest-weight'] = exact(support.largestWeight);
  metrics['mean-weight'] = exact(support.meanWeight);
  if (support.effectiveRows < rows.rows / 100)
    context.warn(
      `the log is worth ${Math.round(support.effectiveRows)} of its ${rows.rows} rows for this policy: read the intervals, not the values`,
    );
  return {
    type: 'metrics',
    origin: 'estimated',
    metrics,
    baselines: {},
    slices: {},
    users: new Int32Array(0),
    perUser: {},
    plots: [],
    sheets: [
      {
        id: 'off-policy',
        title: 'Off-policy estimates of the click-through rate (estimated)',
        columns: ['estimator', 'clicks per impression', 'low', 'high'],
        rows: sheetRows,
      },
      supportSheet(rows, support),
    ],
  };
}

function supportSheet(rows: LoggedRows, support: Support): Sheet {
  return {
    id: 'support',
    title: 'How far the log can speak (estimated)',
    columns: ['what', 'value'],
    rows: [
      ['rows', rows.rows],
      ['effective rows, (Σw)² / Σw²', support.effectiveRows],
      ['largest weight', support.largestWeight],
      ['mean weight (1 where support holds)', support.meanWeight],
      ['rows that the policy would not have shown', support.unusedRows],
    ],
  };
}
