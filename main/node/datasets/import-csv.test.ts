import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { failureLine, toFailure } from '#shared/contract/failure.ts';
import { datasetFolders, failureOf } from '../../../test/support/dataset-folder.ts';
import { loadDataset } from './load.ts';
import { peekSource } from './peek.ts';

const folder = datasetFolders();

const plain = 'user_id,item_id,rating,timestamp\nu1,i1,5,100\nu1,i2,3,200\nu2,i1,4,300\n';
const stored = [
  ['u1', 'i1', 5, 100],
  ['u1', 'i2', 3, 200],
  ['u2', 'i1', 4, 300],
];

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

const spellings: readonly [string, string | Uint8Array][] = [
  ['plain', plain],
  ['no line end at the end', plain.trimEnd()],
  ['a byte-order mark', `\ufeff${plain}`],
  ['CRLF', plain.replaceAll('\n', '\r\n')],
  ['CR', plain.replaceAll('\n', '\r')],
  ['mixed line ends', plain.replace('\n', '\r\n').replace('200\n', '200\r')],
  ['blank lines', plain.replaceAll('\n', '\n\n')],
  ['semicolons', plain.replaceAll(',', ';')],
  ['tabs', plain.replaceAll(',', '\t')],
  ['quotes', plain.replaceAll(/[^,\n]+/g, '"$&"')],
  ['UTF-16 little-endian with mark', utf16(plain, false, true)],
  ['UTF-16 big-endian with mark', utf16(plain, true, true)],
  ['UTF-16 little-endian without mark', utf16(plain, false, false)],
  ['UTF-16 big-endian without mark', utf16(plain, true, false)],
];

it.each(spellings)('reads the same rows from %s', async (_name, content) => {
  const data = folder();
  const { report, profile } = await data.import('e.csv', content);
  expect(data.rows('events')).toEqual(stored);
  expect(report.rejected).toBe(0);
  expect([profile.users, profile.items, profile.events]).toEqual([2, 2, 3]);
  expect(existsSync(`${data.out}.rejects.csv`)).toBe(false);
});

it('says in which encoding a file was', async () => {
  expect((await folder().import('e.csv', utf16(plain, true, true))).report.notes).toContain('read as utf-16be');
});

it('keeps line ends, delimiters and quotes within fields', async () => {
  const data = folder();
  await data.import('e.csv', 'user,item,note\nu1,i1,"two\nlines, and ""quotes"""\nu2,i2,x\n');
  expect(data.rows('events')).toEqual([
    ['u1', 'i1', 'two\nlines, and "quotes"'],
    ['u2', 'i2', 'x'],
  ]);
});

/** Bad row within good ones: what is wrong with it, and on which line. */
const badRows: readonly [string, string | Uint8Array, string, number][] = [
  ['too few columns', 'u3,i3,1', 'has 3 columns, expected 4', 3],
  ['too many columns', 'u3,i3,1,2,3', 'has 5 columns, expected 4', 3],
  ['a number beyond range', 'u3,i3,1e309,5', 'rating is "1e309", beyond the range of numbers', 3],
  ['infinity', 'u3,i3,-Infinity,5', 'beyond the range', 3],
  ['NaN', 'u3,i3,nan,5', 'rating is missing', 3],
  ['a word for a number', 'u3,i3,good,5', 'rating is "good", not a number', 3],
  ['no user', ',i3,1,5', 'user_id is missing', 3],
  ['no item', 'u3,  ,1,5', 'item_id is missing', 3],
  ['no time', 'u3,i3,1,', 'timestamp is missing', 3],
  ['a word for a time', 'u3,i3,1,soon', 'timestamp is "soon", not a time', 3],
  ['an impossible date', 'u3,i3,1,2024-02-30', 'not a time', 3],
  ['a NUL', 'u3,i\x003,1,5', 'holds a NUL character', 3],
  ['bad UTF-8', Buffer.from([0x75, 0xff, 0xfe, 0x2c, 0x69, 0x2c, 0x31, 0x2c, 0x35]), 'not valid in the encoding', 3],
  ['text after a quote', '"u3"x,i3,1,5', 'text follows a closing quote', 3],
];

