import { describe, expect, it } from 'vitest';
import { normaliseRows, scanTop } from './exact-search.ts';
import { buildHnsw, HnswBuilder, liftVectors } from './hnsw-build.ts';
import { HnswWorkspace, linkBlock, searchHnsw, type HnswIndex, type HnswMeasure } from './hnsw.ts';
import { Xoshiro } from './random.ts';
import { TopHeap } from './topk.ts';

const size = 12;

/** Vectors around 20 centres, of varying length. */
function clustered(rows: number, seed: number): Float32Array {
  const random = new Xoshiro(seed, 'vectors');
  const centres = Float32Array.from({ length: 20 * size }, () => random.normal());
  const table = new Float32Array(rows * size);
  for (let r = 0; r < rows; r++) {
    const centre = random.integer(20) * size;
    const length = Math.exp(0.3 * random.normal());
    for (let k = 0; k < size; k++) table[r * size + k] = length * (centres[centre + k] + 0.5 * random.normal());
  }
  return table;
}

function recall(index: HnswIndex, exact: Float32Array, queries: Float32Array, effort: number): number {
  const found = new TopHeap(10);
  const best = new TopHeap(10);
  const workspace = new HnswWorkspace(index);
  let hits = 0;
  const count = queries.length / size;
  for (let q = 0; q < count; q++) {
    const query = queries.subarray(q * size, (q + 1) * size);
    scanTop(best, exact, query);
    searchHnsw(index, workspace, found, query, effort);
    const wanted = new Set(best.ids);
    for (let i = 0; i < found.size; i++) if (wanted.has(found.ids[i])) hits++;
  }
  return hits / (10 * count);
}

describe('HNSW', () => {
  it.each<HnswMeasure>(['inner-product', 'cosine'])(
    'finds nearly all of the exact answer, more with more effort: %s',
    (measure) => {
      const table = clustered(2000, 1);
      const exact = table.slice();
      if (measure === 'cosine') normaliseRows(exact, size);
      const index = buildHnsw(table, size, { measure, links: 12, effort: 80 }, new Xoshiro(1, 'index'));
      const queries = clustered(50, 2);
      const low = recall(index, exact, queries, 10);
      const high = recall(index, exact, queries, 200);
      expect(high).toBeGreaterThan(0.97);
      expect(high).toBeGreaterThanOrEqual(low);
      expect(recall(index, exact, queries, 2000)).toBeGreaterThan(0.995);
    },
  );

  it('returns the products of the vectors, best first, and leaves masked rows out', () => {
    const table = clustered(300, 3);
    const index = buildHnsw(table, size, { measure: 'inner-product', links: 8, effort: 40 }, new Xoshiro(1, 'index'));
    const masked = Uint8Array.from({ length: 300 }, (_, r) => r % 2);
    const heap = new TopHeap(20);
    const query = clustered(1, 4);
    expect(searchHnsw(index, new HnswWorkspace(index), heap, query, 300, masked)).toBe(20);
    const best = new TopHeap(20);
    scanTop(best, table, query, { masked });
    expect([...heap.ids]).toEqual([...best.ids]);
    heap.scores.forEach((score, place) => expect(score).toBeCloseTo(best.scores[place], 5));
  });

  it('is the same index for one seed, in whatever steps it was built', () => {
    const table = clustered(400, 5);
    const options = { measure: 'inner-product', links: 6, effort: 30 } as const;
    const once = buildHnsw(table, size, options, new Xoshiro(7, 'index'));
    const builder = new HnswBuilder(table, size, options, new Xoshiro(7, 'index'));
    while (!builder.step(37));
    expect(builder.index).toEqual(once);
    expect(buildHnsw(table, size, options, new Xoshiro(8, 'index')).base).not.toEqual(once.base);
  });

  it('keeps links within bounds and without repetition', () => {
    const index = buildHnsw(
      clustered(500, 6),
      size,
      { measure: 'cosine', links: 5, effort: 20 },
      new Xoshiro(1, 'index'),
    );
    for (let row = 0; row < 500; row++) {
      const block = linkBlock(index, row, 0);
      const links = [...index.base.subarray(block + 1, block + 1 + index.base[block])];
      expect(links.length).toBeLessThanOrEqual(10);
      expect(links.length).toBeGreaterThan(0);
      expect(new Set(links).size).toBe(links.length);
      expect(links).not.toContain(row);
    }
  });

  it('lifts vectors to one length without changing products', () => {
    const table = clustered(50, 7);
    const lifted = liftVectors(table, size, 'inner-product');
    const lengths = Array.from({ length: 50 }, (_, r) =>
      Math.hypot(...lifted.subarray(r * (size + 1), (r + 1) * (size + 1))),
    );
    for (const length of lengths) expect(length).toBeCloseTo(lengths[0], 5);
    expect([...lifted.subarray(0, size)]).toEqual([...table.subarray(0, size)]);
  });

  it('takes no rows, one row and many equal rows', () => {
    const options = { measure: 'inner-product', links: 4, effort: 8 } as const;
    const search = (table: Float32Array): number => {
      const index = buildHnsw(table, size, options, new Xoshiro(1, 'index'));
      return searchHnsw(index, new HnswWorkspace(index), new TopHeap(3), new Float32Array(size), 8);
    };
    expect(search(new Float32Array(0))).toBe(0);
    expect(search(clustered(1, 1))).toBe(1);
    expect(search(new Float32Array(50 * size).fill(1))).toBe(3);
  });

  it('refuses a query of another length and options that cannot work', () => {
    const index = buildHnsw(clustered(5, 1), size, { measure: 'cosine', links: 4, effort: 8 }, new Xoshiro(1, 'index'));
    expect(() => searchHnsw(index, new HnswWorkspace(index), new TopHeap(3), new Float32Array(3), 8)).toThrow(
      'length 12',
    );
    expect(() => buildHnsw(clustered(5, 1), size, { measure: 'cosine', links: 1, effort: 8 }, new Xoshiro(1))).toThrow(
      'at least 2 links',
    );
  });
});
