import { createHash } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { datasetFolders, failureOf, type DatasetFolder } from '../../../test/support/dataset-folder.ts';
import { importDataset, type ImportResult } from './import.ts';
import { loadDataset } from './load.ts';

const folder = datasetFolders();

function shop(data: DatasetFolder, wal = false): string {
  const path = data.file('shop.sqlite');
  const db = new Database(path);
  if (wal) db.pragma('journal_mode = WAL');
  db.exec(`CREATE TABLE sales (who INTEGER, what INTEGER, at TEXT, amount REAL);
    CREATE TABLE goods (id INTEGER PRIMARY KEY, label TEXT, kinds TEXT) WITHOUT ROWID;
    CREATE VIEW spy AS SELECT load_extension('x') AS who;
    INSERT INTO sales VALUES (9007199254740993, 1, '2024-01-01', 2.5), (2, 2, '2024-01-02', 1), (2, NULL, '2024-01-02', 1);
    INSERT INTO goods VALUES (1, 'Hat', 'red|warm'), (3, 'Coat', NULL)`);
  db.close();
  return path;
}

const map = {
  user: 'who',
  item: 'what',
  time: 'at',
  value: 'amount',
  'item.title': 'goods.label',
  'item.category': 'goods.kinds',
};

function attach(data: DatasetFolder, path: string, roles: Record<string, string> = map): Promise<ImportResult> {
  return importDataset({ path, format: 'sqlite', out: data.out, map: roles });
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

it.each([false, true])('reads through an attached file and never alters it (WAL: %s)', async (wal) => {
  const data = folder();
  const path = shop(data, wal);
  const before = digest(path);
  await attach(data, path);
  const dataset = await loadDataset(data.out);
  expect(dataset.users.ids).toEqual(['9007199254740993', '2']);
  expect(dataset.items.ids).toEqual(['1', '3', '2']);
  expect(dataset.items.table.columns['label']).toEqual({ kind: 'text', values: ['Hat', 'Coat', ''] });
  expect([...dataset.events.value]).toEqual([2.5, 1]);
  expect(dataset.events.time[1] - dataset.events.time[0]).toBe(86_400);
  expect(digest(path)).toBe(before);
});

it('sees what is added to the file later, under another fingerprint', async () => {
  const data = folder();
  const path = shop(data);
  await attach(data, path);
  const before = await loadDataset(data.out);
  const db = new Database(path);
  db.exec("INSERT INTO sales VALUES (3, 1, '2024-02-01', 1)");
  db.close();
  const after = await loadDataset(data.out);
  expect([before.events.user.length, after.events.user.length]).toEqual([2, 3]);
  expect(after.fingerprint).not.toBe(before.fingerprint);
});

it.each([{}, { user: 'bought.user', item: 'bought.item', time: 'bought.at' }])(
  'takes user, item and time of impressions from the columns named as in the events %o',
  async (named) => {
    const data = folder();
    const path = data.file('log.sqlite');
    const db = new Database(path);
    db.exec(`CREATE TABLE bought (user TEXT, item TEXT, at INTEGER);
    CREATE TABLE shown (user TEXT, item TEXT, at INTEGER, place INTEGER, hit INTEGER);
    INSERT INTO bought VALUES ('a', 'x', 10), ('b', 'y', 20);
    INSERT INTO shown VALUES ('a', 'x', 9, 1, 1), ('b', 'z', 19, 2, 0)`);
    db.close();
    const roles = { user: 'user', item: 'item', time: 'at', ...named };
    await attach(data, path, { ...roles, 'impression.position': 'place', 'impression.click': 'hit' });
    const { events, impressions, users, items } = await loadDataset(data.out);
    expect([...events.time]).toEqual([10, 20]);
    expect([...(impressions?.item ?? [])].map((item) => items.ids[item])).toEqual(['x', 'z']);
    expect([...(impressions?.user ?? [])].map((user) => users.ids[user])).toEqual(['a', 'b']);
    expect([[...(impressions?.time ?? [])], [...(impressions?.click ?? [])]]).toEqual([
      [9, 19],
      [1, 0],
    ]);
  },
);

it('says when the file is gone', async () => {
  const data = folder();
  const path = shop(data);
  await attach(data, path);
  renameSync(path, `${path}.moved`);
  expect((await failureOf(loadDataset(data.out))).message).toContain('shop.sqlite is gone');
});

it('takes no view for a table, in the attached file or in a data set from elsewhere', async () => {
  const data = folder();
  const path = shop(data);
  await attach(data, path);
  await data.import('e.csv', 'user,item\na,b\n', { out: data.file('own.db') });
  for (const [file, table] of [
    [path, 'sales'],
    [data.file('own.db'), 'events'],
  ]) {
    const db = new Database(file);
    db.exec(`ALTER TABLE ${table} RENAME TO was;
      CREATE VIEW ${table} AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS who FROM n WHERE x > 1`);
    db.close();
  }
  expect((await failureOf(loadDataset(data.out))).message).toContain('has no table sales');
  expect((await failureOf(loadDataset(data.file('own.db')))).message).toContain('has no table events');
});

it('refuses files and mappings that cannot serve', async () => {
  const data = folder();
  const path = shop(data);
  expect((await failureOf(attach(data, path, {}))).remedy).toContain(
    'goods (id, label, kinds); sales (who, what, at, amount)',
  );
  expect((await failureOf(attach(data, path, { ...map, time: 'when' }))).message).toContain('no column when');
  expect((await failureOf(attach(data, path, { user: 'spy.who', item: 'what' }))).message).toContain(
    'no column spy.who',
  );
  expect((await failureOf(attach(data, path, { ...map, buyer: 'who' }))).message).toContain('no role buyer');
  expect((await failureOf(attach(data, data.write('text.sqlite', 'hello'.repeat(100))))).message).toContain(
    'not a SQLite file',
  );
  expect((await failureOf(attach(data, data.write('zero.sqlite', '')))).message).toContain('empty');
  expect(
    (await failureOf(attach(data, data.write('cut.sqlite', readFileSync(path).subarray(0, 6000))))).message,
  ).toContain('cut short');
});

it('does not write over the file it attaches, nor over any other that is no data set', async () => {
  const data = folder();
  const path = shop(data);
  const before = digest(path);
  expect((await failureOf(importDataset({ path, format: 'sqlite', out: path, map }))).code).toBe('bad-input');
  expect((await failureOf(data.import('e.csv', 'user,item\na,b\n', { out: path }))).message).toContain(
    'not a Runboard data set',
  );
  expect(digest(path)).toBe(before);
});
