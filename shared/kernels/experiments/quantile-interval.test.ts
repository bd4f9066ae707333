import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { quantileInterval } from './quantile-interval.ts';

const upTo = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i + 1);

/** C(n, k) p^k (1 - p)^(n - k), by multiplication. */
function chanceOf(n: number, k: number, p: number): number {
  let product = 1;
  for (let i = 0; i < k; i++) product *= ((n - i) / (i + 1)) * p;
  return product * (1 - p) ** (n - k);
}

describe('the interval of a quantile', () => {
  it('of ten values, by hand: the 2nd and the 9th enclose the median with chance 1 - 22 / 1024', () => {
    // P(B ≤ 1) = 11 / 1024 = 1.07 % on either side; P(B ≤ 2) = 56 / 1024 = 5.5 % would be too much.
    expect(quantileInterval(upTo(10), 0.5, 0.05)).toEqual({ value: 5, low: 2, high: 9 });
  });

  it('has no end where the sample is too small: .99^367 is above 2.5 %, .99^368 below', () => {
    expect(quantileInterval(upTo(367), 0.99, 0.05).high).toBe(Infinity);
    expect(quantileInterval(upTo(368), 0.99, 0.05).high).toBe(368);
    expect(quantileInterval(upTo(5), 0.5, 0.05)).toEqual({ value: 3, low: -Infinity, high: Infinity });
    expect(quantileInterval(new Float64Array(0), 0.5, 0.05)).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  it.each([
    [30, 0.5, 0.05],
    [100, 0.95, 0.05],
    [450, 0.99, 0.025],
    [60, 0.1, 0.2],
  ])('n = %d, p = %d: the innermost ranks with at most alpha / 2 on either side (alpha %d)', (n, p, alpha) => {
    const { low, high } = quantileInterval(upTo(n), p, alpha);
    const atMost = (k: number): number =>
      Array.from({ length: k + 1 }, (_, i) => chanceOf(n, i, p)).reduce((a, b) => a + b, 0);
    expect(atMost(low - 1)).toBeLessThanOrEqual(alpha / 2);
    expect(atMost(low)).toBeGreaterThan(alpha / 2);
    expect(1 - atMost(high - 1)).toBeLessThanOrEqual(alpha / 2);
    expect(1 - atMost(high - 2)).toBeGreaterThan(alpha / 2);
  });

  it('holds the quantile of a skewed distribution as often as it says', () => {
    const random = new Xoshiro(1, 'skewed');
    const truth = -Math.log(1 - 0.9);
    let held = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const values = Float64Array.from({ length: 200 }, () => -Math.log(1 - random.next())).sort();
      const { low, high } = quantileInterval(values, 0.9, 0.05);
      if (low <= truth && truth <= high) held++;
    }
    // 95 % or a little more, by three standard deviations.
    expect(held / rounds).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / rounds));
  });

  it('does not lose its footing with many values', () => {
    const { low, value, high } = quantileInterval(upTo(100_000), 0.5, 0.05);
    expect(value).toBe(50_000);
    // 1.96 standard deviations of 158.1.
    expect(low).toBeGreaterThan(49_685);
    expect(low).toBeLessThan(49_695);
    expect(high).toBeGreaterThan(50_305);
    expect(high).toBeLessThan(50_315);
  });
});
