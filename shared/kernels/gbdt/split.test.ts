import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { searchCategorical } from './categorical-split.ts';
import { histogramInto, STATISTICS, subtractHistogram } from './histogram.ts';
import { searchNumeric } from './numeric-split.ts';
import { defaultSplitSettings, leafGain, leafValue, noSplit } from './split.ts';
import type { LeafSums, SplitSettings } from './split.ts';

const settings: SplitSettings = {
  ...defaultSplitSettings,
  minimumRowsInLeaf: 1,
  minimumHessianInLeaf: 0,
  categoryRows: 1,
  categorySmoothing: 1,
  categoryL2: 0,
};

/** A histogram of bins given as [gradient, hessian]; as many rows as the hessian says where not given. */
function histogramOf(
  bins: readonly (readonly [number, number])[],
  rows?: number,
): {
  histogram: Float64Array;
  leaf: LeafSums;
} {
  const histogram = Float64Array.from(bins.flat());
  const sum = (s: number): number => bins.reduce((total, bin) => total + bin[s], 0);
  return { histogram, leaf: { gradient: sum(0), hessian: sum(1), rows: rows ?? Math.round(sum(1)) } };
}

function randomBins(count: number, seed: number): (readonly [number, number])[] {
  const random = new Xoshiro(seed, 'split');
  return Array.from({ length: count }, () => [random.normal(), 0.5 + random.next()] as const);
}

const gainOf = (leaf: LeafSums, g: number, h: number): number =>
  leafGain(g, h, 0, 0) +
  leafGain(leaf.gradient - g, leaf.hessian - h, 0, 0) -
  leafGain(leaf.gradient, leaf.hessian, 0, 0);

/** The gain of having these bins, of [gradient, hessian], on one side. */
const gainOfBins = (leaf: LeafSums, bins: readonly (readonly [number, number])[]): number =>
  gainOf(
    leaf,
    bins.reduce((sum, [gradient]) => sum + gradient, 0),
    bins.reduce((sum, [, hessian]) => sum + hessian, 0),
  );

describe('histograms', () => {
  const rows = 101;
  const features = 3;
  const random = new Xoshiro(1, 'histogram');
  const codes = Uint16Array.from({ length: rows * features }, (_, i) => (i % features) * 10 + random.integer(10));
  const gradients = Float32Array.from({ length: 2 * rows }, () => random.next());
  const binned = { codes, rows, features };
  const all = Int32Array.from({ length: rows }, (_, i) => i);

  it('equal sums taken bin by bin', () => {
    const out = new Float64Array(30 * STATISTICS);
    histogramInto(out, binned, gradients, all, 4, 99);
    for (let bin = 0; bin < 30; bin++) {
      const inside = [...all.subarray(4, 99)].filter((row) => codes.subarray(3 * row, 3 * row + 3).includes(bin));
      expect(out[2 * bin]).toBeCloseTo(
        inside.reduce((sum, row) => sum + gradients[2 * row], 0),
        10,
      );
      expect(out[2 * bin + 1]).toBeCloseTo(
        inside.reduce((sum, row) => sum + gradients[2 * row + 1], 0),
        10,
      );
    }
  });

  it('of a sibling come out by subtraction', () => {
    const parent = new Float64Array(30 * STATISTICS);
    const child = new Float64Array(30 * STATISTICS);
    const sibling = new Float64Array(30 * STATISTICS);
    histogramInto(parent, binned, gradients, all, 0, 101);
    histogramInto(child, binned, gradients, all, 0, 40);
    histogramInto(sibling, binned, gradients, all, 40, 101);
    subtractHistogram(parent, child);
    parent.forEach((value, i) => expect(value).toBeCloseTo(sibling[i], 10));
  });
});

describe('leaf values', () => {
  it('follow -T(G) / (H + l2) and T(G)^2 / (H + l2)', () => {
    expect(leafValue(-6, 3, 0, 0)).toBeCloseTo(2, 12);
    expect(leafValue(-6, 2, 2, 2)).toBeCloseTo(1, 12);
    expect(leafGain(-6, 2, 2, 2)).toBeCloseTo(4, 12);
    expect(leafGain(1, 5, 2, 0)).toBe(0);
  });
});

