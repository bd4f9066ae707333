import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { datasetOf } from '../../../../test/support/small-worlds.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import type { Dataset, LabelledRows, Split } from '#shared/contract/values.ts';
import { sizesOf } from './divide.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const defaults = defaultParams(spec.params);

async function divided(dataset: Dataset, settings: Partial<typeof defaults>, context = testContext()): Promise<Split> {
  return (await component.apply(null, { dataset }, { ...defaults, ...settings }, context)).split;
}

const random = new Xoshiro(3);
const world = datasetOf(
  Array.from({ length: 1000 }, (_, r): [number, number, number, number] => [
    random.integer(40),
    random.integer(100),
    (r * 7919) % 1000,
    1,
  ]),
  { users: 41, items: 100 },
);
const methods = spec.params.method.choices.filter((method) => method !== 'given');

it.each(methods)('%s: every row in exactly one part, requests in order, the same for the same seed', async (method) => {
  const split = await divided(world, { method });
  expect([...split.train, ...split.validation, ...split.test].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 1000 }, (_, r) => r),
  );
  expect(split.train).toEqual(split.train.slice().sort());
  const { user, part, time } = split.requests;
  const keys = Array.from(user, (one, r) => part[r] * 1000 + one);
  expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
  for (let r = 0; r < user.length; r++) {
    const rows = (part[r] === 2 ? split.test : split.validation).filter((row) => world.events.user[row] === user[r]);
    expect(time[r]).toBe(Math.min(...Array.from(rows, (row) => world.events.time[row])));
  }
  expect(await divided(world, { method })).toEqual(split);
});

it('divides each user 8:1:1 as RecBole does', async () => {
  expect(sizesOf(106, { validation: 0.1, test: 0.1 })).toEqual({ validation: 10, test: 10 });
  expect(sizesOf(5, { validation: 0.1, test: 0.1 })).toEqual({ validation: 1, test: 1 });
  expect(sizesOf(2, { validation: 0.1, test: 0.1 })).toEqual({ validation: 0, test: 1 });
  expect(sizesOf(1, { validation: 0.1, test: 0.1 })).toEqual({ validation: 0, test: 0 });
  expect(sizesOf(30, { validation: 0, test: 0.25 })).toEqual({ validation: 0, test: 7 });
  const split = await divided(world, {});
  for (let user = 0; user < 40; user++) {
    const n = world.events.user.filter((one) => one === user).length;
    expect(split.test.filter((row) => world.events.user[row] === user).length).toBe(sizesOf(n, defaults).test);
  }
});

it('random-rows divides all events by the shares, not those of each user, and flat tables by row even where there are groups', async () => {
  const split = await divided(world, { method: 'random-rows' });
  expect([split.train.length, split.validation.length, split.test.length]).toEqual([800, 100, 100]);
  expect(split.protocol.name).toBe('random over all rows, 80/10/10');
  const heldOf = Array.from(
    { length: 40 },
    (_, user) => split.test.filter((row) => world.events.user[row] === user).length,
  );
  const perUser = Array.from(
    { length: 40 },
    (_, user) => sizesOf(world.events.user.filter((one) => one === user).length, defaults).test,
  );
  expect(heldOf).not.toEqual(perUser);
});

it('differs between seeds', async () => {
  expect((await divided(world, {}, testContext({ seed: 2 }))).test).not.toEqual((await divided(world, {})).test);
});

it('leave-last holds out the latest events of each user', async () => {
  const split = await divided(world, { method: 'leave-last', last: 2 });
  const { user, time } = world.events;
  for (const row of split.test) {
    const later = Array.from({ length: 1000 }, (_, r) => r).filter((r) => user[r] === user[row] && time[r] > time[row]);
    expect(later.length).toBeLessThan(2);
  }
  expect(split.test.length).toBe(80);
  expect(split.validation.length).toBe(80);
});

it('global-time lets nothing of the future into training, and says that it does not', async () => {
  const context = testContext();
  const split = await divided(world, { method: 'global-time', validation: 0.1, test: 0.2 }, context);
  const times = (rows: Int32Array): number[] => Array.from(rows, (row) => world.events.time[row]);
  expect(Math.max(...times(split.train))).toBeLessThan(Math.min(...times(split.validation)));
  expect(Math.max(...times(split.validation))).toBeLessThan(Math.min(...times(split.test)));
  expect([split.train.length, split.validation.length, split.test.length]).toEqual([700, 100, 200]);
  expect(split.protocol.leaksFuture).toBe(false);
  expect(context.said.warnings).toEqual([]);
  expect(context.said.plots).toEqual(['timeline']);
});

