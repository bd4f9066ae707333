import { expect, it } from 'vitest';
import {
  epsilonGreedyPropensity,
  plackettLucePropensitiesInto,
  sampleEpsilonGreedy,
  samplePlackettLuceInto,
} from './plackett-luce.ts';
import { Xoshiro } from './random.ts';

it('logs the conditional probability of each place, by hand', () => {
  const out = new Float64Array(3);
  plackettLucePropensitiesInto(out, Int32Array.of(1, 0, 2), [Math.log(2), Math.log(3), 0], 1);
  expect([...out].map((p) => +p.toFixed(12))).toEqual([0.5, +(2 / 3).toFixed(12), 1]);
  // Large scores do not overflow.
  plackettLucePropensitiesInto(out, Int32Array.of(1, 0, 2), [1000, 2000, 0], 1);
  expect([...out]).toEqual([1, 1, 1]);
});

it('draws orders as often as it says', () => {
  const random = new Xoshiro(1, 'orders');
  const scores = [1, 0, -0.5];
  const seen = new Map<string, { times: number; probability: number }>();
  const out = new Int32Array(2);
  const propensities = new Float64Array(2);
  for (let i = 0; i < 30_000; i++) {
    samplePlackettLuceInto(out, propensities, scores, 0.8, random);
    const entry = seen.get(out.join()) ?? { times: 0, probability: propensities[0] * propensities[1] };
    entry.times++;
    seen.set(out.join(), entry);
  }
  expect(seen.size).toBe(6);
  let chiSquare = 0;
  let total = 0;
  for (const { times, probability } of seen.values()) {
    chiSquare += (times - 30_000 * probability) ** 2 / (30_000 * probability);
    total += probability;
  }
  expect(total).toBeCloseTo(1, 12);
  expect(chiSquare).toBeLessThan(20.5); // 0.999 quantile, 5 degrees of freedom
});

it('with little temperature sorts', () => {
  const out = new Int32Array(3);
  const propensities = new Float64Array(3);
  samplePlackettLuceInto(out, propensities, [0.1, 0.3, 0.2], 1e-4, new Xoshiro(2));
  expect([...out]).toEqual([1, 2, 0]);
  expect(propensities[0]).toBeCloseTo(1, 12);
});

it('ε-greedy takes the first with 1 - ε + ε / n', () => {
  const random = new Xoshiro(3);
  let first = 0;
  for (let i = 0; i < 20_000; i++) if (sampleEpsilonGreedy(4, 0.4, random) === 0) first++;
  expect(epsilonGreedyPropensity(0, 4, 0.4)).toBeCloseTo(0.7, 14);
  expect(epsilonGreedyPropensity(3, 4, 0.4)).toBeCloseTo(0.1, 14);
  expect(Math.abs(first / 20_000 - 0.7)).toBeLessThan(0.012); // 3.7 standard errors
});
