import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, experimentOf } from '../../../../test/support/online-world.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { unitsPerArm } from '#shared/kernels/experiments/power.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

async function plan(changes: Parameters<typeof defaultsOf<typeof spec.params>>[1], pilot?: Dataset) {
  return (await component.apply(null, { pilot }, defaultsOf(spec.params, changes), testContext())).metrics;
}

it('plans a share of 5 % and a lift of 10 % as the formula does', async () => {
  const metrics = await plan({ mean: 0.05, lift: 0.1, usersPerDay: 5_000 });
  const needed = unitsPerArm({ mean: 0.05, variance: 0.05 * 0.95 }, 0.1, { alpha: 0.05, power: 0.8, tuning: 0 });
  expect(metrics.metrics['users-per-variant'].value).toBe(needed);
  expect(metrics.metrics['days-needed'].value).toBe(Math.ceil((2 * needed) / 5_000));
  expect(metrics.origin).toBe('estimated');
  expect(metrics.sheets[0].rows[0][1]).toMatch(/^Estimated/);
  expect(metrics.sheets[0].rows[2][1]).toBe(`${needed.toLocaleString('en')} users in each of 2 variants, 14 days`);
});

it('needs more users for a smaller lift, for more power and for intervals that are always valid', async () => {
  const users = async (changes: Parameters<typeof plan>[0]): Promise<number> =>
    (await plan(changes)).metrics['users-per-variant'].value ?? NaN;
  const base = await users({});
  expect(await users({ lift: 0.025 })).toBeGreaterThan(3.5 * base);
  expect(await users({ power: 0.9 })).toBeGreaterThan(base);
  expect(await users({ sequential: true })).toBeGreaterThan(base);
});

it('reads mean, spread and traffic from a pilot', async () => {
  // Forty users over four days; half of them click every day, the others never.
  const rows = Array.from({ length: 160 }, (_, i): [number, number, number, number, number, number] => [
    i % 40,
    Math.floor(i / 40),
    0,
    i % 2,
    0,
    i % 2,
  ]);
  const metrics = await plan({ metric: 'clicks-per-user' }, experimentOf(rows));
  expect(metrics.metrics['baseline-mean'].value).toBe(2);
  expect(metrics.metrics['baseline-deviation'].value).toBeCloseTo(Math.sqrt((4 * 40) / 39), 12);
  expect(metrics.metrics['users-per-day'].value).toBe(10);
});

it('refuses what it cannot plan from', async () => {
  await expect(async () => plan({ mean: 3 })).rejects.toThrow('a share cannot be 3');
  const rows = Array.from({ length: 8 }, (_, i): [number, number, number, number, number, number] => [
    i,
    0,
    0,
    0,
    0,
    0,
  ]);
  const pilot = experimentOf(rows);
  await expect(async () => plan({}, pilot)).rejects.toThrow('the same for all 8 users');
  await expect(async () => plan({}, { ...pilot, impressions: null })).rejects.toThrow('no impressions');
});

it('writes a lift as people say it wherever it writes one', async () => {
  const context = testContext();
  const { metrics } = await component.apply(
    null,
    { pilot: undefined },
    defaultsOf(spec.params, { lift: 0.07, usersPerDay: 10 }),
    context,
  );
  expect(context.said.warnings.join()).toContain('to find a lift of 7 %:');
  expect(metrics.plots.flatMap(({ series }) => series.map(({ name }) => name))).toEqual(['lift 7 %', 'power 80 %']);
  expect(metrics.sheets[0].rows[1][1]).toContain('a lift of 7 % in ctr with power 80 % at level 5 %');
});
