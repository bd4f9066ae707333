import type { Metrics, MetricValue, MetricValues, Plot, Sheet } from '#shared/contract/values.ts';
import { normalInterval } from '#shared/kernels/experiments/lift.ts';
import { ratioArm } from '#shared/kernels/experiments/arms.ts';
import type { Truth } from './expected.ts';
import type { Behaviour, Exposures, Period } from './exposures.ts';
import { newItemPlots, newItemShare } from './new-items.ts';

export interface OutcomeContext {
  readonly names: readonly string[];
  readonly truths: readonly Truth[];
  readonly behaviour: Behaviour;
  readonly requests: number;
  readonly period: Period;
}

/** What came of all variants together and of each, labelled simulated. Intervals are over users, who come back. */
export function outcomesOf(exposures: Exposures, about: OutcomeContext): Metrics {
  const slices: Record<string, MetricValues> = {};
  for (const [v, name] of about.names.entries()) {
    slices[`variant: ${name}`] = {
      ...rates(exposures, v),
      ...newItemShare(exposures, about.behaviour.births, v),
      'expected-ctr': exact(about.truths[v].clickRate),
      'offline-ndcg': exact(about.truths[v].ndcg),
    };
  }
  const lifts: Record<string, MetricValue> = {};
  for (let v = 1; v < about.names.length; v++) {
    lifts[`expected-ctr-lift${about.names.length > 2 ? `:${about.names[v]}` : ''}`] = exact(
      about.truths[v].clickRate / about.truths[0].clickRate - 1,
    );
  }
  if (about.names.length > 2)
    lifts['offline-online-correlation'] = { ...exact(agreement(about.truths)), n: about.names.length };
  return {
    type: 'metrics',
    origin: 'simulated',
    metrics: { ...rates(exposures, -2), ...lifts, requests: exact(about.requests) },
    baselines: {},
    slices,
    users: new Int32Array(0),
    perUser: {},
    plots: [
      positionPlot(exposures, about),
      ...newItemPlots(exposures, about),
      ...(about.names.length > 2 ? [agreementPlot(about)] : []),
    ],
    sheets: [agreementSheet(about)],
  };
}

/** Pearson's correlation over variants of offline NDCG and expected clicks; NaN where either does not vary. */
function agreement(truths: readonly Truth[]): number {
  const mean = (of: (truth: Truth) => number): number => truths.reduce((sum, one) => sum + of(one), 0) / truths.length;
  const offline = mean((one) => one.ndcg);
  const online = mean((one) => one.clickRate);
  const both = mean((one) => (one.ndcg - offline) * (one.clickRate - online));
  return both / Math.sqrt(mean((one) => (one.ndcg - offline) ** 2) * mean((one) => (one.clickRate - online) ** 2));
}

function exact(value: number): MetricValue {
  return { value: Number.isFinite(value) ? value : null, low: null, high: null, n: 0 };
}

/** Clicks, conversions and hides per impression and revenue per request, of one variant (-2: of all rows). */
function rates(exposures: Exposures, variant: number): Record<string, MetricValue> {
  let users = 0;
  for (const user of exposures.user) users = Math.max(users, user + 1);
  const shown = new Float64Array(users);
  const sums = {
    ctr: new Float64Array(users),
    'conversion-per-click': new Float64Array(users),
    'hide-rate': new Float64Array(users),
    'revenue-per-request': new Float64Array(users),
  };
  const requests = new Float64Array(users);
  for (let row = 0; row < exposures.rows; row++) {
    if (variant !== -2 && exposures.variant[row] !== variant) continue;
    const user = exposures.user[row];
    shown[user]++;
    if (exposures.position[row] === 1) requests[user]++;
    sums.ctr[user] += exposures.click[row];
    sums['conversion-per-click'][user] += exposures.conversion[row];
    sums['hide-rate'][user] += exposures.hidden[row];
    sums['revenue-per-request'][user] += exposures.revenue[row];
  }
  return {
    ctr: ratio(sums.ctr, shown, shown),
    'conversion-per-click': ratio(sums['conversion-per-click'], sums.ctr, shown),
    'hide-rate': ratio(sums['hide-rate'], shown, shown),
    'revenue-per-request': ratio(sums['revenue-per-request'], requests, shown),
  };
}

function ratio(top: Float64Array, bottom: Float64Array, shown: Float64Array): MetricValue {
  const sums = { n: 0, y: 0, x: 0, yy: 0, xx: 0, xy: 0 };
  for (let u = 0; u < top.length; u++) {
    if (shown[u] === 0) continue;
    sums.n++;
    sums.y += top[u];
    sums.x += bottom[u];
    sums.yy += top[u] * top[u];
    sums.xx += bottom[u] * bottom[u];
    sums.xy += top[u] * bottom[u];
  }
  if (sums.x === 0) return { value: null, low: null, high: null, n: sums.n };
  const arm = ratioArm(sums);
  return {
    value: arm.mean,
    ...normalInterval(arm.mean, Math.sqrt(Math.max(0, arm.variance) / Math.max(1, arm.n))),
    n: arm.n,
  };
}

function positionPlot(exposures: Exposures, { behaviour, names }: OutcomeContext): Plot {
  const places = Array.from({ length: behaviour.places }, (_, k) => k + 1);
  const curve = (variant: number): number[] => {
    const shown = new Float64Array(behaviour.places);
    const clicked = new Float64Array(behaviour.places);
    for (let row = 0; row < exposures.rows; row++) {
      if (exposures.variant[row] !== variant) continue;
      shown[exposures.position[row] - 1]++;
      clicked[exposures.position[row] - 1] += exposures.click[row];
    }
    return Array.from(clicked, (clicks, k) => (shown[k] > 0 ? clicks / shown[k] : 0));
  };
  return {
    id: 'clicks-by-position',
    title: 'Simulated click-through rate by position',
    x: 'position',
    y: 'clicks per impression',
    mark: 'line',
    series: names.map((name, v) => ({ name, x: places, y: curve(v) })),
  };
}

/** Offline beside online, variant by variant, and the pairs that disagree. */
function agreementSheet({ names, truths }: OutcomeContext): Sheet {
  const rows: (string | number | null)[][] = names.map((name, v) => [
    name,
    finite(truths[v].ndcg),
    truths[v].clickRate,
    finite(truths[v].ndcg / truths[0].ndcg - 1),
    finite(truths[v].clickRate / truths[0].clickRate - 1),
    v === 0
      ? 'control'
      : Math.sign(truths[v].ndcg - truths[0].ndcg) === Math.sign(truths[v].clickRate - truths[0].clickRate)
        ? 'agree'
        : 'disagree',
  ]);
  return {
    id: 'offline-online',
    title: 'Offline against online (simulated)',
    columns: [
      'variant',
      'offline NDCG at the shown places',
      'expected click-through rate at first sight',
      'offline change',
      'online change',
      'against the control',
    ],
    rows,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function agreementPlot({ names, truths }: OutcomeContext): Plot {
  return {
    id: 'offline-online',
    title: 'Offline against online (simulated)',
    x: 'offline NDCG',
    y: 'expected clicks per impression',
    mark: 'point',
    series: names.map((name, v) => ({ name, x: [truths[v].ndcg], y: [truths[v].clickRate] })),
  };
}
