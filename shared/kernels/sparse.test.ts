import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketStarts, buildRows, countingOrder, hasCell, rowCounts, transpose, type SparseRows } from './sparse.ts';

function dense(matrix: SparseRows): number[][] {
  return Array.from({ length: matrix.rows }, (_, r) => {
    const row = new Array<number>(matrix.cols).fill(0);
    for (let p = matrix.starts[r]; p < matrix.starts[r + 1]; p++) row[matrix.columns[p]] = matrix.values?.[p] ?? 1;
    return row;
  });
}

describe('buildRows', () => {
  it('puts cells in rows with ascending columns', () => {
    const matrix = buildRows({ rows: 3, cols: 4 }, Int32Array.of(2, 0, 2, 0), Int32Array.of(3, 1, 0, 0));
    expect([...matrix.starts]).toEqual([0, 2, 2, 4]);
    expect([...matrix.columns]).toEqual([0, 1, 0, 3]);
    expect(matrix.values).toBeUndefined();
  });

  it('sums repeated cells, or keeps the last in the order given', () => {
    const rowOf = Int32Array.of(1, 0, 1, 1);
    const columnOf = Int32Array.of(2, 0, 2, 2);
    const values = Float32Array.of(1, 5, 10, 100);
    expect(dense(buildRows({ rows: 2, cols: 3 }, rowOf, columnOf, values))).toEqual([
      [5, 0, 0],
      [0, 0, 111],
    ]);
    expect(dense(buildRows({ rows: 2, cols: 3, repeats: 'last' }, rowOf, columnOf, values))).toEqual([
      [5, 0, 0],
      [0, 0, 100],
    ]);
    expect([...buildRows({ rows: 2, cols: 3 }, rowOf, columnOf).columns]).toEqual([0, 2]);
  });

  it('equals a dense table on random cells, and so does its transpose', () => {
    const cell = fc.tuple(fc.nat(6), fc.nat(8), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const naive = Array.from({ length: 7 }, () => new Array<number>(9).fill(0));
        for (const [r, c, v] of cells) naive[r][c] += v;
        const matrix = buildRows(
          { rows: 7, cols: 9 },
          Int32Array.from(cells, (one) => one[0]),
          Int32Array.from(cells, (one) => one[1]),
          Float32Array.from(cells, (one) => one[2]),
        );
        expect(dense(matrix)).toEqual(naive);
        expect(dense(transpose(matrix))).toEqual(naive[0].map((_, c) => naive.map((row) => row[c])));
        expect(transpose(transpose(matrix))).toEqual(matrix);
        for (let r = 0; r < 7; r++) for (let c = 0; c < 9; c++) expect(hasCell(matrix, r, c)).toBe(naive[r][c] !== 0);
        expect([...rowCounts(matrix)]).toEqual(naive.map((row) => row.filter((v) => v !== 0).length));
      }),
    );
  });

  it('refuses indices outside the matrix, and columns of different length', () => {
    expect(() => buildRows({ rows: 2, cols: 2 }, Int32Array.of(2), Int32Array.of(0))).toThrow(
      'index 2, outside 0 to 1',
    );
    expect(() => buildRows({ rows: 2, cols: 2 }, Int32Array.of(0), Int32Array.of(-1))).toThrow('index -1');
    expect(() => buildRows({ rows: 2, cols: 2 }, Int32Array.of(0, 1), Int32Array.of(0))).toThrow(RangeError);
  });

  it('takes an empty matrix', () => {
    expect([...buildRows({ rows: 2, cols: 0 }, new Int32Array(0), new Int32Array(0)).starts]).toEqual([0, 0, 0]);
  });
});

it('counts keys below each bucket and sorts stably', () => {
  const keys = Int32Array.of(2, 0, 2, 1, 0);
  expect([...bucketStarts(keys, 3)]).toEqual([0, 2, 3, 5]);
  expect([...countingOrder(keys, 3)]).toEqual([1, 4, 3, 0, 2]);
  expect([...countingOrder(keys, 3, Int32Array.of(4, 3, 2, 1, 0))]).toEqual([4, 1, 3, 2, 0]);
});
