import { describe, expect, it } from 'vitest';
import { easePeakBytes, fitEase, itemGram, scoreEaseInto } from './ease.ts';
import { Xoshiro } from './random.ts';
import { buildRows } from './sparse.ts';

/** Inverse by Gauss-Jordan elimination: slow, and independent of the Cholesky kernel. */
function naiveInverse(matrix: number[][]): number[][] {
  const n = matrix.length;
  const wide = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = wide[i][i];
    wide[i] = wide[i].map((value) => value / pivot);
    for (let r = 0; r < n; r++) {
      const factor = wide[r][i];
      if (r !== i) wide[r] = wide[r].map((value, c) => value - factor * wide[i][c]);
    }
  }
  return wide.map((row) => row.slice(n));
}

describe('EASE', () => {
  it('equals the closed form on two items, by hand', () => {
    // Both items by one user, the first alone by another. G = [[2, 1], [1, 1]] + I = [[3, 1], [1, 2]]; P = [[2, -1], [-1, 3]] / 5.
    const users = buildRows({ rows: 2, cols: 2 }, Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 0));
    const weights = fitEase(users, 1);
    expect(weights[0]).toBe(0);
    expect(weights[3]).toBe(0);
    expect(weights[1]).toBeCloseTo(1 / 3, 6);
    expect(weights[2]).toBeCloseTo(1 / 2, 6);
  });

  it.each([false, true])('equals a naive inverse on random data; with values: %s', (weighted) => {
    const random = new Xoshiro(4, 'ease');
    const [rows, cols, cells] = [30, 13, 120];
    const rowOf = Int32Array.from({ length: cells }, () => random.integer(rows));
    const columnOf = Int32Array.from({ length: cells }, () => random.integer(cols));
    const values = weighted ? Float32Array.from({ length: cells }, () => 1 + random.integer(4)) : undefined;
    const users = buildRows({ rows, cols }, rowOf, columnOf, values);
    const X = Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
    for (let r = 0; r < rows; r++) {
      for (let p = users.starts[r]; p < users.starts[r + 1]; p++) X[r][users.columns[p]] = users.values?.[p] ?? 1;
    }
    const G = X[0].map((_, i) => X[0].map((_one, j) => X.reduce((sum, row) => sum + row[i] * row[j], 0)));
    expect([...itemGram(users)]).toEqual(G.flat());
    const P = naiveInverse(G.map((row, i) => row.map((value, j) => value + (i === j ? 5 : 0))));
    const B = P.map((row, i) => row.map((value, j) => (i === j ? 0 : -value / P[j][j])));
    const weights = fitEase(users, 5);
    weights.forEach((value, place) => expect(value).toBeCloseTo(B.flat()[place], 6));

    const out = new Float64Array(cols);
    const history = users.columns.subarray(users.starts[3], users.starts[4]);
    scoreEaseInto(out, weights, history, users.values?.subarray(users.starts[3], users.starts[4]));
    out.forEach((score, j) =>
      expect(score).toBeCloseTo(
        X[3].reduce((sum, x, i) => sum + x * B[i][j], 0),
        5,
      ),
    );
  });

  it('says how much memory it takes', () => {
    expect(easePeakBytes(1000)).toBe(16e6);
  });
});