it.each(['random', 'leave-last', 'user-time'] as const)(
  '%s is marked as leaking, with the overlap measured',
  async (method) => {
    const context = testContext();
    expect((await divided(world, { method }, context)).protocol.leaksFuture).toBe(true);
    expect(context.said.warnings[0]).toMatch(/leaks the future: \d+\.\d % of the training rows/);
  },
);

it('asks at most as many users as it is told, and counts those without positives', async () => {
  const split = await divided(world, { users: 7 });
  expect(split.requests.part.filter((part) => part === 2).length).toBe(7);
  expect(split.requests.part.filter((part) => part === 1).length).toBe(7);
  expect(split.test.length).toBeGreaterThan(7);
  const lonely = await divided(
    datasetOf(
      [
        [0, 0, 1, 1],
        [1, 0, 2, 1],
        [1, 1, 3, 1],
      ],
      { users: 2, items: 2 },
    ),
    {},
  );
  expect(lonely.protocol.usersWithoutPositives).toBe(1);
});

it('follows the parts that the data set gives', async () => {
  const dataset = datasetOf(
    [
      [0, 0, 1, 1],
      [0, 1, 2, 1],
      [0, 2, 3, 1],
    ],
    { users: 1, items: 3 },
  );
  const events = {
    ...dataset.events,
    table: {
      rows: 3,
      columns: {
        fold: { kind: 'category' as const, codes: Int32Array.of(1, 0, 2), names: ['Train', 'test', 'valid'] },
      },
    },
  };
  const split = await divided({ ...dataset, events, roles: { part: 'fold' } }, { method: 'given' });
  expect([split.train, split.validation, split.test]).toEqual([Int32Array.of(1), Int32Array.of(2), Int32Array.of(0)]);
  await expect(divided(dataset, { method: 'given' })).rejects.toThrow('does not say');
});

function flat(parts: Partial<LabelledRows>): Dataset {
  const rows = 100;
  const label = Float32Array.from({ length: rows }, (_, r) => r % 2);
  return {
    ...datasetOf([], { users: 0, items: 0 }),
    shape: 'examples',
    examples: { label, group: null, time: null, part: null, table: { rows, columns: {} }, ...parts },
  };
}

it('divides flat tables by row, by whole groups, by time, as given', async () => {
  const rows = await divided(flat({}), { test: 0.2 });
  expect([rows.train.length, rows.validation.length, rows.test.length]).toEqual([70, 10, 20]);
  expect(rows.requests.user.length).toBe(0);
  const group = Int32Array.from({ length: 100 }, (_, r) => Math.floor(r / 5));
  const grouped = await divided(flat({ group }), { test: 0.2 });
  const groupsOf = (some: Int32Array): Set<number> => new Set(Array.from(some, (row) => group[row]));
  expect([...groupsOf(grouped.test)].filter((one) => groupsOf(grouped.train).has(one))).toEqual([]);
  expect(grouped.test.length).toBe(20);
  const torn = await divided(flat({ group }), { method: 'random-rows', test: 0.2 });
  expect(torn.test.length).toBe(20);
  expect([...groupsOf(torn.test)].filter((one) => groupsOf(torn.train).has(one))).not.toEqual([]);
  const timed = await divided(flat({ time: Float64Array.from({ length: 100 }, (_, r) => 99 - r) }), {
    method: 'global-time',
    validation: 0,
    test: 0.25,
  });
  expect([...timed.test]).toEqual(Array.from({ length: 25 }, (_, r) => r));
  const given = await divided(flat({ part: Uint8Array.from({ length: 100 }, (_, r) => (r < 90 ? 0 : 2)) }), {
    method: 'given',
  });
  expect(given.test.length).toBe(10);
});

it('refuses what cannot be divided', async () => {
  await expect(divided(world, { validation: 0.5, test: 0.5 })).rejects.toThrow('leave nothing to learn from');
  await expect(divided(datasetOf([], { users: 1, items: 1 }), {})).rejects.toThrow('no events');
  const timeless = datasetOf(
    [
      [0, 0, NaN, 1],
      [0, 1, NaN, 1],
    ],
    { users: 1, items: 2 },
  );
  await expect(divided(timeless, { method: 'global-time' })).rejects.toThrow('no times');
  const atOnce = datasetOf(
    [
      [0, 0, 5, 1],
      [0, 1, 5, 1],
      [0, 1, 5, 1],
    ],
    { users: 1, items: 2 },
  );
  await expect(divided(atOnce, { method: 'global-time' })).rejects.toThrow('early enough');
});
