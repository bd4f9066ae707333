import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { datasetOf } from '../../../../test/support/small-worlds.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const defaults = defaultParams(spec.params);

async function filtered(
  dataset: Dataset,
  settings: Partial<typeof defaults>,
  context = testContext(),
): Promise<Dataset> {
  return (await component.apply(null, { dataset }, { ...defaults, ...settings }, context)).dataset;
}

function rowsOf({ events, users, items }: Dataset): string[] {
  return Array.from(
    events.user,
    (user, r) => `${users.ids[user]} ${items.ids[events.item[r]]} ${events.time[r]} ${events.value[r]}`,
  );
}

const small = datasetOf(
  [
    [0, 0, 86_400, 5],
    [0, 1, 172_800, 3],
    [0, 0, 259_200, 4],
    [1, 1, 0, 1],
    [1, 1, 0, 1],
    [2, 2, 864_000, 2],
  ],
  { users: 3, items: 4 },
);

it('changes nothing by default but says what there is', async () => {
  const context = testContext();
  expect(rowsOf(await filtered(small, {}, context))).toEqual(rowsOf(small));
  expect(context.said.logs).toEqual(['before: 3 users, 3 items, 6 events']);
});

it('keeps values within limits, leaves out exceptions', async () => {
  expect(rowsOf(await filtered(small, { minimumValue: 2, maximumValue: 4, exceptValues: [3] }))).toEqual([
    'u0 i0 259200 4',
    'u2 i2 864000 2',
  ]);
});

it('keeps a window of time: from is in, until is out', async () => {
  expect(rowsOf(await filtered(small, { from: '1970-01-02', until: '1970-01-04' }))).toEqual([
    'u0 i0 86400 5',
    'u0 i1 172800 3',
  ]);
  expect(rowsOf(await filtered(small, { lastDays: 7 }))).toEqual(['u0 i0 259200 4', 'u2 i2 864000 2']);
});

it('drops repetitions in three ways', async () => {
  expect(rowsOf(await filtered(small, { dedupe: 'equal' }))).toHaveLength(5);
  expect(rowsOf(await filtered(small, { dedupe: 'first per item' }))).toEqual([
    'u0 i0 86400 5',
    'u0 i1 172800 3',
    'u1 i1 0 1',
    'u2 i2 864000 2',
  ]);
  expect(rowsOf(await filtered(small, { dedupe: 'last per item' }))).toEqual([
    'u0 i1 172800 3',
    'u0 i0 259200 4',
    'u1 i1 0 1',
    'u2 i2 864000 2',
  ]);
});

it('leaves a core in which everybody has enough, as a naive repetition does', async () => {
  const random = new Xoshiro(7);
  const rows = Array.from({ length: 300 }, (_, r): [number, number, number, number] => [
    random.integer(60),
    random.integer(80),
    r,
    1,
  ]);
  let naive = rows;
  for (;;) {
    const users = new Map<number, number>();
    const items = new Map<number, number>();
    for (const [user, item] of naive) {
      users.set(user, (users.get(user) ?? 0) + 1);
      items.set(item, (items.get(item) ?? 0) + 1);
    }
    const left = naive.filter(([user, item]) => (users.get(user) ?? 0) >= 4 && (items.get(item) ?? 0) >= 3);
    if (left.length === naive.length) break;
    naive = left;
  }
  const context = testContext();
  const core = await filtered(datasetOf(rows, { users: 60, items: 80 }), { userEvents: 4, itemEvents: 3 }, context);
  expect(naive.length).toBeGreaterThan(20);
  expect(rowsOf(core)).toEqual(naive.map(([user, item, time, value]) => `u${user} i${item} ${time} ${value}`));
  expect(core.users.ids.length).toBe(new Set(naive.map(([user]) => user)).size);
  expect(core.items.ids.length).toBe(new Set(naive.map(([, item]) => item)).size);
  expect(context.said.logs.at(-1)).toContain(
    `${core.users.ids.length} users, ${core.items.ids.length} items, ${naive.length} events`,
  );
});

it('keeps event types, impressions of who is left, and rows of side tables', async () => {
  const dataset: Dataset = {
    ...datasetOf(
      [
        [0, 0, 1, 1],
        [1, 1, 2, 1],
        [1, 2, 3, 1],
      ],
      {
        users: 2,
        items: 3,
        userTable: { rows: 2, columns: { age: { kind: 'number', values: Int32Array.of(30, 40) } } },
      },
    ),
    roles: { 'event.type': 'type' },
    impressions: {
      user: Int32Array.of(0, 1, 1),
      item: Int32Array.of(0, 1, 0),
      time: Float64Array.of(1, 2, 3),
      request: Int32Array.of(0, 1, 1),
      position: Int32Array.of(1, 1, 2),
      propensity: Float64Array.of(0.5, 0.5, 0.5),
      click: Float32Array.of(1, 0, 1),
      table: { rows: 3, columns: {} },
    },
  };
  const events = {
    ...dataset.events,
    table: {
      rows: 3,
      columns: { type: { kind: 'category' as const, codes: Int32Array.of(0, 1, 1), names: ['view', 'watch'] } },
    },
  };
  const result = await filtered({ ...dataset, events }, { types: ['watch'], userEvents: 1, itemEvents: 1 });
  expect(rowsOf(result)).toEqual(['u1 i1 2 1', 'u1 i2 3 1']);
  expect(result.users.table.columns['age']).toEqual({ kind: 'number', values: Int32Array.of(40) });
  expect([...(result.impressions?.item ?? [])]).toEqual([0]);
  await expect(filtered({ ...dataset, events }, { types: ['buy'] })).rejects.toThrow('no events of type buy');
});

it('refuses settings that leave nothing, dates that are none, times that are absent', async () => {
  await expect(filtered(small, { minimumValue: 9 })).rejects.toThrow('no event passes');
  await expect(filtered(small, { from: 'yesterday' })).rejects.toThrow('not a date');
  await expect(filtered(datasetOf([[0, 0, NaN, 1]], { users: 1, items: 1 }), { lastDays: 1 })).rejects.toThrow(
    'no time',
  );
});

it('gives another fingerprint for other settings', async () => {
  const [a, b] = [await filtered(small, { minimumValue: 2 }), await filtered(small, { minimumValue: 3 })];
  expect(a.fingerprint).not.toBe(b.fingerprint);
});
