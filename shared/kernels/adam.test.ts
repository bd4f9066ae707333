import { describe, expect, it } from 'vitest';
import { Adam, SparseAdam } from './adam.ts';
import { Xoshiro } from './random.ts';

describe('Adam', () => {
  it('moves by the rate against the sign of the first gradient', () => {
    const weights = Float32Array.of(1, 1, 1);
    new Adam(3, { rate: 0.01 }).step(weights, Float32Array.of(5, -0.001, 0));
    expect(weights[0]).toBeCloseTo(0.99, 5);
    expect(weights[1]).toBeCloseTo(1.01, 4);
    expect(weights[2]).toBe(1);
  });

  it('follows the paper over two steps', () => {
    const weights = Float32Array.of(0);
    const adam = new Adam(1, { rate: 0.1 });
    adam.step(weights, Float32Array.of(1));
    adam.step(weights, Float32Array.of(-2));
    // m = 0.9·0.1 - 0.2 = -0.11, v = 0.999·0.001 + 0.004 = 0.004999; corrected by 0.19 and 0.001999.
    const second = (0.1 * (-0.11 / 0.19)) / Math.sqrt(0.004999 / 0.001999);
    expect(weights[0]).toBeCloseTo(-0.1 - second, 6);
  });

  it('adds the decay to the gradient', () => {
    const weights = Float32Array.of(3);
    new Adam(1, { rate: 0.01, decay: 0.5 }).step(weights, Float32Array.of(-1.5));
    expect(weights[0]).toBe(3);
  });
});

describe('SparseAdam', () => {
  it('equals dense Adam when every row is touched in every step', () => {
    const random = new Xoshiro(1, 'sparse');
    const [rows, width] = [400, 3];
    const table = Float32Array.from({ length: rows * width }, () => random.normal());
    const same = table.slice();
    const sparse = new SparseAdam(rows, width, { rate: 0.05, decay: 0.01 });
    const dense = new Adam(rows * width, { rate: 0.05, decay: 0.01 });
    for (let step = 0; step < 4; step++) {
      const gradient = Float32Array.from({ length: rows * width }, () => random.normal());
      for (let row = rows - 1; row >= 0; row--) {
        const slot = sparse.slot(row);
        for (let d = 0; d < width; d++) sparse.gradients[slot + d] += gradient[row * width + d];
      }
      sparse.step(table);
      dense.step(same, gradient);
    }
    expect(table).toEqual(same);
  });

  it('adds up the gradients of a row and leaves untouched rows alone', () => {
    const table = Float32Array.of(1, 1, 1);
    const adam = new SparseAdam(3, 1, { rate: 0.5 });
    adam.gradients[adam.slot(2)] += 1;
    adam.gradients[adam.slot(2)] += -1;
    adam.gradients[adam.slot(0)] += 1;
    adam.step(table);
    expect(table[0]).toBeCloseTo(0.5, 5);
    expect([table[1], table[2]]).toEqual([1, 1]);
    adam.gradients[adam.slot(1)] += 1;
    adam.step(table);
    expect(table[1]).toBeLessThan(1);
    expect(table[2]).toBe(1);
  });
});
