import { hashText } from '#shared/kernels/random.ts';
import { gather, gatherVectors } from '#shared/values/join.ts';
import type { Column, Dataset, Table } from '#shared/contract/values.ts';
import type { Exposures } from './exposures.ts';
import type { Tastes } from './tastes.ts';
import type { Traffic } from './traffic.ts';

/** Who is who, and when: what turns simulated users and seconds into rows of the data set. */
export interface LogFrame {
  readonly base: Dataset;
  /** User of the log by simulated user. */
  readonly placeOf: Int32Array;
  /** User of the data set whose taste a user of the log has. */
  readonly persona: Int32Array;
  /** Unix seconds of the first simulated midnight. */
  readonly start: number;
  /** Names of the variants. */
  readonly names: readonly string[];
}

/** Users of the data set keep their places; simulated users beyond them are added. */
export function logFrame(base: Dataset, traffic: Traffic, tastes: Tastes, names: readonly string[]): LogFrame {
  const real = base.users.ids.length;
  const placeOf = traffic.taste.map((taste, u) =>
    u < tastes.users.length ? tastes.users[taste] : real + u - tastes.users.length,
  );
  const extra = Math.max(0, traffic.taste.length - tastes.users.length);
  const persona = new Int32Array(real + extra);
  for (let u = 0; u < real; u++) persona[u] = u;
  for (let u = tastes.users.length; u < traffic.taste.length; u++) persona[placeOf[u]] = tastes.users[traffic.taste[u]];
  return { base, placeOf, persona, start: startOf(base.events.time), names };
}

/**
 * The data set with the simulated exposures as its impressions and the clicks appended to its events, so that what is trained on it
 * next has seen what was shown. Column `persona` tells whose taste a user has, column `released` when an item came during the
 * simulation.
 */
export function exposureLog(frame: LogFrame, exposures: Exposures, births: Int32Array | null): Dataset {
  const { base, persona, placeOf, start } = frame;
  const user = exposures.user.map((u) => placeOf[u]);
  const time = exposures.time.map((seconds) => start + seconds);
  return {
    ...base,
    name: `${base.name} (simulated users)`,
    fingerprint: `simulated-${base.fingerprint}-${digestOf(exposures)}`,
    users: { ids: idsOf(base, persona, base.users.ids.length), table: usersTable(base.users.table, persona) },
    items: { ids: base.items.ids, table: itemsTable(base.items.table, births, start) },
    events: eventsWithClicks(base, exposures, user, time),
    impressions: {
      user,
      item: exposures.item,
      time,
      request: exposures.request,
      position: exposures.position,
      propensity: exposures.propensity,
      click: exposures.click,
      table: impressionsTable(exposures, frame.names),
    },
    roles: { ...base.roles, simulator: 'user-simulator' },
    ...(base.truth ? { truth: { users: gatherVectors(base.truth.users, persona), items: base.truth.items } } : {}),
  };
}

function impressionsTable(exposures: Exposures, names: readonly string[]): Table {
  const number = (values: Float32Array | Float64Array): Column => ({ kind: 'number', values });
  return {
    rows: exposures.rows,
    columns: {
      variant: { kind: 'category', codes: exposures.variant, names },
      sequence: number(exposures.sequence),
      dwell: number(exposures.dwell),
      conversion: number(exposures.conversion),
      revenue: number(exposures.revenue),
      hidden: number(exposures.hidden),
      ...(exposures.latency.length > 0 ? { latency: number(exposures.latency) } : {}),
    },
  };
}

/** Midnight after the last event; 0 where the data set has no time. */
function startOf(times: Float64Array): number {
  let last = 0;
  for (const time of times) if (time > last) last = time;
  return Math.ceil(last / 86_400) * 86_400;
}

function idsOf(base: Dataset, persona: Int32Array, real: number): string[] {
  const copies = new Int32Array(real);
  return Array.from(persona, (from, u) =>
    u < real ? base.users.ids[u] : `${base.users.ids[from]}#${++copies[from] + 1}`,
  );
}

/** The items with the day on which they came, where any came during the simulation; NaN for those that were there. */
function itemsTable(table: Table, births: Int32Array | null, start: number): Table {
  if (births === null) return table;
  const released = Float64Array.from(births, (day) => (day > 0 ? start + day * 86_400 : NaN));
  return { rows: table.rows, columns: { ...table.columns, released: { kind: 'number', values: released } } };
}

function usersTable(table: Table, persona: Int32Array): Table {
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(table.columns))
    if (column.kind !== 'target') columns[name] = gather(column, persona);
  columns['persona'] = { kind: 'number', values: persona };
  return { rows: persona.length, columns };
}

function eventsWithClicks(
  base: Dataset,
  exposures: Exposures,
  user: Int32Array,
  time: Float64Array,
): Dataset['events'] {
  const { events } = base;
  const old = events.user.length;
  let clicks = 0;
  for (const click of exposures.click) clicks += click;
  const made = {
    user: new Int32Array(old + clicks),
    item: new Int32Array(old + clicks),
    time: new Float64Array(old + clicks),
    value: new Float32Array(old + clicks).fill(1),
  };
  made.user.set(events.user);
  made.item.set(events.item);
  made.time.set(events.time);
  made.value.set(events.value);
  const rows = new Int32Array(old + clicks).fill(-1);
  for (let row = 0; row < old; row++) rows[row] = row;
  for (let row = 0, next = old; row < exposures.rows; row++) {
    if (exposures.click[row] === 0) continue;
    made.user[next] = user[row];
    made.item[next] = exposures.item[row];
    made.time[next++] = time[row];
  }
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(events.table.columns))
    if (column.kind !== 'target') columns[name] = gather(column, rows);
  return { ...made, table: { rows: old + clicks, columns } };
}

/** A digest of what happened: equal logs, equal text. */
function digestOf(exposures: Exposures): string {
  let hash = hashText(`${exposures.rows}`);
  for (let row = 0; row < exposures.rows; row++) {
    const told =
      exposures.item[row] * 4 +
      exposures.click[row] * 2 +
      exposures.conversion[row] +
      Math.imul(exposures.user[row], 0x9e3779b1) +
      exposures.variant[row] * 7;
    hash = Math.imul(hash ^ told, 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
