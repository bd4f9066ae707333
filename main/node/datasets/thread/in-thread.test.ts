import { readdirSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Call } from '#shared/contract/methods.ts';
import { datasetFolders, failureOf, type DatasetFolder } from '../../../../test/support/dataset-folder.ts';
import { datasetsPort, describeDataset } from '../../datasets-port.ts';
import { datasetsHere } from '../datasets-here.ts';
import { cachePath } from '../column-cache.ts';

const folder = datasetFolders();

interface Listener {
  readonly call: Call;
  readonly heard: { readonly what: string; readonly share: number; readonly note: string }[];
  readonly stop: AbortController;
}

function listener(): Listener {
  const stop = new AbortController();
  const heard: Listener['heard'] = [];
  const call: Call = {
    signal: stop.signal,
    emit: (_event, payload) => void heard.push(payload as Listener['heard'][0]),
  };
  return { call, heard, stop };
}

function writeCsv(data: DatasetFolder, rows: number): string {
  const lines = Array.from({ length: rows }, (_, r) => `u${r % 90},i${r % 170},${r},${r % 5}`);
  return data.write('e.csv', `user,item,time,value\n${lines.join('\n')}\n`);
}

it('imports as in the thread that asks, says how it goes, and lets that thread work meanwhile', async () => {
  const data = folder();
  const path = writeCsv(data, 60_000);
  const { call, heard } = listener();
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const report = await datasetsPort().import({ path, format: 'csv', out: data.out, map: {} }, call);
  clearInterval(counting);
  const there = await datasetsHere().import({ path, format: 'csv', out: data.file('there.db'), map: {} }, call);
  expect({ ...report, out: '', seconds: 0 }).toEqual({ ...there, out: '', seconds: 0 });
  expect(heard.map(({ note }) => note)).toContain('reading events');
  expect(heard.some(({ what, share }) => what === 'import' && share === 1)).toBe(true);
  expect(turns).toBeGreaterThan(5);
});

it('is cancelled from outside, and leaves no trace', async () => {
  const data = folder();
  const path = writeCsv(data, 200_000);
  const { call, stop } = listener();
  const failure = await failureOf(
    datasetsPort().import(
      { path, format: 'csv', out: data.out, map: {} },
      {
        signal: call.signal,
        emit: () => stop.abort(),
      },
    ),
  );
  expect(failure.code).toBe('cancelled');
  expect(readdirSync(data.path)).toEqual(['e.csv']);
  const before = listener();
  before.stop.abort();
  expect(
    (await failureOf(datasetsPort().import({ path, format: 'csv', out: data.out, map: {} }, before.call))).code,
  ).toBe('cancelled');
});

it('brings failures over as they were', async () => {
  const data = folder();
  const path = data.write('bad.csv', 'who,what\na,b\n');
  const { call } = listener();
  const failure = await failureOf(datasetsPort().import({ path, format: 'csv', out: data.out, map: {} }, call));
  const here = await failureOf(datasetsHere().import({ path, format: 'csv', out: data.out, map: {} }, call));
  expect([failure.code, failure.message, failure.where, failure.remedy]).toEqual([
    here.code,
    here.message,
    here.where,
    here.remedy,
  ]);
});

it('attaches, looks at and describes a SQLite file, whether it is known already or must be read', async () => {
  const data = folder();
  const path = data.file('shop.sqlite');
  const db = new Database(path);
  db.exec(
    "CREATE TABLE sales (who TEXT, what TEXT, amount REAL); INSERT INTO sales VALUES ('a', 'x', 1), ('b', 'y', NULL)",
  );
  db.close();
  const { call, heard } = listener();
  const port = datasetsPort();
  expect((await port.peek({ path, format: 'sqlite' }, call)).tables[0].name).toBe('sales');
  const map = { user: 'who', item: 'what', value: 'amount' };
  const report = await port.import({ path, format: 'sqlite', out: data.out, map }, call);
  expect(heard[0].note).toBe('checking the file');
  const known = await port.inspect(data.out, call);
  expect([known.fingerprint, known.events, known.tables[0].columns[2].nulls]).toEqual([report.fingerprint, 2, 1]);
  rmSync(cachePath(data.out));
  expect(await describeDataset(data.out, call)).toMatchObject({ fingerprint: report.fingerprint, items: 2 });
  rmSync(cachePath(data.out));
  expect(await port.inspect(data.out, call)).toEqual(known);
});
