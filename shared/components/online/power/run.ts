import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Dataset, MetricValue, Metrics, Plot } from '#shared/contract/values.ts';
import { thousands } from '#shared/contract/thousands.ts';
import { meanArm, pairSums, ratioArm } from '#shared/kernels/experiments/arms.ts';
import { daysFor, minimumDetectableLift, powerOfPlan, unitsPerArm } from '#shared/kernels/experiments/power.ts';
import type { Baseline, Plan } from '#shared/kernels/experiments/power.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

interface Traffic {
  readonly baseline: Baseline;
  readonly usersPerDay: number;
  readonly source: string;
}

export const component = implement(spec, {
  apply(_, { pilot }, params, context) {
    const traffic = pilot === undefined ? byHand(params) : fromPilot(pilot, params);
    const plan: Plan = { alpha: params.alpha, power: params.power, tuning: params.sequential ? params.tuning : 0 };
    const perArm = unitsPerArm(traffic.baseline, params.lift, plan);
    const days = daysFor(perArm, params.arms, traffic.usersPerDay, params.ramp);
    if (days > 90)
      context.warn(
        `${days === Infinity ? 'no number of' : days} days to find a lift of ${percent(params.lift)}: aim at a larger lift, a metric that varies less, or CUPED`,
      );
    if (params.arms > 2)
      context.warn(
        `${params.arms - 1} variants are compared with the control: divide the level by ${params.arms - 1} to keep all of them together at it`,
      );
    return { metrics: planned(traffic, perArm, days, plan, params) };
  },
});

/** A share as people say it: 5 %. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(4))} %`;
}

function byHand({ mean, deviation, usersPerDay }: Params): Traffic {
  if (deviation === 0 && mean >= 1) {
    throw new RunboardError('bad-parameter', `a share cannot be ${mean}`, {
      where: 'mean',
      remedy: 'give a mean below 1, or the standard deviation of a metric that is not a share',
    });
  }
  const variance = deviation === 0 ? mean * (1 - mean) : deviation * deviation;
  return { baseline: { mean, variance }, usersPerDay, source: 'numbers given by hand' };
}

/** Mean and variance per user over the whole pilot, and how many users turned up for the first time on an average day. */
function fromPilot(pilot: Dataset, params: Params): Traffic {
  const { impressions } = pilot;
  if (impressions === null || impressions.user.length === 0)
    throw new RunboardError('bad-data', `${pilot.name} has no impressions to plan from`, {
      remedy: 'wire an exposure log, or none and give the numbers by hand',
    });
  const values = pilotColumn(pilot, params.metric);
  const users = pilot.users.ids.length;
  const y = new Float64Array(users);
  const x = new Float64Array(users);
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < impressions.user.length; row++) {
    if (!Number.isFinite(values[row]) || values[row] < 0)
      throw new RunboardError('bad-data', `impression ${row + 1} of the pilot has ${values[row]} as ${params.metric}`, {
        remedy: 'correct the log',
      });
    y[impressions.user[row]] += values[row];
    x[impressions.user[row]]++;
    from = Math.min(from, impressions.time[row]);
    to = Math.max(to, impressions.time[row]);
  }
  if (!Number.isFinite(to - from))
    throw new RunboardError('bad-data', 'the pilot has impressions without a time', {
      where: 'time',
      remedy: 'map the time column: traffic cannot be told without it',
    });
  const there = Int32Array.from(x, (shown) => (shown > 0 ? 0 : -1));
  const settled = params.metric === 'conversion' ? y.map((value) => (value > 0 ? 1 : 0)) : y;
  const sums = pairSums(settled, x, there, 0);
  const arm = params.metric === 'ctr' ? ratioArm(sums) : meanArm(sums.n, sums.y, sums.yy);
  if (!(arm.mean > 0) || !(arm.variance > 0))
    throw new RunboardError('bad-data', `${params.metric} is 0 or the same for all ${arm.n} users of the pilot`, {
      remedy: 'take a longer pilot, or give mean and deviation by hand',
    });
  const days = Math.max(1, Math.ceil((to - from) / 86_400));
  return { baseline: arm, usersPerDay: arm.n / days, source: `pilot of ${thousands(arm.n)} users over ${days} days` };
}

