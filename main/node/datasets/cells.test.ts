import { expect, it } from 'vitest';
import { isCodeLike, isMissing, parseNumber, parseTime } from './cells.ts';

it('reads numbers and nothing else as numbers', () => {
  expect(['1', ' -2.5 ', '+.5', '1e3', '7.'].map(parseNumber)).toEqual([1, -2.5, 0.5, 1000, 7]);
  expect(['1e309', '-inf', 'Infinity'].map(parseNumber)).toEqual([Infinity, -Infinity, Infinity]);
  for (const text of ['', 'abc', '0x1f', '1,5', '1 2', '--1', 'e5', '.']) expect(parseNumber(text)).toBeNaN();
});

it('knows what is missing and what is a code', () => {
  for (const text of ['', 'NA', 'nan', 'NULL', '\\N', 'none']) expect(isMissing(text)).toBe(true);
  for (const text of ['0', 'x', 'nano']) expect(isMissing(text)).toBe(false);
  for (const text of ['007', '-01', '9007199254740993', '12345678901234567890']) expect(isCodeLike(text)).toBe(true);
  for (const text of ['0', '0.5', '7', '9007199254740991']) expect(isCodeLike(text)).toBe(false);
});

it('reads times in every usual style as Unix seconds', () => {
  const noon = Date.UTC(2019, 10, 24, 12, 0, 30) / 1000;
  for (const text of [
    '2019-11-24T12:00:30Z',
    '2019-11-24 12:00:30',
    '2019/11/24 12:00:30 UTC',
    '2019-11-24T14:00:30+02:00',
    String(noon),
    String(noon * 1000),
    String(noon * 1e6),
  ]) {
    expect(parseTime(text), text).toBe(noon);
  }
  expect(parseTime('2019-11-24 00:00:17.004101+00:00')).toBeCloseTo(Date.UTC(2019, 10, 24) / 1000 + 17.004101, 5);
  expect(parseTime('2019-11-24')).toBe(Date.UTC(2019, 10, 24) / 1000);
  expect(parseTime('24-Nov-2019')).toBe(Date.UTC(2019, 10, 24) / 1000);
  expect(parseTime(881250949)).toBe(881250949);
  for (const text of [
    '2019-13-01',
    '2019-02-30',
    'yesterday',
    '11/24/2019',
    '2019-11-24 25:00',
    '24-Foo-2019',
    '1e309',
  ])
    expect(parseTime(text), text).toBeNaN();
});