it.each(badRows)(
  'puts a row with %s into the reject file, with line and reason, and keeps the others',
  async (_name, bad, reason, line) => {
    const data = folder();
    const content = Buffer.concat([
      Buffer.from('user_id,item_id,rating,timestamp\nu1,i1,5,100\n'),
      Buffer.from(bad as string),
      Buffer.from('\nu2,i1,4,300\n'),
    ]);
    const { report } = await data.import('e.csv', content);
    expect(data.rows('events')).toEqual([stored[0], stored[2]]);
    expect(report.rejected).toBe(1);
    expect(report.firstRejects[0]).toContain(`e.csv, line ${line}: `);
    expect(report.firstRejects[0]).toContain(reason);
    const [head, row] = data.rejects().split('\r\n');
    expect(head).toBe('file,line,reason,text');
    expect(row).toMatch(new RegExp(`^e\\.csv,${line},`));
  },
);

it('loses no row: kept and rejected make up the file', async () => {
  const data = folder();
  const lines = Array.from({ length: 20_000 }, (_, r) =>
    r % 97 === 0 ? `u${r},i,bad,1` : r % 101 === 0 ? `u${r},i` : `u${r % 50},i${r % 70},${r % 5},${r}`,
  );
  const { report } = await data.import('e.csv', `user_id,item_id,rating,timestamp\n${lines.join('\n')}\n`);
  expect(report.tables[0].rows + report.rejected).toBe(20_000);
  expect(data.rejects().trimEnd().split('\r\n')).toHaveLength(report.rejected + 1);
  expect(data.rejects()).toContain('e.csv,2,');
});

it('names columns apart where the header does not', async () => {
  const data = folder();
  const { report } = await data.import('e.csv', 'user,item,x,X,,x\nu1,i1,1,2,3,4\n');
  expect(report.tables[0].columns.map(({ name }) => name)).toEqual(['user', 'item', 'x', 'X_2', 'column5', 'x_3']);
  expect(report.notes.join()).toContain('the header names X more than once');
  expect(data.rows('events')).toEqual([['u1', 'i1', 1, 2, 3, 4]]);
});

it('keeps ids as text: leading zeros, more digits than a number holds, spaces around taken off', async () => {
  const data = folder();
  await data.import('e.csv', 'user,item,code\n007,9007199254740993,0042\n7, 9007199254740992 ,1\n1e3,1.0,2\n');
  expect(data.rows('events')).toEqual([
    ['007', '9007199254740993', '0042'],
    ['7', '9007199254740992', '1'],
    ['1e3', '1.0', '2'],
  ]);
  const { users, items } = await loadDataset(data.out);
  expect(users.ids).toEqual(['007', '7', '1e3']);
  expect(items.ids).toEqual(['9007199254740993', '9007199254740992', '1.0']);
});

it('keeps odd values of further columns as text, and says so', async () => {
  const data = folder();
  const padding = 'p'.repeat(60);
  const rows = Array.from({ length: 30_000 }, (_, r) => `u${r % 9},i${r % 7},${r === 25_500 ? 'V8K2' : r},${padding}`);
  const { report } = await data.import('e.csv', `user,item,amount_x,note\n${rows.join('\n')}\n`);
  expect(report.rejected).toBe(0);
  expect(report.notes).toEqual([
    'column amount_x of events: 1 of 30000 values are not plain numbers and were kept as text (first in line 25502: "V8K2")',
  ]);
});

it('takes a megabyte in one cell, and hostile names, as what they are', async () => {
  const data = folder();
  const long = 'x'.repeat(1_200_000);
  await data.import(
    'e.csv',
    `user,item,note,__proto__,"drop ""table"""\nu1,i1,${long},=1+1,'; DROP TABLE events; --\n`,
  );
  expect(data.rows('events')[0]).toEqual(['u1', 'i1', long, '=1+1', "'; DROP TABLE events; --"]);
  const { events } = await loadDataset(data.out);
  expect(Object.keys(events.table.columns)).toEqual(['note', '__proto__', 'drop "table"']);
  expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
});

it('takes a file of numbers without a header', async () => {
  const data = folder();
  await data.import('e.csv', '1\t0.5\t3\n0\t0.25\t7\n', { map: { label: 'column1' } });
  expect(data.rows('examples')).toEqual([
    [1, 0.5, 3],
    [0, 0.25, 7],
  ]);
});

