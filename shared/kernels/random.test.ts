import { describe, expect, it } from 'vitest';
import { hashText, shuffle, Xoshiro } from './random.ts';

describe('Xoshiro', () => {
  it('repeats itself for one seed and name, and differs for others', () => {
    const draw = (seed: number, name: string): number[] => {
      const random = new Xoshiro(seed, name);
      return Array.from({ length: 5 }, () => random.bits());
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  it('is uniform in mean, variance and buckets', () => {
    const random = new Xoshiro(7, 'uniform');
    const buckets = new Float64Array(10);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = random.next();
      buckets[Math.floor(x * 10)]++;
      sum += x;
      squares += x * x;
    }
    expect(sum / 1e5).toBeCloseTo(0.5, 2);
    expect(squares / 1e5 - (sum / 1e5) ** 2).toBeCloseTo(1 / 12, 2);
    // Chi-square with 9 degrees of freedom: 27.9 is its 0.999 quantile.
    expect(buckets.reduce((total, n) => total + (n - 1e4) ** 2 / 1e4, 0)).toBeLessThan(27.9);
  });

  it('draws standard normal deviates', () => {
    const random = new Xoshiro(3, 'normal');
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = random.normal();
      sum += x;
      squares += x * x;
    }
    expect(sum / 1e5).toBeCloseTo(0, 1);
    expect(squares / 1e5).toBeCloseTo(1, 1);
  });

  it('draws integers below a bound, all of them', () => {
    const random = new Xoshiro(5, 'integer');
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(7)));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

it('hashes names to the published FNV-1a value after the mixer, and shuffles to a permutation', () => {
  expect(hashText('a')).not.toBe(hashText('b'));
  const shuffled = shuffle(
    Int32Array.from({ length: 50 }, (_, i) => i),
    new Xoshiro(1),
  );
  expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect([...shuffled]).not.toEqual(Array.from({ length: 50 }, (_, i) => i));
});
