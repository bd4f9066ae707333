import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CancelSignal } from '#shared/contract/methods.ts';
import { tasteWidth } from '#shared/values/worlds/taste-space.ts';
import { textsOf } from '#shared/values/worlds/video-items.ts';
import { eventSources, eventTypes } from '#shared/values/worlds/video-log.ts';
import { countries, devices } from '#shared/values/worlds/video-users.ts';
import { daySeconds, worldStart, type VideoWorld } from '#shared/values/worlds/video-world.ts';
import type { DatasetColumns } from './columns/dataset-columns.ts';
import { throwIfCancelled } from './failures.ts';
import type { StoredTable } from './layout.ts';
import { columnInRole } from './roles.ts';
import { createTable, RowWriter } from './row-writer.ts';
import type { Sqlite } from './store.ts';

/** Who met what, and when. */
const meeting = [columnInRole('user_id', 'user'), columnInRole('item_id', 'item'), columnInRole('time', 'time')];

/** The tables of a video world as any data set has them. */
export const worldTables: readonly StoredTable[] = [
  {
    table: 'users',
    stored: 'users',
    columns: [
      columnInRole('user_id', 'user'),
      { name: 'age', kind: 'number' },
      { name: 'country', kind: 'category' },
      { name: 'plan', kind: 'category' },
      { name: 'main_device', kind: 'category' },
      { name: 'joined', kind: 'time' },
    ],
  },
  {
    table: 'items',
    stored: 'items',
    columns: [
      columnInRole('item_id', 'item'),
      columnInRole('title', 'item.title'),
      { name: 'category', kind: 'category', role: 'item.category' },
      { name: 'tags', kind: 'tags', separator: '|' },
      columnInRole('description', 'item.text'),
      columnInRole('created', 'item.created'),
      { name: 'duration_seconds', kind: 'number' },
      columnInRole('price', 'item.price'),
    ],
  },
  {
    table: 'events',
    stored: 'events',
    columns: [
      ...meeting,
      columnInRole('type', 'event.type'),
      columnInRole('value', 'value'),
      { name: 'watch_seconds', kind: 'number' },
      columnInRole('price_paid', 'event.price'),
      { name: 'device', kind: 'category' },
      { name: 'session', kind: 'number' },
      { name: 'source', kind: 'category' },
    ],
  },
  {
    table: 'impressions',
    stored: 'impressions',
    columns: [
      columnInRole('request', 'impression.request'),
      ...meeting,
      columnInRole('position', 'impression.position'),
      columnInRole('propensity', 'impression.propensity'),
      columnInRole('click', 'impression.click'),
      { name: 'device', kind: 'category' },
    ],
  },
];

export interface WorldWriters {
  readonly users: RowWriter;
  readonly items: RowWriter;
  readonly events: RowWriter;
  readonly impressions: RowWriter;
  readonly truthUsers: RowWriter;
  readonly truthItems: RowWriter;
}

/** Creates the tables, those of the truth included, whose rows go into `columns` too but for the truth: vectors are little-endian 32-bit floats, one after the other. */
export function openWriters(db: Sqlite, columns: DatasetColumns): WorldWriters {
  for (const table of worldTables) createTable(db, table);
  db.exec(
    'CREATE TABLE truth_users (user_id TEXT NOT NULL PRIMARY KEY, activity REAL, taste_before BLOB, taste_after BLOB)',
  );
  db.exec(
    'CREATE TABLE truth_items (item_id TEXT NOT NULL PRIMARY KEY, cluster INTEGER, popularity REAL, quality REAL, half_life_days REAL, vector BLOB)',
  );
  const writer = (name: string, at: number): RowWriter =>
    new RowWriter(
      db,
      name,
      worldTables[at].columns.map((column) => column.name),
      columns.feeder(worldTables[at]),
    );
  return {
    users: writer('users', 0),
    items: writer('items', 1),
    events: writer('events', 2),
    impressions: writer('impressions', 3),
    truthUsers: new RowWriter(db, 'truth_users', ['user_id', 'activity', 'taste_before', 'taste_after']),
    truthItems: new RowWriter(db, 'truth_items', [
      'item_id',
      'cluster',
      'popularity',
      'quality',
      'half_life_days',
      'vector',
    ]),
  };
}