const refusals: readonly [string, string | Uint8Array, Record<string, string>, string][] = [
  ['an empty file', '', {}, 'is empty (0 bytes)'],
  ['a header alone', 'user,item\n', {}, 'has no rows, so there are no events'],
  ['no good row', 'user,item\na\nb\n', {}, 'none of its 2 rows could be read; e.csv, line 2: has 1 column, expected 2'],
  ['no user column', 'who,item\na,b\n', {}, 'no column plays the part of user (columns: who, item)'],
  ['an unknown role', 'user,item\na,b\n', { usr: 'user' }, 'there is no role usr'],
  ['an unknown column', 'user,item\na,b\n', { value: 'stars' }, 'there is no column stars for role value'],
  ['two roles on a column', 'user,item\na,b\n', { user: 'item', item: 'item' }, 'column item cannot play two parts'],
  ['bytes that are no text', Uint8Array.from({ length: 4000 }, (_, i) => (i * 37) % 30), {}, 'is not text'],
];

it.each(refusals)('refuses %s in one line, and writes nothing', async (_name, content, map, words) => {
  const data = folder();
  const failure = await failureOf(data.import('e.csv', content, { map }));
  const line = failureLine(toFailure(failure));
  expect(line).toContain(words);
  expect(line).not.toContain('\n');
  expect(['bad-input', 'bad-usage']).toContain(failure.code);
  expect(existsSync(data.out)).toBe(false);
  expect(existsSync(`${data.out}.rejects.csv`)).toBe(false);
});

it('refuses what is not there, what is a folder, and an unknown format', async () => {
  const data = folder();
  expect((await failureOf(data.import('e.csv', plain, { path: data.file('none.csv') }))).code).toBe('not-found');
  expect((await failureOf(data.import('e.csv', plain, { path: data.path }))).message).toContain('has no file named');
  expect((await failureOf(data.import('e.csv', plain, { format: 'xml' }))).message).toContain('no format xml');
  expect((await failureOf(data.import('e.csv', plain, { out: data.file('none/D.db') }))).message).toContain(
    'no such folder',
  );
});

it('says what cannot be learned from the data', async () => {
  const warnings = async (content: string, map: Record<string, string> = {}): Promise<string> =>
    (await folder().import('e.csv', content, { map })).profile.warnings.join('; ');
  expect(await warnings('user,item,time\nu1,i1,1\nu1,i2,2\n')).toContain('only one user');
  expect(await warnings('user,item,time\nu1,i1,1\nu2,i1,2\n')).toContain('only one item');
  expect(await warnings('user,item\nu1,i1\nu2,i2\n')).toContain('events have no time');
  expect(await warnings('user,item,time\nu1,i1,1\nu1,i1,1\n')).toContain('one event repeats an earlier one');
  expect(await warnings('label,x\n1,2\n1,3\n')).toContain('all labels are 1');
  expect(await warnings('user,item,rating\nu1,i1,3\nu2,i2,3\n')).toContain('all events have the same value');
});

it('gives up a role that only a name suggests where the cells say otherwise, and says so', async () => {
  const data = folder();
  const { report } = await data.import('e.csv', 'user,item,value,date\nu1,i1,good,11/24/2019\nu2,i2,bad,11/25/2019\n');
  expect(data.rows('events')).toEqual([
    ['u1', 'i1', 'good', '11/24/2019'],
    ['u2', 'i2', 'bad', '11/25/2019'],
  ]);
  expect(report.notes.join('; ')).toContain(
    'column value of events is not taken as value: 2 of its first 2 values cannot be',
  );
  expect(report.notes.join('; ')).toContain('column date of events is not taken as time');
  const asked = await failureOf(data.import('e.csv', 'user,item,date\nu1,i1,11/24/2019\n', { map: { time: 'date' } }));
  expect(asked.message).toContain('date is "11/24/2019", not a time');
});

it('says at the first look which rows cannot be read', async () => {
  const text = Buffer.from('user,item,town\nu1,i1,M\xfcnchen\nu2,i2,Bonn\n', 'latin1');
  const path = folder().write('e.csv', text);
  const { tables, notes } = await peekSource(path, 'csv');
  expect(tables[0].rows).toEqual([['u2', 'i2', 'Bonn']]);
  expect(notes).toEqual([
    'rows that cannot be read are rejected: line 2 holds bytes that are not valid in the encoding of the file: save it as UTF-8',
  ]);
});
