import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { datasetFolders, failureOf, type DatasetFolder } from '../../../test/support/dataset-folder.ts';
import { cachePath } from './column-cache.ts';
import { describeDataset } from './describe.ts';
import { inspectDataset, previewTable } from './inspect.ts';
import { loadDataset } from './load.ts';

const folder = datasetFolders();
const rows = Array.from(
  { length: 70_000 },
  (_, r) => `u${(r * 7) % 300},i${(r * 13) % 500},${(r % 9) / 2},${1e9 + r},${['tv', 'phone', ''][r % 3]}`,
);
const header = 'user_id,item_id,rating,timestamp,device';
const large = `${header}\n${rows.join('\n')}\n`;
const content = `${header}\n${rows.slice(0, 3000).join('\n')}\n`;

async function imported(data: DatasetFolder, text = content): Promise<string> {
  await data.import('e.csv', text);
  return data.out;
}

it('gives the same from the cache as from the rows, on shared memory', async () => {
  const data = folder();
  const path = await imported(data, large); // more than one chunk
  const fromCache = await loadDataset(path);
  rmSync(cachePath(path));
  const fromRows = await loadDataset(path);
  expect(fromRows).toEqual(fromCache);
  expect(Object.keys(fromRows.events.table.columns)).toEqual(Object.keys(fromCache.events.table.columns));
  for (const dataset of [fromCache, fromRows]) expect(dataset.events.user.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect([fromRows.events.user.length, fromRows.users.ids.length, fromRows.events.value[3]]).toEqual([
    70_000, 300, 1.5,
  ]);
  expect(await describeDataset(path)).toEqual({ name: 'e.csv', fingerprint: fromRows.fingerprint, items: 500 });
});

it('makes a damaged, foreign or outdated cache again', async () => {
  const data = folder();
  const path = await imported(data);
  const right = await loadDataset(path);
  const bytes = readFileSync(cachePath(path));
  for (const broken of [
    bytes.subarray(0, 5000),
    Buffer.alloc(0),
    Buffer.from('rubbish'),
    Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]),
  ]) {
    writeFileSync(cachePath(path), broken);
    expect(await loadDataset(path)).toEqual(right);
  }
});

it('notices rows that were changed behind its back', async () => {
  const data = folder();
  const path = await imported(data);
  const before = await loadDataset(path);
  const db = new Database(path);
  db.exec("UPDATE events SET rating = 9 WHERE user_id = 'u7'");
  db.close();
  const after = await loadDataset(path);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(after.events.value[1]).toBe(9);
});

it('gives equal data an equal fingerprint, whatever the file is called', async () => {
  const [a, b] = [folder(), folder()];
  const one = await a.import('one.csv', content);
  const two = await b.import('two.csv', content.replaceAll('\n', '\r\n'));
  const other = await folder().import('one.csv', content.replace('1000000000', '1000000001'));
  expect(two.fingerprint).toBe(one.fingerprint);
  expect(other.fingerprint).not.toBe(one.fingerprint);
});

it('gives the fingerprint that it always gave: results of earlier runs are found by it', async () => {
  const { fingerprint } = await folder().import('e.csv', large);
  expect(fingerprint).toBe('12e6b7dfa9ca01262c7691a03ddce73a');
});

