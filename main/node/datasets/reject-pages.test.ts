import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { toFailure } from '#shared/contract/failure.ts';
import { failureOf } from '../../../test/support/dataset-folder.ts';
import { RejectFile } from './reject-file.ts';
import { rejectPage } from './reject-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'runboard rejects ü '));
const path = join(folder, 'e.db.rejects.csv');
afterEach(() => rmSync(path, { force: true }));

type Row = readonly [string, number, string, string];

function write(rows: readonly Row[]): void {
  const file = new RejectFile(path, `${path}.draft`);
  for (const row of rows) file.add(...row);
  file.flush();
  file.publish();
}

const odd: readonly Row[] = [
  ['e.csv', 2, 'what is missing', 'u1,,5,100'],
  ['e, "2".csv', 3, 'is no number: “x”', 'u1,i1,"x"'],
  ['e.csv', 7, 'too few fields', 'two\nlines, and ""quotes""\r\n'],
  ['é.csv', 9, 'two, reasons', ''],
];

it('gives back every row as it was rejected, whatever is in it', async () => {
  write(odd);
  expect(await rejectPage(path, 0, 100)).toEqual({ columns: ['file', 'line', 'reason', 'text'], rows: odd, total: 4 });
});

it('holds no cell that a spreadsheet computes, and gives every one back as it was', async () => {
  const texts = [
    '=HYPERLINK("http://evil.invalid")',
    '+1',
    '-1,2',
    '@SUM(1)',
    '\t=1',
    "'=1",
    "''-1",
    "it's",
    "'",
    'a=1',
    '',
  ];
  const rows = texts.map((text, at): Row => [`${text}.csv`, at + 2, text, text]);
  write(rows);
  expect(readFileSync(path, 'utf8')).not.toMatch(/(^|,)"?[=+\-@\t]/m);
  expect((await rejectPage(path, 0, 100)).rows).toEqual(rows);
});

it('gives any page of a long file, as all of it would be cut', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at): Row => {
    const [file, , reason, text] = odd[at % odd.length];
    return [file, at + 2, reason, `${text}${'\n"x",é'.repeat(at % 7)}`];
  });
  write(rows);
  for (const [offset, limit] of [
    [0, 100],
    [255, 2],
    [256, 256],
    [700, 900],
    [2_990, 100],
    [3_000, 10],
    [9_000, 10],
  ]) {
    expect((await rejectPage(path, offset, limit)).rows).toEqual(rows.slice(offset, offset + limit));
  }
});

it('reads a file anew that an import has replaced', async () => {
  write(odd);
  expect((await rejectPage(path, 0, 1)).total).toBe(4);
  write(odd.slice(0, 2));
  expect((await rejectPage(path, 0, 9)).rows).toEqual(odd.slice(0, 2));
});

it('refuses what was cut short, and says where nothing is', async () => {
  writeFileSync(path, 'file,line,reason,text\r\ne.csv,2,"half');
  expect(toFailure(await failureOf(() => rejectPage(path, 0, 9))).what).toContain('cut short');
  rmSync(path);
  expect(toFailure(await failureOf(() => rejectPage(path, 0, 9))).code).toBe('not-found');
});
