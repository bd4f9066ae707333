import { afterEach, expect, it } from 'vitest';
import type { TextIndex } from '#shared/contract/component.ts';
import { openTextIndex } from './text-index.ts';

let index: TextIndex | undefined;
afterEach(() => index?.close());

it('finds documents by words, the rarer word first, ties by order', () => {
  index = openTextIndex(['red fish', 'red bird', 'blue fish', 'red red red']);
  expect([...index.search('bird', 10).documents]).toEqual([1]);
  expect(index.search('blue red', 10).documents[0]).toBe(2);
  expect([...index.search('fish', 10).documents]).toEqual([0, 2]);
  expect(index.search('fish', 1).documents).toHaveLength(1);
});

it('takes any text as a query: operators, quotes and nothing at all', () => {
  index = openTextIndex(['a "quoted" title', 'NEAR miss']);
  expect([...index.search('"quoted" AND (', 5).documents]).toEqual([0]);
  expect([...index.search('NEAR(', 5).documents]).toEqual([1]);
  expect(index.search('  ', 5).documents).toHaveLength(0);
  expect(index.search("'; DROP TABLE documents; --", 5).documents).toHaveLength(0);
});
