import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { realData } from '../../../../test/support/real-data.ts';
import { datasetFolders, failureOf } from '../../../../test/support/dataset-folder.ts';
import { importDataset } from '../import.ts';
import { loadDataset } from '../load.ts';

const folder = datasetFolders();

function fill(base: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  mkdirSync(base, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(base, name), content);
  return base;
}

it('reads JSON lines: lists become tags, long ids stay exact, bad lines are rejected', async () => {
  const data = folder();
  const lines = [
    '{"user":"u1","item":9007199254740993,"tags":["a","b"],"ok":true}',
    '{"user":"u2","item":2,"later":"x"}',
    'not json',
    '[1]',
    '{"user":"u3","item":3,"ok":1e999}',
    '',
  ];
  const { report } = await data.import('e.jsonl', lines.join('\n'));
  expect(data.rows('events')).toEqual([
    ['u1', '9007199254740993', 'a|b', 1, null],
    ['u2', '2', null, null, 'x'],
  ]);
  expect(report.rejected).toBe(3);
  expect(report.firstRejects.map((line) => line.replace(/^.*line /, ''))).toEqual([
    expect.stringContaining('3: is not valid JSON'),
    '4: is not a JSON object',
    '5: ok is beyond the range of numbers',
  ]);
  const { events } = await loadDataset(data.out);
  expect(events.table.columns['tags']).toMatchObject({ kind: 'tags', names: ['a', 'b'] });
  expect((await failureOf(folder().import('e.jsonl', 'x\ny\n'))).message).toContain('no line that is a JSON object');
});

function parquet(rows: number, compressed = true): Uint8Array {
  const numbers = Array.from({ length: rows }, (_, r) => r);
  return new Uint8Array(
    parquetWriteBuffer({
      codec: compressed ? 'SNAPPY' : 'UNCOMPRESSED',
      rowGroupSize: 1000,
      columnData: [
        { name: 'user', data: numbers.map((r) => 9007199254740993n + BigInt(r % 50)), type: 'INT64' },
        { name: 'item', data: numbers.map((r) => `i${r % 70}`), type: 'STRING' },
        { name: 'rating', data: numbers.map((r) => (r === 7 ? Infinity : r % 5)), type: 'DOUBLE' },
        { name: 'time', data: numbers.map((r) => new Date(1e12 + r * 1000)), type: 'TIMESTAMP' },
      ],
    }),
  );
}

it('reads Parquet row group by row group: long ids stay exact, times are times, infinities are rejected', async () => {
  const data = folder();
  const { report } = await data.import('e.parquet', parquet(2500));
  expect([report.tables[0].rows, report.rejected]).toEqual([2499, 1]);
  expect(report.firstRejects[0]).toContain('line 8: rating is not a finite number');
  expect(data.rows('events')[0]).toEqual(['9007199254740993', 'i0', 0, '2001-09-09T01:46:40.000Z']);
  const { events } = await loadDataset(data.out);
  expect([events.time[0], events.time[2498]]).toEqual([1e9, 1e9 + 2499]);
});

it('refuses a Parquet file that is cut short, or none', async () => {
  const whole = parquet(2500);
  expect((await failureOf(folder().import('e.parquet', whole.subarray(0, whole.length - 100)))).message).toContain(
    'not a Parquet file, or is cut short',
  );
  expect((await failureOf(folder().import('e.parquet', 'user,item\n'))).message).toContain('not a Parquet file');
  expect((await failureOf(folder().import('e.parquet', ''))).message).toContain('empty');
});

it('reads a LibSVM folder as one table with parts and queries', async () => {
  const data = folder();
  const path = fill(data.file('rank'), {
    'r.train': '2 1:0.5 3:1\n0 2:7 # note\n1 1:1\n',
    'r.train.query': '2\n1\n',
    'r.test': '1 3:4\n',
    'r.test.query': '1\n',
  });
  await importDataset({ path, format: 'libsvm', out: data.out });
  expect(data.rows('examples')).toEqual([
    [2, '0', 'train', 0.5, 0, 1],
    [0, '0', 'train', 0, 7, 0],
    [1, '1', 'train', 1, 0, 0],
    [1, '2', 'test', 0, 0, 4],
  ]);
  const { examples } = await loadDataset(data.out);
  expect([...(examples?.group ?? [])]).toEqual([0, 0, 1, 2]);
  expect([...(examples?.part ?? [])]).toEqual([0, 0, 0, 2]);
});

