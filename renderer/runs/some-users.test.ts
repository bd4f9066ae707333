import { describe, expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { someUsers } from './some-users.ts';

type Cell = string | number | null;

/** Answers for a data set of these tables, and nothing else. */
function dataset(
  tables: Readonly<Record<string, { columns: readonly string[]; rows: readonly (readonly Cell[])[] }>>,
): {
  connection: Pick<Connection, 'call'>;
  asked: string[];
} {
  const asked: string[] = [];
  const roles: Readonly<Record<string, string>> = { who: 'user', what: 'item' };
  const answer = (method: string, input: { table?: string; offset?: number; limit?: number }): unknown => {
    asked.push(method);
    if (method === 'datasets.inspect')
      return {
        tables: Object.entries(tables).map(([name, { columns, rows }]) => ({
          name,
          rows: rows.length,
          columns: columns.map((column) => ({ name: column, role: roles[column] ?? null })),
        })),
      };
    const table = tables[input.table ?? ''];
    if (table === undefined) throw new RunboardError('not-found', `there is no table ${input.table}`);
    const { offset = 0, limit = 0 } = input;
    return { columns: table.columns, rows: table.rows.slice(offset, offset + limit), total: table.rows.length };
  };
  const call = (method: string, input: object): Promise<unknown> => Promise.resolve().then(() => answer(method, input));
  return { connection: { call: call as Connection['call'] }, asked };
}

describe('users to follow', () => {
  it('are those of the table of users', async () => {
    const { connection, asked } = dataset({ users: { columns: ['user_id'], rows: [['u1'], [7]] } });
    expect(await someUsers(connection, 'a.db')).toEqual(['u1', '7']);
    expect(asked).toEqual(['datasets.page']);
  });

  it('are those of the newest events, newest first and each once, where there is no table of users', async () => {
    const events = {
      columns: ['what', 'who'],
      rows: [
        [1, 'a'],
        [2, 'b'],
        [3, null],
        [4, 'a'],
        [5, 'c'],
      ],
    };
    expect(await someUsers(dataset({ events }).connection, 'a.db')).toEqual(['c', 'a', 'b']);
  });

  it('are at most two hundred, of the last events of a long log', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => [at, `u${at % 900}`]);
    const found = await someUsers(dataset({ events: { columns: ['what', 'who'], rows } }).connection, 'a.db');
    expect(found).toHaveLength(200);
    expect(found.slice(0, 2)).toEqual([`u${49_999 % 900}`, `u${49_998 % 900}`]);
  });

  it('are none where rows have no users', async () => {
    const examples = { columns: ['what'], rows: [[1]] };
    expect(await someUsers(dataset({ examples }).connection, 'a.db')).toEqual([]);
  });

  it('and a failure is not taken for a missing table', async () => {
    const call = (): Promise<never> => Promise.reject(new RunboardError('bad-input', 'is damaged'));
    await expect(someUsers({ call: call as Connection['call'] }, 'a.db')).rejects.toThrow('damaged');
  });
});
