import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, experimentOf, twoPolicies } from '../../../../test/support/online-world.ts';
import type { Candidates, Dataset, Metrics } from '#shared/contract/values.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { component as simulator } from '../user-simulator/run.ts';
import { spec as simulatorSpec } from '../user-simulator/spec.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Changes = Parameters<typeof defaultsOf<typeof spec.params>>[1];
type SimulatorChanges = Parameters<typeof defaultsOf<typeof simulatorSpec.params>>[1];

async function test(log: Dataset, changes: Changes = {}): Promise<{ metrics: Metrics; warnings: string[] }> {
  const context = testContext();
  const { metrics } = await component.apply(null, { log }, defaultsOf(spec.params, changes), context);
  return { metrics, warnings: context.said.warnings };
}

async function simulated(changes: SimulatorChanges, seed: number, lists: readonly Candidates[]) {
  const params = defaultsOf(simulatorSpec.params, {
    days: 7,
    warmUp: 3,
    requestsPerDay: 3_000,
    population: 1_500,
    ...changes,
  });
  return simulator.apply(
    null,
    { lists, model: undefined, renewed: [], past: undefined },
    params,
    testContext({ seed }),
  );
}

function value(metrics: Metrics, name: string): { value: number; low: number; high: number } {
  const { value: number, low, high } = metrics.metrics[name];
  return { value: number ?? NaN, low: low ?? NaN, high: high ?? NaN };
}

describe('on simulated users', () => {
  const { weak } = twoPolicies();

  it('finds a planted lift of 10 % within its interval, and CUPED narrows the interval', async () => {
    const { log, metrics: truth } = await simulated({ lift: [0, 0.1], requestsPerDay: 12_000, fatigue: 0 }, 3, [
      weak,
      weak,
    ]);
    const { metrics } = await test(log);
    const lift = value(metrics, 'ctr-lift');
    const planted = truth.metrics['expected-ctr-lift'].value ?? NaN;
    expect(planted).toBeCloseTo(0.1, 12);
    expect(lift.low).toBeLessThan(planted);
    expect(lift.high).toBeGreaterThan(planted);
    expect(lift.low).toBeGreaterThan(0);
    const cuped = value(metrics, 'ctr-lift-cuped');
    expect(cuped.high - cuped.low).toBeLessThan(lift.high - lift.low);
    const sequential = value(metrics, 'ctr-lift-sequential');
    expect(sequential.high - sequential.low).toBeGreaterThan(cuped.high - cuped.low);
    expect(value(metrics, 'ctr-chance-to-win').value).toBeGreaterThan(0.99);
    expect(metrics.origin).toBe('simulated');
    expect(metrics.sheets[0].rows[0][1]).toMatch(/^Simulated/);
  });

  it('finds nothing in 20 A/A tests more often than the level allows', async () => {
    let alarms = 0;
    let sequentialAlarms = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { log } = await simulated({ sameForAll: true, requestsPerDay: 600, population: 400 }, seed, [weak, weak]);
      const { metrics } = await test(log, { metrics: ['ctr'], cuped: false });
      const fixed = value(metrics, 'ctr-lift');
      const sequential = value(metrics, 'ctr-lift-sequential');
      if (fixed.low > 0 || fixed.high < 0) alarms++;
      if (sequential.low > 0 || sequential.high < 0) sequentialAlarms++;
    }
    // 20 tests at 5 %: more than 4 alarms come with chance 0.3 %.
    expect(alarms).toBeLessThanOrEqual(4);
    expect(sequentialAlarms).toBeLessThanOrEqual(2);
  });

  it('guards latency where the simulator was told of it', async () => {
    const { log } = await simulated({ latency: [100, 130] }, 5, [weak, weak]);
    const { metrics } = await test(log, { guardrailMargin: 0.1 });
    const latency = value(metrics, 'latency-lift');
    expect(latency.low).toBeLessThan(0.3);
    expect(latency.high).toBeGreaterThan(0.3);
    const sheet = metrics.sheets.find((one) => one.id === 'guardrails');
    expect(sheet?.rows.find((row) => row[0] === 'Latency (assumed)')?.at(-1)).toMatch(/^broken/);
  });

  it('warns where users share supply, and shows the lift day by day', async () => {
    const { log } = await simulated({}, 4, [weak, weak]);
    const { metrics, warnings } = await test(log, { sharedSupply: true });
    expect(warnings.join()).toContain('share supply');
    const plot = metrics.plots.find((one) => one.id === 'lift-so-far');
    expect(plot?.series).toHaveLength(2);
    expect(plot?.series[0].x.at(-1)).toBe(7);
    expect(Object.keys(metrics.slices)).toContain('activity before: top third');
    expect(metrics.sheets.map((sheet) => sheet.id)).toEqual(['experiment-card', 'lifts', 'guardrails', 'segments']);
  });
});

type Row = [number, number, number, number, number, number];

