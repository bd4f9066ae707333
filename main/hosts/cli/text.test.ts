import { expect, it } from 'vitest';
import { cut, jsonText, safe } from './text.ts';

const hostile = 'a\u001b]0;x\u0007\u009b31m\u007f\u202eb\u2066\n\tc"\\é😀';

it('gives JSON of the same value, in which nothing steers a terminal', () => {
  const value = { [hostile]: [hostile, 1, null] };
  const text = jsonText(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(text).toContain('é😀');
});

it('gives text on one line, without what steers a terminal', () => {
  expect(safe(hostile)).toBe('a]0;x31mb c"\\é😀');
});

it('cuts what is too wide, by columns, however long it is', () => {
  expect(['abc', 'abcd', 'a bcd', '日本語', 'e\u0301e\u0301ee'].map((text) => cut(text, 3))).toEqual([
    'abc',
    'ab…',
    'a…',
    '日…',
    'e\u0301e\u0301…',
  ]);
  expect(cut('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(9)}…`);
});
