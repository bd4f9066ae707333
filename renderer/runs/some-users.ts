import type { TablePage } from '#shared/contract/datasets.ts';
import { failureOf, type Connection } from '#renderer/client/connection.ts';

/** As many are offered. */
const most = 200;
/** Of as many of the newest events, where there is no table of users. */
const newestEvents = 4_000;

/**
 * Some users of a data set, to follow one of. A log of events needs no table of users: they are then those of its newest
 * events, who are the most likely to have some that were held out.
 */
export async function someUsers(connection: Pick<Connection, 'call'>, path: string): Promise<readonly string[]> {
  const page = (table: string, offset: number, limit: number): Promise<TablePage> =>
    connection.call('datasets.page', { path, table, offset, limit });
  try {
    return (await page('users', 0, most)).rows.map(([id]) => String(id));
  } catch (thrown) {
    if (failureOf(thrown).code !== 'not-found') throw thrown;
  }
  const { tables } = await connection.call('datasets.inspect', { path });
  const events = tables.find(({ name }) => name === 'events');
  const column = events?.columns.find(({ role }) => role === 'user')?.name;
  if (events === undefined || column === undefined) return [];
  const { columns, rows } = await page('events', Math.max(0, events.rows - newestEvents), newestEvents);
  const at = columns.indexOf(column);
  const found = new Set(rows.toReversed().flatMap((row) => (row[at] === null ? [] : String(row[at]))));
  return [...found].slice(0, most);
}