it('reads qid, rejects bad LibSVM rows, refuses counts that do not fit', async () => {
  const data = folder();
  const { report } = await data.import(
    'e.libsvm',
    '1 qid:a 1:2\n0 qid:a 1:1e400\nx qid:b 1:1\n1 qid:b 1\n1 qid:b 1:3\n',
  );
  expect(data.rows('examples')).toEqual([
    [1, 'a', 2],
    [1, 'b', 3],
  ]);
  expect(report.firstRejects.map((line) => line.slice(line.indexOf(':') + 2))).toEqual([
    'feature 1 is 1e400, not a finite number',
    'the label is x, not a finite number',
    '1 is not index:value',
  ]);
  const path = fill(data.file('bad'), { 'r.train': '1 1:1\n', 'r.train.query': '2\n' });
  expect((await failureOf(importDataset({ path, format: 'libsvm', out: data.out }))).message).toContain(
    'counts 2 rows',
  );
  expect((await failureOf(data.import('w.libsvm', '1 5000:1\n0 1:1\n'))).message).toContain('at most 1900');
});

const uItem = `1|Caf\xe9 (1995)|01-Jan-1995||http://x|0|1|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n`;

it('reads MovieLens 100K, Latin-1 titles and genre flags included', async () => {
  const data = folder();
  const path = fill(data.file('ml'), {
    'u.data': '196\t1\t3\t881250949\n186\t1\t5\t891717742\n',
    'u.item': Buffer.from(uItem, 'latin1'),
    'u.user': '196|24|M|writer|05201\n186|39|F|artist|T8H1N\n',
  });
  await importDataset({ path, format: 'ml-100k', out: data.out });
  const dataset = await loadDataset(data.out);
  expect(dataset.items.table.columns['title']).toEqual({ kind: 'text', values: ['Café (1995)'] });
  expect(dataset.items.table.columns['genres']).toMatchObject({ names: ['Action', 'Comedy'] });
  expect(dataset.items.table.columns['release_date']).toMatchObject({
    values: Float64Array.of(Date.UTC(1995, 0, 1) / 1000),
  });
  expect(dataset.users.table.columns['zip_code']).toMatchObject({ names: ['05201', 'T8H1N'] });
  expect(dataset.roles).toMatchObject({
    user: 'user_id',
    item: 'item_id',
    value: 'rating',
    time: 'timestamp',
    'item.category': 'genres',
  });
  expect((await failureOf(importDataset({ path: data.path, format: 'ml-100k', out: data.out }))).message).toContain(
    'has no u.data',
  );
});

it('reads newer and older MovieLens folders alike', async () => {
  const newer = folder();
  await importDataset({
    path: fill(newer.file('ml'), {
      'ratings.csv': 'userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n',
      'movies.csv': 'movieId,title,genres\n2,"Jumanji, the (1995)",Adventure|Fantasy\n',
      'tags.csv': 'x',
    }),
    format: 'movielens',
    out: newer.out,
  });
  const older = folder();
  await importDataset({
    path: fill(older.file('ml'), {
      'ratings.dat': '1::2::3.5::1112486027\n',
      'movies.dat': '2::Jumanji, the (1995)::Adventure|Fantasy\n',
      'users.dat': '1::F::25::10::48067\n',
    }),
    format: 'movielens',
    out: older.out,
  });
  const [a, b] = [await loadDataset(newer.out), await loadDataset(older.out)];
  expect(a.events.value[0]).toBe(3.5);
  expect(a.items).toEqual(b.items);
  expect(b.users.table.columns['gender']).toMatchObject({ names: ['F'] });
});

