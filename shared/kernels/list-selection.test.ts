import { describe, expect, it } from 'vitest';
import { miscalibration } from './beyond-accuracy.ts';
import { selectCalibratedInto } from './calibrate-list.ts';
import { categorySharesInto, scaleToShares } from './category-lists.ts';
import { selectMmrInto } from './mmr.ts';
import { unitRows } from './normalise-scores.ts';
import { Xoshiro } from './random.ts';
import { selectXquadInto } from './xquad.ts';

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

/** Random items with one to three of `kinds` categories. */
function randomItems(random: Xoshiro, count: number, kinds: number): { offsets: Int32Array; codes: Int32Array } {
  const rows = Array.from({ length: count }, () => [
    ...new Set(Array.from({ length: 1 + random.integer(3) }, () => random.integer(kinds))),
  ]);
  const offsets = new Int32Array(count + 1);
  rows.forEach((row, i) => (offsets[i + 1] = offsets[i] + row.length));
  return { offsets, codes: Int32Array.from(rows.flat()) };
}

describe('MMR', () => {
  const vectors = Float64Array.of(1, 0, 1, 0, 0, 1);
  const relevance = Float64Array.of(1, 0.9, 0.5);
  it('takes the unlike item second, by hand', () => {
    // λ = 0.5: second pick 0.45 - 0.5·1 against 0.25 - 0.
    const out = new Int32Array(3);
    expect(selectMmrInto(out, relevance, vectors, 2, 0.5)).toBe(3);
    expect([...out]).toEqual([0, 2, 1]);
    selectMmrInto(out, relevance, vectors, 2, 1);
    expect([...out]).toEqual([0, 1, 2]);
  });
  it.each([Infinity, 3])('equals the definition on random input, window %s', (window) => {
    const random = new Xoshiro(1, 'mmr');
    const d = 4;
    for (let trial = 0; trial < 20; trial++) {
      const rows = unitRows(
        Float64Array.from({ length: 12 * d }, () => random.normal()),
        d,
      );
      const values = Float64Array.from({ length: 12 }, () => random.next());
      const similarity = (a: number, b: number): number => {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += rows[a * d + k] * rows[b * d + k];
        return sum;
      };
      const naive: number[] = [];
      while (naive.length < 8) {
        const recent = window === Infinity ? naive : naive.slice(-window);
        const left = values.map((v, i) =>
          naive.includes(i)
            ? -Infinity
            : 0.6 * v - 0.4 * (recent.length === 0 ? 0 : Math.max(...recent.map((j) => similarity(i, j)))),
        );
        naive.push(left.indexOf(Math.max(...left)));
      }
      const out = new Int32Array(8);
      selectMmrInto(out, values, rows, d, 0.6, window);
      expect([...out]).toEqual(naive);
    }
  });
});

describe('xQuAD', () => {
  it('covers a second interest before more of the first, by hand', () => {
    // Items 0, 1 of category 0, item 2 of category 1. λ = 0.5, interest ½ each.
    const out = new Int32Array(3);
    const run = (lambda: number): number[] => {
      selectXquadInto(
        out,
        Float64Array.of(1, 0.9, 0.6),
        Int32Array.of(0, 1, 2, 3),
        Int32Array.of(0, 0, 1),
        Float64Array.of(1, 1, 1),
        Float64Array.of(0.5, 0.5),
        lambda,
      );
      return [...out];
    };
    expect(run(0)).toEqual([0, 1, 2]);
    expect(run(0.5)).toEqual([0, 2, 1]);
  });
  it('equals the definition on random input', () => {
    const random = new Xoshiro(2, 'xquad');
    for (let trial = 0; trial < 20; trial++) {
      const { offsets, codes } = randomItems(random, 12, 5);
      const coverage = Float64Array.from(codes, () => random.next());
      const interest = Float64Array.from({ length: 5 }, () => random.next());
      const relevance = Float64Array.from({ length: 12 }, () => random.next());
      const p = (i: number, c: number): number => {
        for (let at = offsets[i]; at < offsets[i + 1]; at++) if (codes[at] === c) return coverage[at];
        return 0;
      };
      const naive: number[] = [];
      while (naive.length < 8) {
        const values = Array.from({ length: 12 }, (_, i) => {
          if (naive.includes(i)) return -Infinity;
          let sum = 0;
          for (let c = 0; c < 5; c++) sum += interest[c] * p(i, c) * naive.reduce((left, j) => left * (1 - p(j, c)), 1);
          return 0.4 * relevance[i] + 0.6 * sum;
        });
        naive.push(values.indexOf(Math.max(...values)));
      }
      const out = new Int32Array(8);
      selectXquadInto(out, relevance, offsets, codes, coverage, interest, 0.6);
      expect([...out]).toEqual(naive);
    }
  });
});

describe('calibration', () => {
  const random = new Xoshiro(3, 'calibration');
  const worlds = Array.from({ length: 60 }, () => {
    const items = randomItems(random, 40, 6);
    const wanted = Float64Array.from({ length: 6 }, () => random.next() ** 3);
    return {
      ...items,
      wanted: scaleToShares(
        wanted,
        wanted.reduce((a, b) => a + b, 0),
      ),
      relevance: Float64Array.from({ length: 40 }, () => random.next()),
    };
  });
  const ones = new Float64Array(10).fill(1);
  const shares = (world: (typeof worlds)[number], list: Int32Array): Float64Array => {
    const out = new Float64Array(6);
    return scaleToShares(out, categorySharesInto(out, list, 0, list.length, world.offsets, world.codes));
  };

  it('equals the greedy by definition', () => {
    for (const world of worlds.slice(0, 15)) {
      const naive: number[] = [];
      let total = 0;
      while (naive.length < 10) {
        const values = Array.from({ length: 40 }, (_, i) =>
          naive.includes(i)
            ? -Infinity
            : 0.5 * (total + world.relevance[i]) -
              0.5 * miscalibration(world.wanted, shares(world, Int32Array.from([...naive, i])), 0.01),
        );
        const best = values.indexOf(Math.max(...values));
        total += world.relevance[best];
        naive.push(best);
      }
      const out = new Int32Array(10);
      selectCalibratedInto(out, world.relevance, world.offsets, world.codes, world.wanted, ones, 0.5, 0.01);
      expect([...out]).toEqual(naive);
    }
  });

  it('miscalibration falls as λ grows', () => {
    const mean = (lambda: number): number => {
      let sum = 0;
      for (const world of worlds) {
        const out = new Int32Array(10);
        selectCalibratedInto(out, world.relevance, world.offsets, world.codes, world.wanted, ones, lambda, 0.01);
        expect(new Set(out).size).toBe(10);
        sum += miscalibration(world.wanted, shares(world, out), 0.01);
      }
      return sum / worlds.length;
    };
    const values = [0, 0.2, 0.4, 0.6, 0.8, 0.9].map(mean);
    expect(values).toEqual(sorted(values).reverse());
    expect(values[5]).toBeLessThan(values[0] / 2);
  });

  it('leaves items without a category to relevance', () => {
    const out = new Int32Array(2);
    selectCalibratedInto(
      out,
      Float64Array.of(0.1, 0.9),
      Int32Array.of(0, 0, 0),
      new Int32Array(0),
      new Float64Array(2),
      ones,
      0.5,
      0.01,
    );
    expect([...out]).toEqual([1, 0]);
  });
});
