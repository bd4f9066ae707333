import { expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { datasetFolders } from '../../../../test/support/dataset-folder.ts';
import { ColumnsInMemory } from '../columns-in-memory.ts';
import type { Layout } from '../layout.ts';
import { pauses } from '../pauses.ts';
import type { Profile } from '../profile.ts';
import type { Cell } from '../rows.ts';
import { columnInRole } from '../roles.ts';
import { sealContents } from '../seal.ts';
import { DatasetColumns } from './dataset-columns.ts';

const folder = datasetFolders();

const layout: Layout = {
  shape: 'events',
  tables: [
    {
      table: 'items',
      stored: 'items',
      columns: [
        columnInRole('item', 'item'),
        { name: 'genres', kind: 'tags', separator: '|' },
        { name: 'maker', kind: 'text' },
      ],
    },
    {
      table: 'events',
      stored: 'events',
      columns: [
        columnInRole('user', 'user'),
        columnInRole('item', 'item'),
        columnInRole('time', 'time'),
        columnInRole('rating', 'value'),
        { name: 'session', kind: 'text' },
        { name: 'amount', kind: 'number' },
      ],
    },
  ],
};

type Rows = readonly (readonly Cell[])[];

interface Read {
  readonly dataset: Omit<Dataset, 'fingerprint'>;
  readonly fingerprint: string;
  readonly profile: Profile;
}

/** What the columns make of rows, at most `most` texts of each column in memory. */
async function gather(items: Rows, events: Rows, most: number): Promise<Read> {
  const columns = new DatasetColumns(folder().file('scratch'), { each: most, together: most === 500 ? 100 : 0 });
  try {
    items.forEach(columns.adder(layout.tables[0]));
    events.forEach(columns.adder(layout.tables[1]));
    const stored = await columns.finish(layout, 'e', pauses());
    const memory = new ColumnsInMemory();
    const { fingerprint, skeleton } = await sealContents(stored.contents, { sink: memory, pause: pauses() });
    return { dataset: memory.contents(skeleton), fingerprint, profile: stored.profile() };
  } finally {
    columns.close();
  }
}

function randomRows(seed: number, count: number): { items: Rows; events: Rows } {
  const random = new Xoshiro(seed);
  const genres = ['war', 'love', 'sea', ''];
  const items = Array.from({ length: 300 }, (_, i) => [
    `i${i}`,
    i % 7 === 0 ? null : `${genres[random.integer(4)]}|${genres[random.integer(4)]}`,
    i % 11 === 0 ? null : `maker ${random.integer(40)}`,
  ]);
  const events = Array.from({ length: count }, () => [
    `u${random.integer(50)}`,
    `i${random.integer(320)}`,
    random.integer(40),
    random.integer(3) - 0.5,
    random.integer(9) === 0 ? null : `s${random.integer(count / 4)}é`,
    random.integer(5) === 0 ? null : random.integer(1000) / 8,
  ]);
  return { items, events };
}

/** The plainest way to the same: everything in memory. */
function naive(items: Rows, events: Rows): Partial<Profile> & { sessions: readonly (readonly [string, number])[] } {
  const users = new Set(events.map(([user]) => user));
  const things = new Set([...items.map(([item]) => item), ...events.map(([, item]) => item)]);
  const different = new Set(events.map(([user, item, time, value]) => JSON.stringify([user, item, time, value])));
  const times = events.map(([, , time]) => time as number);
  const sessions = new Map<string, number>();
  for (const [, , , , session] of events)
    if (session !== null) sessions.set(session as string, (sessions.get(session as string) ?? 0) + 1);
  return {
    users: users.size,
    items: things.size,
    events: events.length,
    activeItems: new Set(events.map(([, item]) => item)).size,
    duplicates: events.length - different.size,
    from: times.reduce((a, b) => Math.min(a, b)),
    until: times.reduce((a, b) => Math.max(a, b)),
    sessions: [...sessions].sort(([, a], [, b]) => b - a),
  };
}

it.each([
  [1, 70_000], // more than one chunk
  [2, 5_000],
  [3, 5_000],
])('gathers what a plain reading gives, however little of it is in memory (seed %i, %i rows)', async (seed, count) => {
  const { items, events } = randomRows(seed, count);
  const whole = await gather(items, events, Infinity);
  const { sessions, ...figures } = naive(items, events);
  expect(whole.profile).toMatchObject(figures);
  const { dataset } = whole;
  const column = dataset.events.table.columns['session'];
  if (column.kind !== 'category') throw new Error('sessions are categories');
  expect(events.map((_, r) => (column.codes[r] < 0 ? null : column.names[column.codes[r]]))).toEqual(
    events.map((row) => row[4]),
  );
  expect(
    events.map((_, r) => [dataset.users.ids[dataset.events.user[r]], dataset.items.ids[dataset.events.item[r]]]),
  ).toEqual(events.map((row) => [row[0], row[1]]));
  const amount = dataset.events.table.columns['amount'];
  expect(amount.kind === 'number' && amount.values).toEqual(
    new Float32Array(events.map((row) => (row[5] as number | null) ?? NaN)),
  );
  const profiled = whole.profile.columns['events'].find(({ name }) => name === 'session');
  expect(profiled?.distinct).toBe(sessions.length);
  expect(profiled?.top.map(([, count]) => count)).toEqual(sessions.slice(0, 10).map(([, count]) => count));
  for (const most of [0, 1, 500]) expect(await gather(items, events, most)).toEqual(whole);
});

it('keeps texts of users and items as they are where few come again, as categories where most do', async () => {
  const events = [['u', 'i0', 1, 1, null, null]];
  const kind = async (different: number): Promise<string> => {
    const items = Array.from({ length: 3000 }, (_, i) => [`i${i}`, null, `maker ${i % different}`]);
    return (await gather(items, events, 10)).dataset.items.table.columns['maker'].kind;
  };
  expect([await kind(1000), await kind(1500), await kind(1501)]).toEqual(['category', 'category', 'text']);
});
