import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { binBounds } from './bin-bounds.ts';
import { defaultBinSettings, encodeBins, fitBins } from './bins.ts';

const random = (): Xoshiro => new Xoshiro(5, 'bins');
const numeric = Uint8Array.of(0);
const levels = Uint8Array.of(1);

/** Bin of each value as its definition says: the first bound that is not below it. */
function naiveBin(bounds: Float64Array, value: number): number {
  return bounds.findIndex((bound) => value <= bound);
}

describe('bin bounds', () => {
  it('parts few distinct values halfway, merging those with too few rows', () => {
    expect(
      [...binBounds(Float64Array.of(1, 1, 1, 2, 2, 2, 4, 4, 4), 255, 3)].map((b) => Math.round(b * 1e9) / 1e9),
    ).toEqual([0, 1.5, 3, Infinity]);
    expect([...binBounds(Float64Array.of(1, 2, 2, 4), 255, 3)].slice(1).map((b) => Math.round(b * 1e9) / 1e9)).toEqual([
      3,
      Infinity,
    ]);
  });

  it('gives zero a bin of its own between negative and positive values', () => {
    const bounds = binBounds(Float64Array.of(-2, -2, -2, 0, 0, 0, 5, 5, 5), 255, 3);
    expect([...bounds]).toEqual([-1e-35, 1e-35, Infinity]);
  });

  it('shares many values out evenly and keeps a common value alone', () => {
    const generator = random();
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i < 3000 ? 0.5 : generator.next() + 1e-9)).sort();
    const bounds = binBounds(values, 64, 3);
    expect(bounds.length).toBeLessThanOrEqual(64);
    expect(bounds.length).toBeGreaterThan(60);
    const counts = new Int32Array(bounds.length);
    for (const value of values) counts[naiveBin(bounds, value)]++;
    const common = naiveBin(bounds, 0.5);
    expect(values.filter((value) => naiveBin(bounds, value) === common && value !== 0.5).length).toBeLessThan(120);
    const others = [...counts].filter((count, bin) => bin !== common && count > 0);
    expect(Math.max(...others)).toBeLessThan(2.5 * (7000 / 62));
  });
});

describe('bins of columns', () => {
  it('sends every value to the first bin whose bound is not below it, and NaN to its own', () => {
    const generator = random();
    const column = Float64Array.from({ length: 5000 }, () => (generator.next() < 0.1 ? NaN : generator.normal()));
    const map = fitBins([column], numeric, generator);
    const { codes } = encodeBins(map, [column]);
    expect(map.start[1]).toBeLessThanOrEqual(255);
    expect(map.missing[0]).toBe(map.start[1] - 1);
    column.forEach((value, row) =>
      expect(codes[row]).toBe(Number.isNaN(value) ? map.missing[0] : naiveBin(map.bounds, value)),
    );
  });

  it('numbers the bins of all features through and keeps rows together', () => {
    const map = fitBins(
      [Float64Array.of(1, 1, 1, 2, 2, 2), Int32Array.of(7, 7, 7, 9, 9, 9)],
      Uint8Array.of(0, 1),
      random(),
    );
    const binned = encodeBins(map, [Float64Array.of(1, 2), Int32Array.of(9, 8)]);
    expect([...map.start]).toEqual([0, 3, 6]);
    // Feature 0: zero, 1, 2. Feature 1: missing and unknown, 7, 9.
    expect([...binned.codes]).toEqual([1, 5, 2, 3]);
  });

  it('keeps common levels and sends rare, unknown and missing ones to one bin', () => {
    const column = Int32Array.from({ length: 2000 }, (_, i) => (i < 1990 ? i % 300 : i));
    const map = fitBins([column], levels, random());
    // 299 of the 300 common levels cover 99 % of the rows.
    expect(map.bounds.length).toBe(300);
    const { codes } = encodeBins(map, [Int32Array.of(-1, 5, 1995, 298)]);
    expect(codes[0]).toBe(map.missing[0]);
    expect(map.bounds[codes[1]]).toBe(5);
    expect(codes[2]).toBe(map.missing[0]);
    expect(map.bounds[codes[3]]).toBe(298);
  });

  it('reads bounds from a sample where there are more rows, the same one for the same stream', () => {
    const generator = random();
    const column = Float64Array.from({ length: 3000 }, () => generator.next());
    const settings = { ...defaultBinSettings, sampledRows: 500 };
    const fit = (seed: number): number[] => [...fitBins([column], numeric, new Xoshiro(seed), settings).bounds];
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1)).not.toEqual(fit(2));
    expect(fit(1).length).toBeLessThan(170);
  });
});
