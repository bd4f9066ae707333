import { describe, expect, it } from 'vitest';
import { checkerboard } from '../../test/support/small-worlds.ts';
import type { Cross, Examples, Feature } from '../contract/values.ts';
import { CandidateLists } from './candidate-lists.ts';
import { bucketsNamed, crossColumns, describePairs } from './pair-features.ts';
import { noCandidates, rankedBy } from './rank-candidates.ts';

const gender = { kind: 'category', codes: Int32Array.of(0, 1, 0, -1), names: ['f', 'm'] } as const;
const genres = {
  kind: 'tags',
  offsets: Int32Array.of(0, 2, 3, 3, 4),
  codes: Int32Array.of(0, 1, 0, 1),
  names: ['war', 'love'],
} as const;

describe('crosses', () => {
  it('give equal combinations one bucket and others mostly another', () => {
    const crossed = crossColumns(gender, gender, { buckets: 1000 });
    expect(crossed.kind).toBe('category');
    expect(crossed.codes[0]).toBe(crossed.codes[2]);
    expect(crossed.codes[0]).not.toBe(crossed.codes[1]);
    expect(crossed.codes[3]).toBe(-1);
  });

  it('take every pair of tags, and nothing where a side is missing', () => {
    const crossed = crossColumns(gender, genres, { buckets: 1000 });
    if (crossed.kind !== 'tags') throw new Error('not tags');
    expect([...crossed.offsets]).toEqual([0, 2, 3, 3, 3]);
    expect(new Set(crossed.codes).size).toBe(3);
    expect(crossed.names).toBe(bucketsNamed(1000));
  });

  it('depend on the names, not on their codes, and on which side is which', () => {
    const turned = { ...gender, codes: Int32Array.of(1, 0, 1, -1), names: ['m', 'f'] };
    expect(crossColumns(turned, genres, { buckets: 50 })).toEqual(crossColumns(gender, genres, { buckets: 50 }));
    expect(crossColumns(genres, gender, { buckets: 5000 }).codes).not.toEqual(
      crossColumns(gender, genres, { buckets: 5000 }).codes,
    );
  });

  it('refuse numbers', () => {
    expect(() => crossColumns({ kind: 'number', values: Float32Array.of(1) }, gender, { buckets: 5 })).toThrow(
      /bucket it first/,
    );
  });
});

describe('features of pairs', () => {
  const cross: Cross = { name: 'id-group', left: 'user.id', right: 'item.group', buckets: 100 };
  const split = { ...checkerboard(), crosses: [cross] };
  const wanted = [
    { name: 'user.id', from: 'user' },
    { name: 'item.group', from: 'item' },
    { name: 'pair.score', from: 'pair' },
    { name: 'cross.id-group', from: 'cross' },
  ] as const;
  const pairs = {
    rows: 2,
    user: Int32Array.of(3, 4),
    item: Int32Array.of(1, 2),
    event: null,
    context: null,
    trainRow: null,
    score: null,
  };

  it('are joined by name, missing where not known', () => {
    const [id, group, score, crossed] = describePairs(split, wanted, pairs).map(({ column }) => column);
    expect(id).toMatchObject({ kind: 'category', codes: Int32Array.of(3, 4) });
    expect(group).toMatchObject({ codes: Int32Array.of(1, 0) });
    expect(score).toEqual({ kind: 'number', values: Float32Array.of(NaN, NaN) });
    expect(crossed.kind).toBe('category');
    expect(() => describePairs(split, [{ name: 'cross.other', from: 'cross' }], pairs)).toThrow(/it has id-group/);
  });

  it('are the same for candidates, whose order follows new scores with ties kept', () => {
    const lists = new CandidateLists(split, split.requests, 3);
    for (let r = 0; r < split.requests.user.length; r++)
      lists.add(Int32Array.of(r % 5, 7, 9), Float32Array.of(3, 2, 1));
    const candidates = lists.finish('test');
    const examples = { split, features: describePairs(split, wanted, pairs) } as unknown as Examples;
    const described: Feature[][] = [];
    const { candidates: after } = rankedBy({ examples, candidates }, true, (features) => {
      described.push([...features]);
      return Float32Array.from(candidates.items, (item) => (item === 9 ? 1 : 0));
    });
    const [id, , score] = described[1].map(({ column }) => column);
    expect(id.kind === 'category' && id.codes[5]).toBe(split.requests.user[1]);
    expect(score.kind === 'number' && score.values[4]).toBe(2);
    expect([...after.items.subarray(3, 6)]).toEqual([9, 1, 7]);
    expect([...after.scores.subarray(3, 6)]).toEqual([1, 0, 0]);
    expect(noCandidates(examples).items.length).toBe(0);
  });
});
