import { describe, expect, it } from 'vitest';
import { dotBetween, dotRowsInto, normaliseRows, scanTop, scoreRowsInto } from './exact-search.ts';
import { Xoshiro } from './random.ts';
import { TopHeap } from './topk.ts';

function table(rows: number, size: number, seed: number): Float32Array {
  const random = new Xoshiro(seed, 'table');
  return Float32Array.from({ length: rows * size }, () => random.normal());
}

function naiveDot(left: Float32Array, l: number, right: Float32Array, r: number, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += left[l + k] * right[r + k];
  return sum;
}

describe('dot products', () => {
  it.each([1, 3, 4, 7, 64])('equal the naive sum, size %i', (size) => {
    const items = table(11, size, size);
    const query = table(2, size, 99);
    const rows = Int32Array.of(10, 0, 3, 3, 7, 2, 9);
    const picked = new Float64Array(7);
    const scanned = new Float64Array(10);
    dotRowsInto(picked, items, rows, 7, query, size, size);
    scoreRowsInto(scanned, items, query.subarray(size), 1, 11);
    rows.forEach((row, c) => expect(picked[c]).toBeCloseTo(naiveDot(items, row * size, query, size, size), 9));
    scanned.forEach((score, r) => expect(score).toBeCloseTo(naiveDot(items, (r + 1) * size, query, size, size), 9));
    expect(dotBetween(items, size, query, size, size)).toBeCloseTo(scanned[0], 9);
  });
});

describe('scanTop', () => {
  it('equals a full sort over several blocks, with biases and masked rows', () => {
    const rows = 2500;
    const items = table(rows, 6, 1);
    const query = table(1, 6, 2);
    const biases = table(rows, 1, 3);
    const masked = Uint8Array.from({ length: rows }, (_, r) => (r % 3 === 0 ? 1 : 0));
    const heap = new TopHeap(40);
    scanTop(heap, items, query, { biases, masked });
    const expected = Array.from({ length: rows }, (_, r) => ({
      r,
      score: naiveDot(items, r * 6, query, 0, 6) + biases[r],
    }))
      .filter(({ r }) => r % 3 !== 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 40);
    expect([...heap.ids]).toEqual(expected.map(({ r }) => r));
    heap.scores.forEach((score, place) => expect(score).toBeCloseTo(expected[place].score, 9));
  });

  it('gives equal vectors equal scores wherever they stand', () => {
    const one = table(1, 5, 4);
    const same = new Float32Array(7 * 5);
    for (let r = 0; r < 7; r++) same.set(one, r * 5);
    const heap = new TopHeap(3);
    scanTop(heap, same, table(1, 5, 5));
    expect(heap.tied).toBe(true);
  });
});

it('normalises rows and leaves rows of zeros', () => {
  const rows = Float32Array.of(3, 4, 0, 0, -2, 0);
  normaliseRows(rows, 2);
  expect([...rows].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([0.6, 0.8, 0, 0, -1, 0]);
});