it('reads RecBole files by their typed headers, quotes taken literally', async () => {
  const data = folder();
  const files = {
    'x.inter': 'user_id:token\titem_id:token\trating:float\n01\t"q\t4\n',
    'x.item': 'item_id:token\tname:token_seq\tprice:float\n"q\tred  hat\t2.5\n',
  };
  await importDataset({ path: fill(data.file('x'), files), format: 'recbole', out: data.out });
  const { users, items } = await loadDataset(data.out);
  expect([users.ids, items.ids]).toEqual([['01'], ['"q']]);
  expect(items.table.columns['name']).toMatchObject({ kind: 'tags', names: ['red', 'hat'] });
  expect(items.table.columns['price']).toEqual({ kind: 'number', values: Float32Array.of(2.5) });
  const bad = fill(data.file('y'), { 'y.inter': 'user_id\titem_id:token\n1\t2\n' });
  expect((await failureOf(importDataset({ path: bad, format: 'recbole', out: data.out }))).message).toContain(
    'not name:type',
  );
});

it('reads a folder of tables, each id of users and items once', async () => {
  const data = folder();
  const path = fill(data.file('f'), {
    'events.csv': 'user_id,item_id\nu1,i1\nu2,i9\n',
    'items.csv': 'id,title,category\ni1,One,a|b\ni1,Two,c\n',
    'users.csv': 'id,age\nu1,30\n',
  });
  const { report, profile } = await importDataset({ path, format: 'csv', out: data.out });
  expect(report.firstRejects).toEqual(['items.csv, line 3: id "i1" was there before (line 2)']);
  expect(profile.warnings.join()).toContain('1 items occur in events only');
  const { items, users } = await loadDataset(data.out);
  expect(items.ids).toEqual(['i1', 'i9']);
  expect(items.table.columns['category']).toMatchObject({ kind: 'tags', offsets: Int32Array.of(0, 2, 2) });
  expect(users.table.columns['age']).toEqual({ kind: 'number', values: Float32Array.of(30, NaN) });
});

it.skipIf(!realData('ml-100k'))(
  'ml-100k in RecBole files: counts as published (not run without the data)',
  async () => {
    const data = folder();
    const { profile, fingerprint } = await importDataset({
      path: realData('ml-100k') ?? '',
      format: 'ml-100k',
      out: data.out,
    });
    expect([profile.users, profile.items, profile.events, profile.warnings]).toEqual([943, 1682, 100_000, []]);
    expect(profile.longTail?.gini).toBeCloseTo(0.629, 3);
    expect((await loadDataset(data.out)).fingerprint).toBe(fingerprint);
  },
);

it.skipIf(!realData('lightgbm-lambdarank'))(
  'lightgbm-lambdarank: 201 and 50 queries (not run without the data)',
  async () => {
    const data = folder();
    const { profile } = await importDataset({
      path: realData('lightgbm-lambdarank') ?? '',
      format: 'libsvm',
      out: data.out,
    });
    const { examples } = await loadDataset(data.out);
    expect([profile.examples, profile.groups]).toEqual([3005 + 768, 201 + 50]);
    expect(examples?.part?.filter((part) => part === 2).length).toBe(768);
  },
);

it.skipIf(!realData('lightgbm-binary'))(
  'lightgbm-binary: dense text with the label first (not run without the data)',
  async () => {
    const data = folder();
    await importDataset({ path: realData('lightgbm-binary') ?? '', format: 'libsvm', out: data.out });
    const { examples } = await loadDataset(data.out);
    expect([examples?.label.length, Object.keys(examples?.table.columns ?? {}).length]).toEqual([7500, 28]);
    expect(examples?.table.columns['f1']).toMatchObject({ kind: 'number' });
    expect([...(examples?.label.subarray(0, 3) ?? [])]).toEqual([1, 1, 1]);
  },
);

it.skipIf(!realData('open-bandit-men'))(
  'open-bandit-men: impressions with propensities (not run without the data)',
  async () => {
    const data = folder();
    const { profile } = await importDataset({
      path: join(realData('open-bandit-men') ?? '', 'random/men.csv'),
      format: 'csv',
      out: data.out,
    });
    expect([profile.impressions, profile.items, profile.clickRate]).toEqual([10_000, 34, 0.0046]);
    const { impressions } = await loadDataset(data.out);
    expect(impressions?.propensity[0]).toBeCloseTo(1 / 34, 8);
  },
);