describe('numeric splits', () => {
  it('find the best cut by hand', () => {
    const { histogram, leaf } = histogramOf([
      [-2, 1],
      [-2, 1],
      [4, 2],
    ]);
    const best = noSplit();
    searchNumeric(best, histogram, { feature: 9, first: 0, last: 2, missing: -1 }, leaf, settings);
    // 4^2/2 + 4^2/2 - 0 = 16
    expect(best).toMatchObject({ feature: 9, bin: 1, leftGradient: -4, leftHessian: 2, leftRows: 2 });
    expect(best.gain).toBeCloseTo(16, 9);
  });

  it('equal the best of all cuts and both sides for missing values', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const bins = randomBins(9, seed);
      const { histogram, leaf } = histogramOf(bins);
      const best = noSplit();
      searchNumeric(best, histogram, { feature: 0, first: 0, last: 7, missing: 8 }, leaf, settings);
      let naive = 0;
      for (let cut = 0; cut < 8; cut++) {
        for (const withMissing of [true, false]) {
          if (cut === 7 && withMissing) continue;
          const left = bins.filter((_, bin) => bin <= cut || (withMissing && bin === 8));
          naive = Math.max(naive, gainOfBins(leaf, left));
        }
      }
      expect(best.gain).toBeCloseTo(naive, 8);
    }
  });

  it('respect the least rows and hessian of a leaf and the least gain', () => {
    // 38.2 rows per unit of hessian 19.1: two each, so 0, 10, 10 and 18 rows.
    const { histogram, leaf } = histogramOf(
      [
        [-4, 0.1],
        [1, 5],
        [1, 5],
        [2, 9],
      ],
      38,
    );
    const search = (changes: Partial<SplitSettings>): number => {
      const best = noSplit();
      searchNumeric(best, histogram, { feature: 0, first: 0, last: 3, missing: -1 }, leaf, { ...settings, ...changes });
      return best.bin;
    };
    expect(search({ minimumRowsInLeaf: 0 })).toBe(0);
    expect(search({})).toBe(1);
    expect(search({ minimumRowsInLeaf: 4 })).toBe(1);
    expect(search({ minimumHessianInLeaf: 0.2 })).toBe(1);
    expect(search({ minimumRowsInLeaf: 22 })).toBe(-1);
    expect(search({ minimumGain: 1e6 })).toBe(-1);
  });

  it('send later missing values with the larger child where none were seen', () => {
    const { histogram, leaf } = histogramOf([
      [-2, 1],
      [2, 3],
      [0, 0],
    ]);
    const best = noSplit();
    searchNumeric(best, histogram, { feature: 0, first: 0, last: 1, missing: 2 }, leaf, settings);
    expect(best.missingLeft).toBe(false);
  });
});

describe('categorical splits', () => {
  it('part one level from the rest where there are few', () => {
    const { histogram, leaf } = histogramOf([
      [0, 0],
      [1, 2],
      [-5, 2],
      [2, 2],
    ]);
    const best = noSplit();
    searchCategorical(best, histogram, { feature: 0, first: 1, last: 3 }, leaf, settings);
    expect([...best.leftBins]).toEqual([2]);
    expect(best.gain).toBeCloseTo(gainOf(leaf, -5, 2), 9);
  });

  it('find the best of all subsets where there are more, with no smoothing', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const bins = [[0, 0] as const, ...randomBins(8, seed)];
      const { histogram, leaf } = histogramOf(bins);
      const best = noSplit();
      searchCategorical(best, histogram, { feature: 0, first: 1, last: 8 }, leaf, {
        ...settings,
        categorySmoothing: 1e-9,
      });
      let naive = 0;
      for (let subset = 1; subset < 255; subset++) {
        const left = bins.slice(1).filter((_, level) => (subset >> level) & 1);
        naive = Math.max(naive, gainOfBins(leaf, left));
      }
      expect(best.gain).toBeCloseTo(naive, 6);
      expect(best.leftBins).toEqual(best.leftBins.slice().sort());
    }
  });

  it('leave out levels with fewer rows than the smoothing', () => {
    const bins = [
      [0, 0],
      [-9, 3],
      [-1, 30],
      [1, 30],
      [2, 30],
      [1, 30],
    ] as const;
    const { histogram, leaf } = histogramOf(bins);
    const best = noSplit();
    searchCategorical(best, histogram, { feature: 0, first: 1, last: 5 }, leaf, { ...settings, categorySmoothing: 10 });
    expect([...best.leftBins]).not.toContain(1);
    expect(best.feature).toBe(0);
  });
});
