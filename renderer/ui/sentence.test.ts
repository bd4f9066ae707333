import { expect, it } from 'vitest';
import { sentence } from './sentence.ts';

it('begins with a capital letter where it begins with a word', () => {
  expect(sentence('nothing is bound: bind a node')).toBe('Nothing is bound: bind a node');
  expect(sentence('r-0001 stopped at Ranker')).toBe('r-0001 stopped at Ranker');
  expect(sentence('ndcg@10 is missing')).toBe('ndcg@10 is missing');
  expect(sentence('write-up.md is written')).toBe('write-up.md is written');
  expect(sentence('x of node "a" must be a number')).toBe('x of node "a" must be a number');
  expect(sentence('/home/a is no file')).toBe('/home/a is no file');
});
