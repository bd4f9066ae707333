import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, experimentOf } from '../../../../test/support/online-world.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const rows = Array.from({ length: 240 }, (_, i): [number, number, number, number, number, number] => {
  const user = i % 60;
  const day = Math.floor(i / 60);
  const before = day === 0;
  return [user, day, before ? -1 : user % 2, (user * 7 + day * 3 + (user % 2)) % 3 === 0 ? 1 : 0, 0, (user % 2) + 1];
});

async function replay(log: Dataset, changes: Parameters<typeof defaultsOf<typeof spec.params>>[1] = {}) {
  return (await component.apply(null, { log }, defaultsOf(spec.params, changes), testContext())).metrics;
}

it('is labelled replayed, counts days from the first day of the experiment, and reads rows without a variant as from before', async () => {
  const metrics = await replay(experimentOf(rows));
  expect(metrics.origin).toBe('replayed');
  const card = metrics.sheets[0].rows;
  expect(card[0][1]).toMatch(/^Replayed/);
  expect(card.find((row) => row[0] === 'Days')?.[1]).toBe('3');
  expect(metrics.metrics['users'].value).toBe(60);
});

it('takes a variant that is text, the first in alphabetical order being the control', async () => {
  const log = experimentOf(rows);
  if (log.impressions === null) throw new Error('no impressions');
  const { impressions } = log;
  const values = rows.map((row) => (row[2] < 0 ? '' : row[2] === 0 ? 'old' : 'new'));
  const table = {
    ...impressions.table,
    columns: { ...impressions.table.columns, variant: { kind: 'text' as const, values } },
  };
  const asked = { ...log, impressions: { ...impressions, table } };
  expect((await replay(asked)).sheets[0].rows[1][1]).toMatch(/^new \(control\)/);
  expect((await replay(asked, { control: 'old' })).metrics['ctr-lift']).toEqual(
    (await replay(log)).metrics['ctr-lift'],
  );
  const many = {
    ...table,
    columns: { ...table.columns, variant: { kind: 'text' as const, values: rows.map((_, i) => `v${i}`) } },
  };
  await expect(async () => replay({ ...log, impressions: { ...impressions, table: many } })).rejects.toThrow(
    '240 different values',
  );
});

it('takes a variant that is a number', async () => {
  const log = experimentOf(rows);
  if (log.impressions === null) throw new Error('no impressions');
  const { impressions } = log;
  const values = Float32Array.from(rows, (row) => (row[2] < 0 ? NaN : row[2]));
  const numbered: Dataset = {
    ...log,
    impressions: {
      ...impressions,
      table: { ...impressions.table, columns: { ...impressions.table.columns, variant: { kind: 'number', values } } },
    },
  };
  const named = await replay(log);
  expect((await replay(numbered)).metrics['ctr-lift']).toEqual(named.metrics['ctr-lift']);
});

it('takes refunds only when told so, and nothing from a simulator', async () => {
  const refund = experimentOf([...rows, [1, 2, 1, 0, 0, -2]]);
  await expect(async () => replay(refund)).rejects.toThrow('revenue below 0');
  expect((await replay(refund, { refunds: true })).metrics['revenue-per-user-lift'].n).toBe(60);
  await expect(async () => replay({ ...refund, roles: { simulator: 'user-simulator' } })).rejects.toThrow(
    'comes from a simulator',
  );
});
