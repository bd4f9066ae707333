import { describe, expect, it } from 'vitest';
import { capCategoriesInto, capConsecutiveInto, fillQuotasInto } from './caps.ts';
import { Xoshiro } from './random.ts';

// Items of one category each: A A A B A C.
const offsets = Int32Array.of(0, 1, 2, 3, 4, 5, 6);
const codes = Int32Array.of(0, 0, 0, 1, 0, 2);

describe('category cap', () => {
  it('lets what would break it wait, by hand', () => {
    const out = new Int32Array(6);
    expect(capCategoriesInto(out, offsets, codes, 3, 2, 4)).toBe(4);
    expect([...out]).toEqual([0, 1, 3, 5, 2, 4]);
  });
  it('says how far it could be kept', () => {
    const out = new Int32Array(6);
    expect(capCategoriesInto(out, offsets, codes, 3, 1, 5)).toBe(3);
    expect([...out]).toEqual([0, 3, 5, 1, 2, 4]);
  });
});

describe('quotas', () => {
  it('keeps places for what is owed, in order of relevance', () => {
    const out = new Int32Array(6);
    expect(fillQuotasInto(out, offsets, codes, Int32Array.of(0, 1, 1), 3)).toBe(0);
    expect([...out]).toEqual([0, 3, 5, 1, 2, 4]);
    expect(fillQuotasInto(out, offsets, codes, Int32Array.of(0, 3, 0), 3)).toBe(2);
    expect([...out]).toEqual([0, 1, 3, 2, 4, 5]);
  });
});

describe('consecutive cap', () => {
  it('breaks up rows, by hand', () => {
    const out = new Int32Array(6);
    expect(capConsecutiveInto(out, offsets, codes, 3, 1, 6)).toBe(1);
    expect([...out]).toEqual([0, 3, 1, 5, 2, 4]);
    expect(capConsecutiveInto(out, offsets, codes, 3, 2, 6)).toBe(0);
    expect([...out]).toEqual([0, 1, 3, 2, 4, 5]);
  });
  it('never has a longer row than it reports, on random items of two categories each', () => {
    const random = new Xoshiro(1, 'rows');
    for (let trial = 0; trial < 100; trial++) {
      const count = 12;
      const at = Int32Array.from({ length: count + 1 }, (_, i) => 2 * i);
      const kinds = Int32Array.from({ length: 2 * count }, (_, i) =>
        i % 2 === 0 ? random.integer(3) : 3 + random.integer(3),
      );
      const out = new Int32Array(count);
      const broken = capConsecutiveInto(out, at, kinds, 6, 2, count);
      let found = 0;
      for (let p = 2; p < count; p++) {
        const [a, b, c] = [out[p - 2], out[p - 1], out[p]].map((i) => [kinds[2 * i], kinds[2 * i + 1]]);
        if (c.some((kind) => a.includes(kind) && b.includes(kind))) found++;
      }
      expect(found).toBe(broken);
      expect(new Set(out).size).toBe(count);
    }
  });
});