export function finishWriters(writers: WorldWriters): void {
  for (const writer of Object.values(writers) as RowWriter[]) writer.finish();
}

const breath = 20_000;

async function inBreaths(count: number, signal: CancelSignal | undefined, write: (row: number) => void): Promise<void> {
  for (let row = 0; row < count; row++) {
    if (row % breath === 0 && row > 0) {
      throwIfCancelled(signal);
      await nextTurn();
    }
    write(row);
  }
}

function userId(user: number): string {
  return `u${user + 1}`;
}

function itemId(item: number): string {
  return `v${item + 1}`;
}

function vector(table: Float32Array, row: number): Uint8Array {
  const slice = table.slice(row * tasteWidth, (row + 1) * tasteWidth);
  return new Uint8Array(slice.buffer);
}

function timeOfDay(day: number): number {
  return worldStart + Math.floor(day * daySeconds);
}

export async function writeUsers(
  world: VideoWorld,
  writers: WorldWriters,
  signal: CancelSignal | undefined,
): Promise<void> {
  const { users } = world;
  await inBreaths(users.count, signal, (u) => {
    writers.users.add([
      userId(u),
      users.age[u],
      countries[users.country[u]],
      users.premium[u] === 1 ? 'premium' : 'free',
      devices[users.device[u]],
      timeOfDay(users.joined[u]),
    ]);
  });
  writers.users.finish();
  await inBreaths(users.count, signal, (u) =>
    writers.truthUsers.add([userId(u), users.activity[u], vector(users.tasteBefore, u), vector(users.tasteAfter, u)]),
  );
  writers.truthUsers.finish();
}

export async function writeItems(
  world: VideoWorld,
  writers: WorldWriters,
  signal: CancelSignal | undefined,
): Promise<void> {
  const { items, space, options } = world;
  await inBreaths(items.count, signal, (i) => {
    const { title, category, tags, description } = textsOf(items, i, space, options.seed);
    writers.items.add([
      itemId(i),
      title,
      category,
      tags,
      description,
      timeOfDay(items.born[i]),
      items.seconds[i],
      Math.round(items.price[i] * 100) / 100,
    ]);
  });
  writers.items.finish();
  await inBreaths(items.count, signal, (i) =>
    writers.truthItems.add([
      itemId(i),
      items.cluster[i],
      items.popularity[i],
      items.quality[i],
      items.halfLife[i],
      vector(items.vectors, i),
    ]),
  );
  writers.truthItems.finish();
}

/** Writes the events of the day that the world lived last, in order of time. */
export async function writeEvents(
  world: VideoWorld,
  writers: WorldWriters,
  signal: CancelSignal | undefined,
): Promise<void> {
  const { columns } = world.events;
  const order = world.events.orderBy('time');
  await inBreaths(order.length, signal, (n) => {
    const r = order[n];
    const price = columns.price[r];
    writers.events.add([
      userId(columns.user[r]),
      itemId(columns.item[r]),
      columns.time[r],
      eventTypes[columns.type[r]],
      columns.value[r],
      columns.seconds[r],
      Number.isNaN(price) ? null : Math.round(price * 100) / 100,
      devices[columns.device[r]],
      columns.session[r],
      eventSources[columns.source[r]],
    ]);
  });
  writers.events.finish();
}

/** Writes the impressions of the day that the world lived last, request by request. */
export async function writeImpressions(
  world: VideoWorld,
  writers: WorldWriters,
  signal: CancelSignal | undefined,
): Promise<void> {
  const { columns } = world.impressions;
  const order = world.impressions.orderBy('time');
  await inBreaths(order.length, signal, (n) => {
    const r = order[n];
    writers.impressions.add([
      `r${columns.request[r] + 1}`,
      userId(columns.user[r]),
      itemId(columns.item[r]),
      columns.time[r],
      columns.position[r],
      columns.propensity[r],
      columns.click[r],
      devices[columns.device[r]],
    ]);
  });
  writers.impressions.finish();
}
