import { describe, expect, it } from 'vitest';
import { Xoshiro } from './random.ts';
import { buildRows, type SparseRows } from './sparse.ts';
import { SparseProfiles, tfIdf } from './tf-idf.ts';

function randomCounts(): SparseRows {
  const random = new Xoshiro(5, 'documents');
  const draw = (below: number): Int32Array => Int32Array.from({ length: 90 }, () => random.integer(below));
  // Document 29 and term 14 stay empty.
  return buildRows({ rows: 30, cols: 15 }, draw(29), draw(14), new Float32Array(90).fill(1));
}

function dense(matrix: SparseRows): number[][] {
  return Array.from({ length: matrix.rows }, (_, r) => {
    const row = new Array<number>(matrix.cols).fill(0);
    for (let p = matrix.starts[r]; p < matrix.starts[r + 1]; p++) row[matrix.columns[p]] = matrix.values?.[p] ?? 1;
    return row;
  });
}

describe('tfIdf', () => {
  it('weighs rare terms more, by hand', () => {
    // Two documents; term 0 in both (idf 1), term 1 in one (idf ln(3/2) + 1).
    const weights = tfIdf(buildRows({ rows: 2, cols: 2 }, Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 0)));
    const rare = Math.log(1.5) + 1;
    expect(weights.values?.[0]).toBeCloseTo(1 / Math.hypot(1, rare), 6);
    expect(weights.values?.[1]).toBeCloseTo(rare / Math.hypot(1, rare), 6);
    expect(weights.values?.[2]).toBe(1);
  });

  it('makes rows unit long and leaves empty ones', () => {
    const rows = dense(tfIdf(randomCounts()));
    for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(row.some((weight) => weight !== 0) ? 1 : 0, 5);
    expect(rows[29].every((weight) => weight === 0)).toBe(true);
  });
});

describe('SparseProfiles', () => {
  it('scores by the cosine to the mean of the liked documents', () => {
    const documents = tfIdf(randomCounts());
    const rows = dense(documents);
    const profiles = new SparseProfiles(documents);
    const out = new Float64Array(30);
    for (const liked of [[3], [1, 7, 1], [29, 4]]) {
      expect(profiles.scoreInto(out, Int32Array.from(liked))).toBe(true);
      const mean = rows[0].map((_, t) => liked.reduce((sum, d) => sum + rows[d][t], 0));
      out.forEach((score, d) => {
        expect(score).toBeCloseTo(
          rows[d].reduce((sum, weight, t) => sum + weight * mean[t], 0) / Math.hypot(...mean),
          5,
        );
      });
    }
  });

  it('says when nothing is known of the liked documents', () => {
    const out = new Float64Array(30).fill(5);
    const profiles = new SparseProfiles(tfIdf(randomCounts()));
    expect(profiles.scoreInto(out, Int32Array.of(29))).toBe(false);
    expect(profiles.scoreInto(out, new Int32Array(0))).toBe(false);
    expect([...out]).toEqual(new Array<number>(30).fill(0));
  });
});
