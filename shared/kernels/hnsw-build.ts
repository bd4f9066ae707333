import { dotBetween, dotRowsInto, normaliseRows } from './exact-search.ts';
import { climb, HnswWorkspace, linkBlock, searchLevel, type HnswIndex, type HnswMeasure } from './hnsw.ts';
import { shuffle, type Random } from './random.ts';
import { TopHeap } from './topk.ts';

/** How an index is built. */
export interface HnswOptions {
  readonly measure: HnswMeasure;
  /** M, from 2: links of a row on upper levels; twice as many on level 0. 16 suits most vectors. */
  readonly links: number;
  /** efConstruction: rows considered as neighbours of a new row, at least `links`. */
  readonly effort: number;
}

/** The stored form of vectors: normalised for cosine, lengthened to equal length for inner products; see `HnswIndex`. */
export function liftVectors(table: Float32Array, size: number, measure: HnswMeasure): Float32Array {
  if (measure === 'cosine') {
    const copy = table.slice();
    normaliseRows(copy, size);
    return copy;
  }
  const rows = table.length / size;
  const squares = new Float64Array(rows);
  let largest = 0;
  for (let r = 0; r < rows; r++) {
    squares[r] = dotBetween(table, r * size, table, r * size, size);
    if (squares[r] > largest) largest = squares[r];
  }
  const lifted = new Float32Array(rows * (size + 1));
  for (let r = 0; r < rows; r++) {
    lifted.set(table.subarray(r * size, (r + 1) * size), r * (size + 1));
    lifted[r * (size + 1) + size] = Math.sqrt(Math.max(0, largest - squares[r]));
  }
  return lifted;
}

/**
 * Builds an index by inserting rows one by one; `step` can be called from outside to show progress and to stop between blocks.
 * Levels are drawn with P(level >= l) = M^-l; the order of insertion is shuffled, so that sorted tables do no harm.
 */
export class HnswBuilder {
  readonly index: HnswIndex;
  readonly workspace: HnswWorkspace;
  /** Rows inserted so far. */
  inserted = 0;
  private readonly order: Int32Array;
  private readonly found: TopHeap;
  private readonly crowd: TopHeap;
  private readonly chosen: Int32Array;

  constructor(table: Float32Array, size: number, options: HnswOptions, random: Random) {
    const { links, measure } = options;
    if (links < 2 || options.effort < links) {
      throw new RangeError(
        `An index needs at least 2 links (${links}) and an effort of at least the links (${options.effort}).`,
      );
    }
    const rows = table.length / size;
    const upperStarts = new Int32Array(rows + 1);
    for (let r = 0; r < rows; r++) {
      const level = Math.floor(-Math.log(1 - random.next()) / Math.log(links));
      upperStarts[r + 1] = upperStarts[r] + level * (links + 1);
    }
    this.index = {
      measure,
      querySize: size,
      rowSize: measure === 'cosine' ? size : size + 1,
      rows,
      vectors: liftVectors(table, size, measure),
      links,
      base: new Int32Array(rows * (2 * links + 1)),
      upper: new Int32Array(upperStarts[rows]),
      upperStarts,
      entry: -1,
      topLevel: 0,
    };
    this.order = shuffle(
      Int32Array.from({ length: rows }, (_, row) => row),
      random,
    );
    this.workspace = new HnswWorkspace(this.index);
    this.found = new TopHeap(options.effort);
    this.crowd = new TopHeap(2 * links + 1);
    this.chosen = new Int32Array(2 * links);
  }

  /** Inserts up to `count` more rows. Returns whether all are in. */
  step(count: number): boolean {
    const end = Math.min(this.order.length, this.inserted + count);
    for (; this.inserted < end; this.inserted++) this.insert(this.order[this.inserted]);
    return this.inserted === this.order.length;
  }

  private insert(row: number): void {
    const { index, found, workspace } = this;
    const level = (index.upperStarts[row + 1] - index.upperStarts[row]) / (index.links + 1);
    if (index.entry < 0) {
      index.entry = row;
      index.topLevel = level;
      return;
    }
    const place = row * index.rowSize;
    let start = index.entry;
    for (let l = index.topLevel; l > level; l--) start = climb(index, workspace, index.vectors, place, start, l);
    for (let l = Math.min(level, index.topLevel); l >= 0; l--) {
      searchLevel(index, workspace, found, index.vectors, place, start, l);
      found.sort();
      start = found.ids[0];
      const count = this.chooseDiverse(found, index.links);
      this.writeLinks(row, l, count);
      const neighbours = this.chosen.slice(0, count);
      for (const neighbour of neighbours) this.linkBack(neighbour, row, l);
    }
    if (level > index.topLevel) {
      index.entry = row;
      index.topLevel = level;
    }
  }

  /**
   * Takes candidates, best first, that are no closer to one taken before than to the new row: links point in different directions.
   * Equal vectors may link to each other, whatever the rounding.
   */
  private chooseDiverse(candidates: TopHeap, most: number): number {
    const { chosen } = this;
    const { vectors, rowSize } = this.index;
    let count = 0;
    for (let c = 0; c < candidates.size && count < most; c++) {
      const candidate = candidates.ids[c];
      const limit = candidates.scores[c] + 1e-9 * Math.abs(candidates.scores[c]);
      let diverse = true;
      for (let s = 0; s < count && diverse; s++) {
        diverse = dotBetween(vectors, candidate * rowSize, vectors, chosen[s] * rowSize, rowSize) <= limit;
      }
      if (diverse) chosen[count++] = candidate;
    }
    return count;
  }

  private writeLinks(row: number, level: number, count: number): void {
    const links = level === 0 ? this.index.base : this.index.upper;
    const block = linkBlock(this.index, row, level);
    links[block] = count;
    for (let c = 0; c < count; c++) links[block + 1 + c] = this.chosen[c];
  }

  /** Adds a link from `row` to `added`; a full row keeps a diverse choice of what it has. */
  private linkBack(row: number, added: number, level: number): void {
    const { index, crowd } = this;
    const { vectors, rowSize } = index;
    const links = level === 0 ? index.base : index.upper;
    const most = level === 0 ? 2 * index.links : index.links;
    const block = linkBlock(index, row, level);
    const count = links[block];
    if (count < most) {
      links[block + 1 + count] = added;
      links[block] = count + 1;
      return;
    }
    const place = row * rowSize;
    const { batch, products } = this.workspace;
    for (let c = 0; c < count; c++) batch[c] = links[block + 1 + c];
    dotRowsInto(products, vectors, batch, count, vectors, place, rowSize);
    crowd.reset();
    crowd.offer(added, dotBetween(vectors, added * rowSize, vectors, place, rowSize));
    for (let c = 0; c < count; c++) crowd.offer(batch[c], products[c]);
    crowd.sort();
    this.writeLinks(row, level, this.chooseDiverse(crowd, most));
  }
}

/** Builds a whole index at once; see `HnswBuilder`. `table` is row-major, `size` numbers a row. */
export function buildHnsw(table: Float32Array, size: number, options: HnswOptions, random: Random): HnswIndex {
  const builder = new HnswBuilder(table, size, options, random);
  builder.step(builder.index.rows);
  return builder.index;
}
