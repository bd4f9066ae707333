import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Candidates, Dataset, MetricValue, Metrics, Sheet } from '#shared/contract/values.ts';
import { thousands } from '#shared/contract/thousands.ts';
import { studentQuantile } from '#shared/kernels/experiments/distributions.ts';
import { meanOf } from '#shared/kernels/off-policy/estimators.ts';
import { bootstrapRatio, clusterSums, jackknifeError } from '#shared/kernels/off-policy/resampling.ts';
import { supportOf } from '#shared/kernels/off-policy/support.ts';
import { estimatorsOf } from './estimators.ts';
import type { Estimator } from './estimators.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import { listPolicy } from './list-policy.ts';
import { predict } from './reward-model.ts';
import { estimateCard, estimateSheets, policySheet } from './sheets.ts';
import type { Estimated, JudgedOutcome } from './sheets.ts';
import { rowsOfPolicy, shownPolicy } from './shown-policy.ts';
import { spec } from './spec.ts';
import { supportFault } from './support-check.ts';
import type { SupportFault } from './support-check.ts';

type Params = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_, { log, policy }, params, context) {
    // A port of many that nothing is wired to is absent.
    const policies = policiesOf(log, (policy as typeof policy | undefined) ?? [], params);
    const outcomes: JudgedOutcome[] = [];
    let lastFault: SupportFault | null = null;
    for (const [at, one] of policies.entries()) {
      const fault = supportFault(one.rows, one.evaluated, one.rows.logged, params.leastRows);
      if (fault !== null) {
        lastFault = fault;
        outcomes.push({
          name: one.name,
          fault: fault.what,
          estimates: [],
          support: null,
          onPolicy: onPolicyOf(one, params, context),
        });
        continue;
      }
      outcomes.push(
        judged(one, params, context, (share, note) => context.progress((at + share) / policies.length, note)),
      );
    }
    if (lastFault !== null && outcomes.every(({ fault }) => fault !== null))
      throw new RunboardError('bad-data', lastFault.what, { where: 'propensity', remedy: lastFault.remedy });
    for (const { name, fault } of outcomes) if (fault !== null) context.warn(`${name} is not judged: ${fault}`);
    const simulated = log.roles['simulator'] !== undefined;
    return { metrics: metricsOf(outcomes, estimateCard({ name: log.name, simulated }, outcomes)) };
  },
});

/** The lists that are wired, then the policies that were shown themselves. */
function policiesOf(log: Dataset, lists: readonly Candidates[], params: Params): JudgedPolicy[] {
  const { judged: shown, logged, policyColumn, names } = params;
  if (lists.length === 0 && shown.length === 0) {
    throw new RunboardError('bad-board', 'there is no policy to judge', {
      remedy: 'wire lists, or name policies of the log in `judged`',
    });
  }
  if (shown.length > 0 && logged === '') {
    throw new RunboardError('bad-parameter', `nothing says which rows ${shown.join(', ')} are to be judged from`, {
      where: 'logged',
      remedy: 'name the policy whose rows are the log',
    });
  }
  const wanted = logged === '' ? null : rowsOfPolicy(log, policyColumn, logged);
  const called = lists.map(
    (_, at) => names[at] ?? (lists.length === 1 ? 'the wired lists' : String.fromCharCode(65 + at)),
  );
  const all = [...called, ...shown];
  if (new Set(all).size < all.length) {
    throw new RunboardError('bad-parameter', `two policies are called the same (${all.join(', ')})`, {
      where: 'names',
      remedy: 'give each policy its own name',
    });
  }
  return [
    ...lists.map((one, at) => listPolicy(called[at], one, log, wanted, params)),
    ...shown.map((name) => shownPolicy(name, log, wanted as Uint8Array, rowsOfPolicy(log, policyColumn, name))),
  ];
}