function pilotColumn(pilot: Dataset, metric: Params['metric']): ArrayLike<number> {
  if (pilot.impressions !== null && (metric === 'ctr' || metric === 'clicks-per-user')) return pilot.impressions.click;
  const name = metric === 'conversion' ? 'conversion' : 'revenue';
  const column = pilot.impressions?.table.columns[name];
  if (column?.kind !== 'number')
    throw new RunboardError('bad-data', `the pilot has no column ${name}`, {
      where: name,
      remedy: 'choose another metric, or give the numbers by hand',
    });
  return column.values;
}

function planned(traffic: Traffic, perArm: number, days: number, plan: Plan, params: Params): Metrics {
  const { baseline, usersPerDay } = traffic;
  const atDay = (day: number): number => {
    let entered = 0;
    for (let d = 0; d < day; d++)
      entered += usersPerDay * (params.ramp.length === 0 ? 1 : params.ramp[Math.min(d, params.ramp.length - 1)]);
    return Math.max(2, Math.floor(entered / params.arms));
  };
  const value = (number: number): MetricValue => ({
    value: Number.isFinite(number) ? number : null,
    low: null,
    high: null,
    n: atDay(params.days) * params.arms,
  });
  return {
    type: 'metrics',
    origin: 'estimated',
    metrics: {
      'users-per-variant': value(perArm),
      'days-needed': value(days),
      'power-at-hand': value(powerOfPlan(baseline, atDay(params.days), params.lift, plan)),
      'smallest-lift-at-hand': value(minimumDetectableLift(baseline, atDay(params.days), plan)),
      'baseline-mean': value(baseline.mean),
      'baseline-deviation': value(Math.sqrt(baseline.variance)),
      'users-per-day': value(usersPerDay),
    },
    baselines: {},
    slices: {},
    users: new Int32Array(0),
    perUser: {},
    plots: plansOverDays(baseline, atDay, plan, params),
    sheets: [
      {
        id: 'plan',
        title: 'Plan (estimated)',
        columns: ['what', 'says'],
        rows: [
          ['Origin', `Estimated: a formula on ${traffic.source}`],
          [
            'To find',
            `a lift of ${percent(params.lift)} in ${params.metric} with power ${percent(plan.power)} at level ${percent(plan.alpha)}${plan.tuning > 0 ? ', looked at whenever you like' : ', looked at once, at the end'}`,
          ],
          [
            'Needs',
            Number.isFinite(perArm)
              ? `${thousands(perArm)} users in each of ${params.arms} variants, ${Number.isFinite(days) ? `${thousands(days)} days` : 'which never turn up'}`
              : 'more users than there are',
          ],
        ],
      },
    ],
  };
}

function plansOverDays(baseline: Baseline, atDay: (day: number) => number, plan: Plan, params: Params): Plot[] {
  const days = Array.from({ length: Math.max(14, Math.min(60, params.days * 2)) }, (_, d) => d + 1);
  const detectable = days
    .map((day) => ({ day, lift: minimumDetectableLift(baseline, atDay(day), plan) }))
    .filter((one) => Number.isFinite(one.lift));
  return [
    {
      id: 'power-by-day',
      title: 'Power by length of the experiment (estimated)',
      x: 'day',
      y: 'power',
      mark: 'line',
      series: [
        {
          name: `lift ${percent(params.lift)}`,
          x: days,
          y: days.map((day) => powerOfPlan(baseline, atDay(day), params.lift, plan)),
        },
      ],
    },
    {
      id: 'lift-by-length',
      title: 'Smallest lift that would be found (estimated)',
      x: 'day',
      y: 'relative lift',
      mark: 'line',
      series: [
        {
          name: `power ${percent(plan.power)}`,
          x: detectable.map((one) => one.day),
          y: detectable.map((one) => one.lift),
        },
      ],
    },
  ];
}
