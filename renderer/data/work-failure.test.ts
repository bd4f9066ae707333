import { expect, it } from 'vitest';
import { importFailure } from './work-failure.tsx';

it('begins with the file that something is said of, and leaves options of the command line out', () => {
  const binary = { what: 'is not text', where: '/a/b.csv', remedy: 'say what else it is (--format)' };
  expect(importFailure({ ...binary, code: 'bad-input' })).toBe('b.csv is not text: say what else it is');
  expect(importFailure({ code: 'not-found', what: 'there is no such file', where: '/a/b.csv' })).toBe(
    'There is no such file (/a/b.csv)',
  );
});
