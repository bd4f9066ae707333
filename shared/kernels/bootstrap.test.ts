import { expect, it } from 'vitest';
import {
  bootstrapDifferences,
  bootstrapEstimates,
  bootstrapIntervals,
  quantileOfSorted,
  ratioEstimates,
  userSums,
} from './bootstrap.ts';
import { holm } from './holm.ts';
import { Xoshiro } from './random.ts';

it('estimates means, leaves out undefined users, and weighs', () => {
  const values = Float64Array.of(1, NaN, 3);
  expect([...ratioEstimates(userSums([values, values], [undefined, Float64Array.of(3, 9, 1)]))]).toEqual([2, 1.5]);
  expect(ratioEstimates(userSums([Float64Array.of(NaN)]))[0]).toBeNaN();
});

it('interpolates quantiles', () => {
  expect(quantileOfSorted([1, 2, 4], 0.5)).toBe(2);
  expect(quantileOfSorted([1, 2, 4], 0.75)).toBe(3);
  expect(quantileOfSorted([], 0.5)).toBeNaN();
});

it('has the width of the normal interval on many users, and repeats for a seed', () => {
  const random = new Xoshiro(1, 'values');
  const values = Float64Array.from({ length: 2000 }, () => random.normal());
  const interval = bootstrapIntervals(userSums([values]), 1000, 0.95, new Xoshiro(2));
  const width = (2 * 1.96) / Math.sqrt(2000);
  expect(interval.high[0] - interval.low[0]).toBeGreaterThan(width * 0.9);
  expect(interval.high[0] - interval.low[0]).toBeLessThan(width * 1.1);
  expect(bootstrapIntervals(userSums([values]), 1000, 0.95, new Xoshiro(2))).toEqual(interval);
});

it('covers the truth about 95 times in 100', () => {
  const random = new Xoshiro(3, 'coverage');
  let covered = 0;
  for (let trial = 0; trial < 400; trial++) {
    const values = Float64Array.from({ length: 60 }, () => (random.next() < 0.3 ? 1 : 0));
    const interval = bootstrapIntervals(userSums([values]), 400, 0.95, new Xoshiro(trial));
    if (interval.low[0] <= 0.3 && interval.high[0] >= 0.3) covered++;
  }
  // Percentile intervals of a small sample are slightly short; four standard errors are 0.044.
  expect(covered / 400).toBeGreaterThan(0.9);
  expect(covered / 400).toBeLessThan(0.985);
});

it('gives many users the interval that resampling each of them gives', () => {
  const random = new Xoshiro(7, 'many');
  const values = Float64Array.from({ length: 20_000 }, () => random.next() ** 3);
  const weights = Float64Array.from({ length: 20_000 }, () => 1 + random.integer(5));
  const sums = userSums([values, values], [undefined, weights]);
  const dealt = bootstrapIntervals(sums, 1000, 0.95, new Xoshiro(8));
  expect([...dealt.value]).toEqual([...ratioEstimates(sums)]);
  const estimates = bootstrapEstimates(sums, 300, new Xoshiro(9));
  for (const column of [0, 1]) {
    const own = estimates.subarray(column * 300, (column + 1) * 300).sort();
    const width = quantileOfSorted(own, 0.975) - quantileOfSorted(own, 0.025);
    expect((dealt.high[column] - dealt.low[column]) / width).toBeGreaterThan(0.85);
    expect((dealt.high[column] - dealt.low[column]) / width).toBeLessThan(1.15);
  }
});

it('pairs users: a small steady gain is seen through large differences between users', () => {
  const random = new Xoshiro(4, 'pairs');
  const first = Float64Array.from({ length: 200 }, () => random.next());
  const second = first.map((value) => value + 0.01 + 0.01 * random.normal());
  const found = bootstrapDifferences(userSums([first, first]), userSums([second, first]), 1000, 0.95, new Xoshiro(5));
  expect(found.value[0]).toBeCloseTo(0.01, 2);
  expect(found.low[0]).toBeGreaterThan(0);
  expect(found.pValue[0]).toBeLessThan(0.01);
  // A run against itself: no difference at all.
  expect([found.value[1], found.low[1], found.high[1], found.pValue[1]]).toEqual([0, 0, 0, 1]);
});

it('finds a difference about 5 times in 100 where there is none', () => {
  const random = new Xoshiro(6, 'nothing');
  let wrong = 0;
  for (let trial = 0; trial < 200; trial++) {
    const first = Float64Array.from({ length: 80 }, () => random.next());
    const second = first.map((value) => value + 0.1 * random.normal());
    const found = bootstrapDifferences(userSums([first]), userSums([second]), 400, 0.95, new Xoshiro(trial));
    if (found.pValue[0] < 0.05) wrong++;
  }
  // Binomial(200, 0.05): 23 is beyond the 0.9999 quantile; percentile intervals of 80 users are a little short.
  expect(wrong).toBeGreaterThan(0);
  expect(wrong).toBeLessThan(24);
});

it('adjusts p-values by Holm, by hand', () => {
  // Sorted .01 .03 .04: times 3, 2, 1, never falling.
  expect([...holm([0.04, 0.01, 0.03])].map((p) => +p.toFixed(12))).toEqual([0.06, 0.03, 0.06]);
  expect([...holm([0.9, NaN, 0.8])]).toEqual([1, NaN, 1]);
});
