import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import { DelimitedParser } from './delimited-parser.ts';

interface Parsed {
  readonly records: { line: number; fields: string[] }[];
  readonly broken: { line: number; reason: string; text: string }[];
}

function parsed(text: string, pieces = text.length, delimiter = ',', quotes = true): Parsed {
  const found: Parsed = { records: [], broken: [] };
  const parser = new DelimitedParser(
    { delimiter, quotes },
    {
      record: (line, fields) => void found.records.push({ line, fields }),
      broken: (line, reason, broken) => void found.broken.push({ line, reason, text: broken }),
    },
  );
  for (let at = 0; at < text.length; at += pieces) parser.push(text.slice(at, at + pieces), false);
  parser.push('', true);
  return found;
}

function fieldsOf(text: string): string[][] {
  return parsed(text).records.map(({ fields }) => fields);
}

it('splits fields, quoted ones too, and counts lines within quotes', () => {
  const text = 'a,b\r\n"x, ""y""\nz",2\r3,4\n\n"",5';
  expect(parsed(text)).toEqual({
    records: [
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x, "y"\nz', '2'] },
      { line: 4, fields: ['3', '4'] },
      { line: 6, fields: ['', '5'] },
    ],
    broken: [],
  });
});

it('gives the same whatever the pieces', () => {
  const text = 'a,b\r\n"x, ""y""\r\nz",2\r3,4\n\n"",5\r\n"last ""one""",é\r\n';
  for (let size = 1; size <= text.length; size++) expect(parsed(text, size), `pieces of ${size}`).toEqual(parsed(text));
  const double = '1::2::3\n4::5:6::7\n';
  for (let size = 1; size <= double.length; size++)
    expect(parsed(double, size, '::', false).records.map(({ fields }) => fields)).toEqual([
      ['1', '2', '3'],
      ['4', '5:6', '7'],
    ]);
});

it('reads on after a quote that is never closed, or is followed by text', () => {
  const unclosed = parsed('a,b\n1,"x\n2,y\n3,z\n');
  expect(unclosed.broken).toEqual([{ line: 2, reason: 'a quote is opened and never closed', text: '1,"x' }]);
  expect(unclosed.records.map(({ line }) => line)).toEqual([1, 3, 4]);
  const followed = parsed('a,b\n"x"y,1\n2,3\n');
  expect(followed.broken).toEqual([{ line: 2, reason: 'text follows a closing quote', text: '"x"y,1' }]);
  expect(followed.records.map(({ line }) => line)).toEqual([1, 3]);
});

it('takes quotes literally inside a field, and everywhere where the format has none', () => {
  expect(fieldsOf('a"b,c""d\n')).toEqual([['a"b', 'c""d']]);
  expect(parsed('"a,b"\n', 5, ',', false).records[0].fields).toEqual(['"a', 'b"']);
});

it('agrees with csv-parse on random text', () => {
  const random = new Xoshiro(11);
  const parts = ['a', 'bc', '"', '""', ',', '\n', '\r\n', ' ', 'é', '7', '"x,1"', '"y\n"'];
  let compared = 0;
  for (let round = 0; round < 6000; round++) {
    const text = Array.from({ length: 1 + random.integer(14) }, () => parts[random.integer(parts.length)]).join('');
    const mine = parsed(text);
    if (mine.broken.length > 0) continue;
    const theirs: string[][] = parse(text, {
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    const quotedWithin = /[^,\n\r"]"|"[^,\n\r"]/.test(text.replaceAll('"x,1"', 'q').replaceAll('"y\n"', 'q'));
    if (quotedWithin || text.includes('""')) continue; // dialects differ here
    expect(
      mine.records.map(({ fields }) => fields),
      JSON.stringify(text),
    ).toEqual(theirs);
    compared++;
  }
  expect(compared).toBeGreaterThan(1000);
});
