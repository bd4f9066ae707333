import { describe, expect, it } from 'vitest';
import { fitLogistic, logisticLogit } from './logistic-regression.ts';
import { minimise } from './lbfgs.ts';
import { Xoshiro } from './random.ts';

describe('minimise', () => {
  it('finds the minimum of a quadratic', () => {
    const point = Float64Array.of(5, -3, 2);
    const found = minimise(
      point,
      (x, gradient) => {
        let value = 0;
        for (let i = 0; i < 3; i++) {
          value += (i + 1) * 10 ** i * (x[i] - i) ** 2;
          gradient[i] = 2 * (i + 1) * 10 ** i * (x[i] - i);
        }
        return value;
      },
      { iterations: 100, tolerance: 1e-9 },
    );
    expect(found.value).toBeCloseTo(0, 12);
    point.forEach((x, i) => expect(x).toBeCloseTo(i, 6));
  });

  it('walks the valley of Rosenbrock, and stops where told', () => {
    const valley = (x: Float64Array, gradient: Float64Array): number => {
      gradient[0] = -2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2);
      gradient[1] = 200 * (x[1] - x[0] ** 2);
      return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2;
    };
    const point = Float64Array.of(-1.2, 1);
    minimise(point, valley, { iterations: 200, tolerance: 1e-8 });
    expect(point[0]).toBeCloseTo(1, 5);
    expect(point[1]).toBeCloseTo(1, 5);
    expect(minimise(Float64Array.of(-1.2, 1), valley, { iterations: 200, each: (i) => i < 3 }).iterations).toBe(3);
  });
});

describe('fitLogistic', () => {
  const all = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

  it('finds the log-odds of a mean where there are no features', () => {
    const rows = { rows: 4, cols: 1, starts: new Int32Array(5), columns: new Int32Array(0) };
    const model = fitLogistic(rows, Float32Array.of(1, 1, 1, 0), null, all(4), { penalty: 1, iterations: 50 });
    expect(model.bias).toBeCloseTo(Math.log(3), 6);
    expect(
      fitLogistic(rows, Float32Array.of(1, 1, 1, 0), Float32Array.of(1, 1, 1, 3), all(4), {
        penalty: 1,
        iterations: 50,
      }).bias,
    ).toBeCloseTo(0, 6);
  });

  it('meets the condition of optimality: Xᵀ(p - y) + penalty · w = 0', () => {
    const random = new Xoshiro(1, 'rows');
    const columns = Int32Array.from({ length: 600 }, (_, i) => (i % 3) * 4 + random.integer(4));
    const rows = {
      rows: 200,
      cols: 12,
      starts: Int32Array.from({ length: 201 }, (_, r) => 3 * r),
      columns,
      values: Float32Array.from({ length: 600 }, () => random.normal()),
    };
    const labels = Float32Array.from({ length: 200 }, () => random.integer(2));
    const model = fitLogistic(rows, labels, null, all(200), { penalty: 0.7, iterations: 200 });
    const slopes = Float64Array.from(model.weights, (w) => 0.7 * w);
    for (let r = 0; r < 200; r++) {
      const rest = 1 / (1 + Math.exp(-logisticLogit(model, rows, r))) - labels[r];
      for (let p = 3 * r; p < 3 * r + 3; p++) slopes[columns[p]] += rest * rows.values[p];
    }
    slopes.forEach((slope) => expect(Math.abs(slope)).toBeLessThan(1e-3));
  });

  it('learns from the selected rows only', () => {
    const rows = { rows: 4, cols: 1, starts: Int32Array.of(0, 1, 2, 3, 4), columns: new Int32Array(4) };
    const model = fitLogistic(rows, Float32Array.of(1, 0, 1, 0), null, Int32Array.of(0, 2), {
      penalty: 1,
      iterations: 50,
    });
    expect(logisticLogit(model, rows, 0)).toBeGreaterThan(2);
  });
});
