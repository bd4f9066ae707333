import { describe, expect, it } from 'vitest';
import { fitItemKnn, scoreItemKnnInto } from './item-knn.ts';
import { Xoshiro } from './random.ts';
import { buildRows, type SparseRows } from './sparse.ts';

function cell(matrix: SparseRows, row: number, column: number): number {
  for (let p = matrix.starts[row]; p < matrix.starts[row + 1]; p++)
    if (matrix.columns[p] === column) return matrix.values?.[p] ?? 1;
  return 0;
}

function randomUsers(weighted: boolean): SparseRows {
  const random = new Xoshiro(8, 'knn');
  const draw = (below: number): Int32Array => Int32Array.from({ length: 400 }, () => random.integer(below));
  const values = weighted ? Float32Array.from({ length: 400 }, () => 1 + random.integer(4)) : undefined;
  return buildRows({ rows: 60, cols: 20 }, draw(60), draw(20), values);
}

describe('item-kNN', () => {
  it('is the shrunk cosine, by hand', () => {
    // Items 0 and 1 share one user; item 0 has two users, item 1 one: 1 / (√2 · 1 + 3).
    const users = buildRows({ rows: 2, cols: 3 }, Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 0));
    const model = fitItemKnn(users, { neighbours: 2, shrinkage: 3 });
    expect(cell(model, 0, 1)).toBeCloseTo(1 / (Math.SQRT2 + 3), 6);
    expect(cell(model, 1, 0)).toBeCloseTo(1 / (Math.SQRT2 + 3), 6);
    expect([...model.starts]).toEqual([0, 1, 2, 2]);
  });

  it.each([false, true])('equals all pairs cut to the best neighbours of each target; with values: %s', (weighted) => {
    const users = randomUsers(weighted);
    const neighbours = 4;
    const model = fitItemKnn(users, { neighbours, shrinkage: 7, seed: 2 });
    const column = (item: number): number[] => Array.from({ length: 60 }, (_, u) => cell(users, u, item));
    const dot = (a: number[], b: number[]): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
    const columns = Array.from({ length: 20 }, (_, i) => column(i));
    for (let target = 0; target < 20; target++) {
      const all = columns.map((other, i) => {
        return i === target
          ? 0
          : dot(columns[target], other) / (Math.sqrt(dot(other, other) * dot(columns[target], columns[target])) + 7);
      });
      const kept = all.map((_, source) => cell(model, source, target));
      const best = [...all].sort((a, b) => b - a).slice(0, neighbours);
      expect(kept.filter((value) => value > 0).length).toBe(best.filter((value) => value > 0).length);
      [...kept]
        .sort((a, b) => b - a)
        .slice(0, neighbours)
        .forEach((value, rank) => expect(value).toBeCloseTo(best[rank], 6));
      kept.forEach((value, source) => value > 0 && expect(value).toBeCloseTo(all[source], 6));
    }
  });

  it('scores by the sum over the history', () => {
    const model = fitItemKnn(randomUsers(false), { neighbours: 5, shrinkage: 0 });
    const out = new Float64Array(20).fill(9);
    scoreItemKnnInto(out, model, Int32Array.of(3, 11), Float32Array.of(1, 2));
    out.forEach((score, j) => expect(score).toBeCloseTo(cell(model, 3, j) + 2 * cell(model, 11, j), 6));
  });
});