it('profiles by hand-computed figures', async () => {
  const data = folder();
  await data.import(
    'e.csv',
    'user,item,rating,time,device\nu1,i1,5,100,tv\nu1,i2,3,200,\nu2,i1,4,300,tv\nu3,i1,1,400,phone\n',
  );
  const { profile, tables, roles } = await inspectDataset(data.out);
  expect(profile).toMatchObject({
    users: 3,
    items: 2,
    events: 4,
    activeUsers: 3,
    from: 100,
    until: 400,
    duplicates: 0,
    eventsPerItem: 2,
  });
  expect(profile.sparsity).toBeCloseTo(1 - 4 / 6, 12);
  // Counts 1 and 3: Gini = (2·1 - 3)·1 + (2·2 - 3)·3 over 2·4.
  expect(profile.longTail).toEqual({ top1: 0.75, top10: 0.75, top20: 0.75, gini: 0.25 });
  expect(profile.columns['events']).toMatchObject([
    {
      name: 'user',
      role: 'user',
      kind: 'id',
      distinct: 3,
      top: [
        ['u1', 2],
        ['u2', 1],
        ['u3', 1],
      ],
    },
    {
      name: 'item',
      role: 'item',
      kind: 'id',
      distinct: 2,
      top: [
        ['i1', 3],
        ['i2', 1],
      ],
    },
    { name: 'time', role: 'time', kind: 'time', minimum: 100, maximum: 400, missing: 0 },
    { name: 'rating', role: 'value', kind: 'number', minimum: 1, maximum: 5, mean: 3.25, distinct: 4 },
    {
      name: 'device',
      role: null,
      kind: 'category',
      distinct: 2,
      missing: 1,
      top: [
        ['tv', 2],
        ['phone', 1],
      ],
    },
  ]);
  const histogram = profile.columns['events'][3].histogram;
  expect([histogram.length, histogram[0], histogram[10], histogram[15], histogram[19]]).toEqual([20, 1, 1, 1, 1]);
  expect(tables).toMatchObject([{ table: 'events', rows: 4 }]);
  expect(roles).toEqual({ user: 'user', item: 'item', time: 'time', value: 'rating' });
});

it('shows pages of a table', async () => {
  const data = folder();
  const path = await imported(data);
  expect(previewTable(path, 'events', 2999, 10)).toMatchObject({
    columns: ['user_id', 'item_id', 'rating', 'timestamp', 'device'],
    rows: [['u293', 'i487', 1, 1_000_002_999, null]],
    total: 3000,
  });
  const whole = previewTable(path, 'events', 0, 3000).rows;
  const db = new Database(path);
  db.exec("DELETE FROM events WHERE rowid IN (1, 50); INSERT INTO events (user_id, item_id) VALUES ('late', 'i1')");
  db.close();
  // Its rows are no longer numbered from 1 on without a gap.
  expect(previewTable(path, 'events', 40, 20)).toMatchObject({
    rows: [...whole.slice(41, 49), ...whole.slice(50, 62)],
    total: 2999,
  });
  expect((await failureOf(() => previewTable(path, 'items', 0, 10))).message).toContain('no table items');
});

it('tells apart what is wrong with a file', async () => {
  const data = folder();
  const path = await imported(data);
  const whole = readFileSync(path);
  const failure = async (name: string, bytes: Uint8Array | string): Promise<string> => {
    const at = data.write(name, bytes);
    const before = statSync(at).size;
    const { code, message } = await failureOf(loadDataset(at));
    expect(statSync(at).size).toBe(before);
    return `${code}: ${message}`;
  };
  expect(await failure('zero.db', '')).toBe('bad-input: is empty (0 bytes)');
  expect(await failure('text.db', 'a,b\n1,2\n')).toContain('bad-input: is not a data set (not a SQLite file)');
  expect(await failure('half.db', whole.subarray(0, whole.length / 2))).toContain('bad-input: is cut short');
  const foreign = new Database(data.file('foreign.db'));
  foreign.exec('CREATE TABLE t (x)');
  foreign.close();
  expect(await failure('foreign.db', readFileSync(data.file('foreign.db')))).toContain('not a Runboard data set');
  const newer = Buffer.from(whole);
  newer.writeUInt32BE(99, 60);
  expect(await failure('newer.db', newer)).toContain(
    'newer-version: was written by a newer Runboard (data set format 99',
  );
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 4096, whole.length);
  expect(await failure('damaged.db', damaged)).toMatch(/bad-input: .*(damaged|cannot be read)/);
  expect((await failureOf(loadDataset(data.file('none.db')))).code).toBe('not-found');
  expect((await failureOf(loadDataset(data.path))).message).toContain('is a folder');
});
