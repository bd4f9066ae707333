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
import { supportFault } from './support-check.ts';

type Params = ParamValues<typeof spec.params>;

/** One estimator: row-wise parts, and the row-wise parts of what it is divided by. */
interface Estimator {
  readonly id: string;
  readonly title: string;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
  /** Why it is left empty; null or absent where it is not. */
  readonly fault?: string | null;
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
    const fault = supportFault(rows, judged.evaluated, rows.logged, params.leastRows);
    if (fault !== null) throw new RunboardError('bad-data', fault.what, { where: 'propensity', remedy: fault.remedy });
    context.progress(0.2, 'fitting the reward model');
    const predictions = predict(rows, judged.own, policy, params, context.random('folds'));
    context.progress(0.5, 'resampling');
    const ones = new Float64Array(rows.rows).fill(1);
    const corrections = { rewards: rows.click, weights, direct: predictions.direct, logged: predictions.logged };
    const estimators: Estimator[] = [
      { id: 'logged-ctr', title: 'As logged (not an estimate)', top: rows.click, bottom: ones },
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
      ...cascadeEstimators(rows, judged.sequence, params, context),
    ];
    return { metrics: estimates(rows, estimators, support, params, context) };
  },
});

/**
 * Rows of a list share the weight of the sequence above them (cascade), or all of them that of the whole list. Such weights
 * grow so fast that the log often cannot bear them: those estimates are left empty, with the reason.
 */
function cascadeEstimators(rows: LoggedRows, evaluated: Float64Array, params: Params, context: Context): Estimator[] {
  if (rows.sequence === null) {
    context.log('the log has no column sequence (probability of the list down to each place): no cascade estimates');
    return [];
  }
  const wholeEvaluated = lastOfList(evaluated, rows.slates);
  const wholeLogged = lastOfList(rows.sequence, rows.slates);
  const cascade = importanceWeights(evaluated, rows.sequence);
  const whole = importanceWeights(wholeEvaluated, wholeLogged);
  const cascadeFault = supportFault(rows, evaluated, rows.sequence, params.leastRows)?.what ?? null;
  const wholeFault = supportFault(rows, wholeEvaluated, wholeLogged, params.leastRows)?.what ?? null;
  const ones = new Float64Array(rows.rows).fill(1);
  const weighted = inversePropensity(rows.click, cascade);
  return [
    {
      id: 'ctr-cascade-ips',
      title: 'IPS of the list down to each place (cascade)',
      top: weighted,
      bottom: ones,
      fault: cascadeFault,
    },
    {
      id: 'ctr-cascade-snips',
      title: 'SNIPS of the list down to each place',
      top: weighted,
      bottom: cascade,
      fault: cascadeFault,
    },
    {
      id: 'ctr-list-ips',
      title: 'IPS of whole lists',
      top: inversePropensity(rows.click, whole),
      bottom: ones,
      fault: wholeFault,
    },
  ];
}

/** The value at the last place of each list, repeated on all its rows. */
function lastOfList(values: Float64Array, slates: Int32Array): Float64Array {
  const last = values.slice();
  for (let s = 0; s + 1 < slates.length; s++) last.fill(values[slates[s + 1] - 1], slates[s], slates[s + 1]);
  return last;
}

function estimates(
  rows: LoggedRows,
  estimators: readonly Estimator[],
  support: Support,
  params: Params,
  context: Context,
): Metrics {
  const metrics: Record<string, MetricValue> = {};
  const table: (string | number | null)[][] = [];
  for (const [at, one] of estimators.entries()) {
    context.progress(0.5 + (0.5 * at) / estimators.length, one.title);
    const fault = one.fault ?? null;
    const estimate =
      fault === null
        ? estimateOf(rows, one, params, context)
        : { value: null, low: null, high: null, n: rows.clusters };
    if (fault !== null) context.log(`${one.title}: ${fault}`);
    metrics[one.id] = estimate;
    table.push([fault === null ? one.title : `${one.title}: ${fault}`, estimate.value, estimate.low, estimate.high]);
  }
  const exact = (value: number): MetricValue => ({ value, low: null, high: null, n: rows.rows });
  metrics['effective-rows'] = exact(support.effectiveRows);
  metrics['largest-weight'] = exact(support.largestWeight);
  metrics['mean-weight'] = exact(support.meanWeight);
  if (support.effectiveRows < rows.rows / 100) {
    context.warn(
      `the log is worth ${Math.round(support.effectiveRows)} of its ${rows.rows} rows for this policy: read the intervals, not the values`,
    );
  }
  const sheet: Sheet = {
    id: 'off-policy',
    title: 'Off-policy estimates of the click-through rate (estimated)',
    columns: ['estimator', 'clicks per impression', 'low', 'high'],
    rows: table,
  };
  return {
    type: 'metrics',
    origin: 'estimated',
    metrics,
    baselines: {},
    slices: {},
    users: new Int32Array(0),
    perUser: {},
    plots: [],
    sheets: [sheet, supportSheet(rows, support)],
  };
}

/** Σ top / Σ bottom with a percentile bootstrap over users. */
function estimateOf(rows: LoggedRows, { id, top, bottom }: Estimator, params: Params, context: Context): MetricValue {
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
  return known ? { value, low, high, n: rows.clusters } : { value: null, low: null, high: null, n: rows.clusters };
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
