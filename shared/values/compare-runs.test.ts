import { expect, it } from 'vitest';
import { Xoshiro } from '../kernels/random.ts';
import { comparePerUser, type UserValues } from './compare-runs.ts';

const valuesOf = (users: number[], values: number[]): UserValues => ({
  users: Int32Array.from(users),
  values: Float32Array.from(values),
});

it('pairs users by who they are, and leaves out who is not on both sides', () => {
  const first = new Map([
    ['recall@10', valuesOf([1, 2, 3, 9], [0.5, 0.25, NaN, 1])],
    ['only here', valuesOf([1], [1])],
  ]);
  const second = new Map([['recall@10', valuesOf([3, 2, 1, 7], [1, 0.75, 0.5, 0])]]);
  const found = comparePerUser(first, second);
  expect([...found.keys()]).toEqual(['recall@10']);
  expect(found.get('recall@10')).toMatchObject({ mean: 0.25, users: 2 });
});

it('has nothing to say where nobody is on both sides', () => {
  expect(comparePerUser(new Map([['a', valuesOf([1], [1])]]), new Map([['a', valuesOf([2], [1])]])).size).toBe(0);
});

it('finds no difference between a run and itself', () => {
  const run = new Map([['a', valuesOf([1, 2, 3], [0.1, 0.5, 0.9])]]);
  expect(comparePerUser(run, run).get('a')).toEqual({ mean: 0, low: 0, high: 0, p: 1, pHolm: 1, users: 3 });
});

it('tells a steady gain from noise, corrects for the number of metrics, and repeats itself', () => {
  const random = new Xoshiro(1, 'runs');
  const users = Array.from({ length: 300 }, (_, user) => user);
  const base = users.map(() => random.next());
  const gain = base.map((one) => one + 0.02 + 0.05 * random.normal());
  const noise = base.map((one) => one + 0.05 * random.normal());
  const first = new Map([
    ['gain', valuesOf(users, base)],
    ['noise', valuesOf(users, base)],
  ]);
  const second = new Map([
    ['gain', valuesOf(users, gain)],
    ['noise', valuesOf(users, noise)],
  ]);
  const found = comparePerUser(first, second);
  expect(found.get('gain')?.low).toBeGreaterThan(0);
  expect(found.get('gain')?.pHolm).toBeLessThan(0.01);
  expect(found.get('noise')?.p).toBeGreaterThan(0.05);
  expect(found.get('gain')?.pHolm).toBeCloseTo(2 * (found.get('gain')?.p ?? NaN), 12);
  expect(comparePerUser(first, second)).toEqual(found);
});