/** Two arms of `users` users over `days` days; every user once a day; B clicks with chance 0.6 against 0.4. */
function plainRows(users = 100, days = 3): Row[] {
  const random = new Xoshiro(5, 'rows');
  const rows: Row[] = [];
  for (let user = 0; user < users; user++) {
    for (let day = 0; day < days; day++) {
      const click = random.next() < (user % 2 === 0 ? 0.4 : 0.6) ? 1 : 0;
      rows.push([user, day, user % 2, click, click === 1 && random.next() < 0.5 ? 1 : 0, click * 3]);
    }
  }
  return rows;
}

describe('by hand', () => {
  it('two users per arm: clicks per user and click-through rate', async () => {
    const rows: Row[] = [
      [0, 0, 0, 1, 0, 0],
      [0, 1, 0, 0, 0, 0],
      [1, 0, 1, 1, 0, 0],
      [1, 1, 1, 1, 0, 0],
      [2, 0, 0, 0, 0, 0],
      [3, 1, 1, 1, 0, 0],
      [2, 1, 0, 0, 0, 0],
    ];
    const { metrics, warnings } = await test(experimentOf(rows), { metrics: ['ctr', 'clicks-per-user', 'conversion'] });
    expect(metrics.slices['variant: A']['ctr'].value).toBe(0.25);
    expect(metrics.slices['variant: B']['ctr'].value).toBe(1);
    expect(value(metrics, 'clicks-per-user-lift').value).toBe(2);
    // Nobody in B ever failed to click, so its rate does not vary; nobody converted at all.
    expect(metrics.metrics['ctr-lift'].value).toBeNull();
    expect(metrics.metrics['conversion-lift'].value).toBeNull();
    expect(warnings.join()).toContain('no conversions');
  });

  it('names the control that is asked for and corrects several tests', async () => {
    const { metrics } = await test(experimentOf(plainRows(400, 4)), {
      control: 'B',
      metrics: ['ctr', 'conversion', 'revenue-per-user'],
    });
    expect(value(metrics, 'ctr-lift').value).toBeLessThan(-0.2);
    expect(value(metrics, 'ctr-p-adjusted').value).toBeGreaterThanOrEqual(value(metrics, 'ctr-p').value);
    expect(metrics.origin).toBe('replayed');
  });
});

describe('what cannot be trusted is refused or withheld', () => {
  const rows = plainRows();
  const refused: [string, Row[], RegExp, string[]?][] = [
    ['one variant', rows.map((row) => [row[0], row[1], 0, row[3], row[4], row[5]]), /one variant only \(A\)/],
    ['users in both arms', [...rows, [0, 1.5, 1, 0, 0, 0]], /1 users were in more than one variant/],
    ['negative revenue', [...rows, [1, 1.5, 1, 0, 0, -5]], /1 impressions have a revenue below 0/],
    ['missing times', [...rows, [1, NaN, 1, 0, 0, 0]], /1 of 301 impressions have no time/],
    ['missing clicks', [...rows, [1, 1.5, 1, NaN, 0, 0]], /have no click/],
  ];
  it.each(refused)('%s', async (_, bad, message) => {
    await expect(async () => test(experimentOf(bad))).rejects.toThrow(message);
  });

  it('repeated rows, unless they are to be left out', async () => {
    const log = experimentOf(rows);
    if (log.impressions === null) throw new Error('no impressions');
    const repeated: Dataset = {
      ...log,
      impressions: { ...log.impressions, request: new Int32Array(rows.length).map((_, i) => (i === 7 ? 6 : i)) },
    };
    await expect(async () => test(repeated)).rejects.toThrow(/1 of 300 impressions are repeated rows/);
    expect((await test(repeated, { faulty: 'leave out' })).warnings.join()).toContain('1 repeated rows were left out');
  });

  it('no impressions, no variant column, an unknown control, wrong shares', async () => {
    const log = experimentOf(rows);
    await expect(async () => test({ ...log, impressions: null })).rejects.toThrow('has no impressions');
    await expect(async () => test(log, { variantColumn: 'arm' })).rejects.toThrow('no column arm');
    await expect(async () => test(log, { control: 'Z' })).rejects.toThrow('no variant Z');
    await expect(async () => test(log, { shares: [1, 1, 1] })).rejects.toThrow('3 traffic shares for 2 variants');
    await expect(async () => test(log, { metrics: ['latency'] })).rejects.toThrow('no column for any of latency');
  });

  it('a split that is not as planned: no lift anywhere', async () => {
    const { metrics, warnings } = await test(experimentOf(plainRows(400)), { shares: [3, 1] });
    expect(metrics.metrics['sample-ratio-p'].value).toBeLessThan(0.001);
    expect(warnings.join()).toContain('200 : 200 instead of 300 : 100');
    for (const [name, one] of Object.entries(metrics.metrics))
      if (/lift|-p|win|risk/.test(name) && name !== 'sample-ratio-p') expect(one.value, name).toBeNull();
    expect(metrics.plots).toEqual([]);
    expect(metrics.sheets[0].rows.some((row) => row[0] === 'No result')).toBe(true);
  });

  it('a single day', async () => {
    const { metrics, warnings } = await test(experimentOf(plainRows(100, 1)));
    expect(warnings.join()).toContain('a single day');
    expect(metrics.metrics['ctr-lift'].value).toBeNull();
  });
});
