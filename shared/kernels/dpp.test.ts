import { describe, expect, it } from 'vitest';
import { denseKernelRow, dppQualityInto, fillFromOrder, selectDppInto, vectorKernelRow } from './dpp.ts';
import { unitRows } from './normalise-scores.ts';
import { Xoshiro } from './random.ts';

/** Determinant by Gaussian elimination with pivoting. */
function determinant(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let value = 1;
  for (let c = 0; c < rows.length; c++) {
    let pivot = c;
    for (let r = c; r < rows.length; r++) if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) pivot = r;
    if (rows[pivot][c] === 0) return 0;
    if (pivot !== c) {
      [rows[pivot], rows[c]] = [rows[c], rows[pivot]];
      value = -value;
    }
    value *= rows[c][c];
    for (let r = c + 1; r < rows.length; r++) {
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k < rows.length; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  return value;
}

function minor(kernel: Float64Array, n: number, chosen: number[]): number {
  return determinant(chosen.map((i) => chosen.map((j) => kernel[i * n + j])));
}

/** Greedy by definition: the item with the largest det(L of window + item). */
function naiveGreedy(kernel: Float64Array, n: number, count: number, window: number): number[] {
  const picked: number[] = [];
  while (picked.length < count) {
    const recent = window > 1 ? picked.slice(-(window - 1)) : [];
    let best = -1;
    let bestValue = -Infinity;
    for (let i = 0; i < n; i++) {
      if (picked.includes(i)) continue;
      const value = minor(kernel, n, [...recent, i]);
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    picked.push(best);
  }
  return picked;
}

function randomKernel(random: Xoshiro, n: number, rank: number): Float64Array {
  const vectors = Float64Array.from({ length: n * rank }, () => random.normal());
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let d = 0; d < rank; d++) dot += vectors[i * rank + d] * vectors[j * rank + d];
      kernel[i * n + j] = dot;
    }
  }
  return kernel;
}

const diagonalOf = (kernel: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => kernel[i * n + i]);

describe('greedy selection', () => {
  it.each([Infinity, 4, 2, 1])('equals the determinant greedy on 100 random kernels, window %s', (window) => {
    const random = new Xoshiro(1, `kernels ${window}`);
    for (let trial = 0; trial < 100; trial++) {
      const n = 8 + random.integer(12);
      const kernel = randomKernel(random, n, 10);
      const out = new Int32Array(7);
      expect(selectDppInto(out, diagonalOf(kernel, n), denseKernelRow(kernel, n), window)).toBe(7);
      expect([...out]).toEqual(naiveGreedy(kernel, n, 7, window));
    }
  });

  it('stops at the rank of the kernel, and goes on with a window below it', () => {
    const kernel = randomKernel(new Xoshiro(2), 12, 3);
    const out = new Int32Array(12);
    expect(selectDppInto(out, diagonalOf(kernel, 12), denseKernelRow(kernel, 12))).toBe(3);
    fillFromOrder(out, 3, 12);
    expect([...out].sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect([...out.subarray(3)]).toEqual([...out.subarray(3)].sort((a, b) => a - b));
    expect(selectDppInto(out, diagonalOf(kernel, 12), denseKernelRow(kernel, 12), 3)).toBe(12);
    expect(new Set(out).size).toBe(12);
  });
});

it('forms the kernel row by row as if it were whole', () => {
  const random = new Xoshiro(3);
  const vectors = unitRows(
    Float64Array.from({ length: 15 * 8 }, () => random.normal()),
    8,
  );
  const relevance = Float64Array.from({ length: 15 }, () => random.next());
  const quality = dppQualityInto(new Float64Array(15), relevance, 0.7);
  expect(quality[0]).toBeCloseTo(Math.exp((0.7 / 0.6) * relevance[0]), 12);
  const row = vectorKernelRow(quality, vectors, 8);
  const kernel = new Float64Array(225);
  for (let j = 0; j < 15; j++) row(kernel.subarray(j * 15, (j + 1) * 15), j);
  const [lazy, dense] = [new Int32Array(6), new Int32Array(6)];
  selectDppInto(lazy, diagonalOf(kernel, 15), row);
  selectDppInto(dense, diagonalOf(kernel, 15), denseKernelRow(kernel, 15));
  expect(lazy).toEqual(dense);
  // All weight on relevance: the order of relevance.
  const relevant = dppQualityInto(new Float64Array(15), relevance, 0.99);
  const out = new Int32Array(1);
  selectDppInto(
    out,
    relevant.map((q) => q * q),
    vectorKernelRow(relevant, vectors, 8),
  );
  expect(relevance[out[0]]).toBe(Math.max(...relevance));
});

it('knows copies for what they are, however large the kernel: they come last, in order of relevance', () => {
  // Multi-hot vectors of rank 2; items 0, 1, 2 are copies, item 4 is a mixture.
  const vectors = unitRows(Float64Array.of(1, 0, 1, 0, 1, 0, 0, 1, 1, 1), 2);
  for (const alpha of [0, 0.5, 0.9, 0.99]) {
    const quality = dppQualityInto(new Float64Array(5), Float64Array.of(1, 0.9, 0.8, 0.7, 0.6), alpha);
    const out = new Int32Array(5);
    const picked = selectDppInto(
      out,
      quality.map((q) => q * q),
      vectorKernelRow(quality, vectors, 2),
    );
    expect(picked).toBe(2);
    expect(out[0]).toBe(0);
    fillFromOrder(out, picked, 5);
    expect(new Set(out).size).toBe(5);
  }
});
