import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { day, featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { Impressions, Split } from '#shared/contract/values.ts';
import { encodeTarget } from '#shared/values/join.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;

function rateOf(split: Split, of: 'users' | 'items', name: string, entity: number): number {
  const column = split.dataset[of].table.columns[name];
  if (column?.kind !== 'target') throw new Error(`no ${name}`);
  return encodeTarget(column, Int32Array.of(entity), null)[0];
}

const split = featureWorld();
const { item, user, value } = split.dataset.events;

function naive(rows: number[], good: (row: number) => boolean, all: number[], smoothing: number): number {
  return (rows.filter(good).length + (smoothing * all.filter(good).length) / all.length) / (rows.length + smoothing);
}

it('takes the share of high values and of types of event, smoothed', async () => {
  const train = [...split.train];
  const high = (row: number): boolean => value[row] >= 4;
  expect(rateOf(await run(split), 'items', 'rate', 3)).toBeCloseTo(
    naive(
      train.filter((row) => item[row] === 3),
      high,
      train,
      20,
    ),
    5,
  );
  const bought = await run(split, { rate: 'types', smoothing: 5 });
  expect(rateOf(bought, 'users', 'purchase-rate', 6)).toBeCloseTo(
    naive(
      train.filter((row) => user[row] === 6),
      (row) => row % 5 === 0,
      train,
      5,
    ),
    5,
  );
});

it('takes clicks of the impressions before anything held out', async () => {
  const times = Float64Array.from({ length: 40 }, (_, at) => at * day);
  const impressions: Impressions = {
    user: Int32Array.from(times, (_, at) => at % 12),
    item: Int32Array.from(times, () => 2),
    time: times,
    request: new Int32Array(40).fill(-1),
    position: new Int32Array(40),
    propensity: new Float64Array(40).fill(NaN),
    click: Float32Array.from(times, (_, at) => Number(at % 4 === 0 || at >= 22)),
    table: { rows: 40, columns: {} },
  };
  const shown = { ...split, dataset: { ...split.dataset, impressions } };
  // Validation begins on day 22: days 0 to 21 hold 6 clicks, the other 18 days count for nothing.
  expect(rateOf(await run(shown, { rate: 'clicks', smoothing: 0 }), 'items', 'click-rate', 2)).toBeCloseTo(6 / 22, 6);
});

it('says what is missing', async () => {
  await expect(run(split, { rate: 'clicks' })).rejects.toThrow(/no impressions/);
  await expect(run(flatWorld())).rejects.toMatchObject({ remedy: expect.stringMatching(/target encoding/) });
});