function judged(
  policy: JudgedPolicy,
  params: Params,
  context: Context,
  progress: (share: number, note: string) => void,
): JudgedOutcome {
  const { rows } = policy;
  if (rows.clusters < 2)
    throw new RunboardError('bad-data', 'the log holds rows of one user only', {
      remedy: 'an interval needs many users',
    });
  if (rows.leftOut > 0)
    context.warn(
      `${thousands(rows.leftOut)} impressions of users for whom the policy has no list, or without a position, were left out`,
    );
  const support = supportOf(policy.evaluated, rows.logged);
  if (support.effectiveRows < rows.rows / 100) {
    context.warn(
      `the log is worth ${thousands(Math.round(support.effectiveRows))} of its ${thousands(rows.rows)} rows for this policy: read the intervals, not the values`,
    );
  }
  const predictions = predict(policy, params, context.random('folds'), (share) =>
    progress(0.2 + 0.3 * share, 'fitting the reward model'),
  );
  const estimators = estimatorsOf(policy, predictions, params);
  const estimates = estimators.map((one, at): Estimated => {
    progress(0.5 + (0.5 * at) / estimators.length, one.title);
    const fault = one.fault ?? null;
    if (fault !== null) context.log(`${one.title}: ${fault}`);
    return { id: one.id, title: one.title, fault, metric: estimateOf(policy, one, params, context) };
  });
  return { name: policy.name, fault: null, estimates, support, onPolicy: onPolicyOf(policy, params, context) };
}

/** Σ top / Σ bottom with a percentile bootstrap over users, or Student's interval over folds that were left out. */
function estimateOf({ rows }: JudgedPolicy, one: Estimator, params: Params, context: Context): MetricValue {
  if ((one.fault ?? null) !== null) return { value: null, low: null, high: null, n: rows.clusters };
  if (one.without !== undefined) {
    const half = studentQuantile(1 - params.alpha / 2, one.without.length - 1) * jackknifeError(one.without);
    const value = meanOf(one.top);
    return { value, low: value - half, high: value + half, n: rows.clusters };
  }
  const tops = clusterSums(one.top, rows.cluster, rows.clusters);
  const bottoms = clusterSums(one.bottom, rows.cluster, rows.clusters);
  return ratioOf(tops, bottoms, params, context.random(one.id));
}

/** What the policy earned where it was shown itself: no estimate, but what estimates are to be held against. */
function onPolicyOf({ shown }: JudgedPolicy, params: Params, context: Context): MetricValue | null {
  if (shown === null) return null;
  const clicks = clusterSums(shown.clicks, shown.cluster, shown.clusters);
  return ratioOf(clicks, new Float64Array(shown.clusters).fill(1), params, context.random('ctr-on-policy'));
}

function ratioOf(
  tops: Float64Array,
  bottoms: Float64Array,
  params: Params,
  random: ReturnType<Context['random']>,
): MetricValue {
  const total = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0);
  const value = total(tops) / total(bottoms);
  const { low, high } = bootstrapRatio(tops, bottoms, { rounds: params.resamples, alpha: params.alpha, random });
  const known = Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high);
  const n = tops.length;
  return known ? { value, low, high, n } : { value: null, low: null, high: null, n };
}

function metricsOf(outcomes: readonly JudgedOutcome[], card: Sheet): Metrics {
  const several = outcomes.length > 1;
  const metrics: Record<string, MetricValue> = {};
  for (const { name, estimates, support, onPolicy } of outcomes) {
    const suffix = several ? `:${name}` : '';
    for (const one of estimates) metrics[`${one.id}${suffix}`] = one.metric;
    if (onPolicy !== null) metrics[`ctr-on-policy${suffix}`] = onPolicy;
    if (support === null) continue;
    const exact = (value: number): MetricValue => ({ value, low: null, high: null, n: support.rows });
    metrics[`effective-rows${suffix}`] = exact(support.effectiveRows);
    metrics[`largest-weight${suffix}`] = exact(support.largestWeight);
    metrics[`mean-weight${suffix}`] = exact(support.meanWeight);
  }
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
      card,
      ...(several ? [policySheet(outcomes)] : []),
      ...outcomes.flatMap((one) => estimateSheets(one, several)),
    ],
  };
}
