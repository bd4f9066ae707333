import { dotBetween, dotRowsInto } from './exact-search.ts';
import { TopHeap } from './topk.ts';

/** How vectors are compared. `cosine` normalises them; `inner-product` leaves lengths in. */
export type HnswMeasure = 'inner-product' | 'cosine';

/**
 * A hierarchical navigable small world graph (Malkov & Yashunin 2016, arXiv:1603.09320) over vectors of equal length.
 *
 * Plain arrays, so that it can be stored and sent as it is. Inner products are searched after the reduction of Bachrach et al. (2014):
 * each vector gets one more number, √(R² - |x|²) with R the largest length, and the query a 0 there. The dot product stays what it was
 * while all stored vectors become equally long, which makes the nearest vector and the largest product the same thing.
 */
export interface HnswIndex {
  readonly measure: HnswMeasure;
  /** Length of a query; stored rows are one longer for inner products. */
  readonly querySize: number;
  readonly rowSize: number;
  readonly rows: number;
  readonly vectors: Float32Array;
  /** M: most links of a row on the levels above 0; twice as many on level 0. */
  readonly links: number;
  /** Level-0 links of row r: their number at r · (2M + 1), then the rows. */
  readonly base: Int32Array;
  /** Links above level 0, the levels of a row one after the other, M + 1 numbers each. */
  readonly upper: Int32Array;
  /** Where level 1 of a row starts in `upper`; rows + 1 numbers. */
  readonly upperStarts: Int32Array;
  /** Row where searches start, -1 when empty, and its level. */
  entry: number;
  topLevel: number;
}

/** Place of the link block of a row: the count, then the linked rows. Level 0 blocks are in `base`, others in `upper`. */
export function linkBlock(index: HnswIndex, row: number, level: number): number {
  return level === 0 ? row * (2 * index.links + 1) : index.upperStarts[row] + (level - 1) * (index.links + 1);
}

/** A max-heap of rows still to be expanded. Grows as needed. */
class Frontier {
  private rows = new Int32Array(256);
  private scores = new Float64Array(256);
  size = 0;

  get bestScore(): number {
    return this.scores[0];
  }

  push(row: number, score: number): void {
    if (this.size === this.rows.length) this.grow();
    const { rows, scores } = this;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (scores[parent] > score || (scores[parent] === score && rows[parent] < row)) break;
      rows[place] = rows[parent];
      scores[place] = scores[parent];
      place = parent;
    }
    rows[place] = row;
    scores[place] = score;
  }

  pop(): number {
    const { rows, scores } = this;
    const top = rows[0];
    const size = --this.size;
    const row = rows[size];
    const score = scores[size];
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      const sibling = child + 1;
      if (
        sibling < size &&
        (scores[sibling] > scores[child] || (scores[sibling] === scores[child] && rows[sibling] < rows[child]))
      )
        child = sibling;
      if (scores[child] < score || (scores[child] === score && rows[child] > row)) break;
      rows[place] = rows[child];
      scores[place] = scores[child];
      place = child;
    }
    rows[place] = row;
    scores[place] = score;
    return top;
  }

  private grow(): void {
    const rows = new Int32Array(2 * this.rows.length);
    const scores = new Float64Array(2 * this.scores.length);
    rows.set(this.rows);
    scores.set(this.scores);
    this.rows = rows;
    this.scores = scores;
  }
}

/** Scratch space of searches in one index; make one per thread and reuse it. */
export class HnswWorkspace {
  readonly frontier: Frontier = new Frontier();
  /** Rows met in the present search carry the number `round`. */
  readonly met: Int32Array;
  round = 0;
  /** Neighbours to compare, and their products with the query. */
  readonly batch: Int32Array;
  readonly products: Float64Array;
  /** Dot products computed so far: the cost of a search that does not depend on the machine. */
  compared = 0;

  constructor(index: HnswIndex) {
    this.met = new Int32Array(index.rows);
    this.batch = new Int32Array(2 * index.links);
    this.products = new Float64Array(2 * index.links);
  }

  nextRound(): void {
    if (this.round === 2147483647) {
      this.met.fill(0);
      this.round = 0;
    }
    this.round++;
  }
}

/** Walks from `row` to the best neighbour on one level until none is better; the descent of a search through the upper levels. */
export function climb(
  index: HnswIndex,
  workspace: HnswWorkspace,
  query: Float32Array,
  place: number,
  row: number,
  level: number,
): number {
  const { vectors, rowSize } = index;
  const links = level === 0 ? index.base : index.upper;
  const { batch, products } = workspace;
  let best = row;
  let bestScore = dotBetween(vectors, row * rowSize, query, place, rowSize);
  for (let moved = true; moved;) {
    moved = false;
    const block = linkBlock(index, best, level);
    const count = links[block];
    for (let c = 0; c < count; c++) batch[c] = links[block + 1 + c];
    dotRowsInto(products, vectors, batch, count, query, place, rowSize);
    workspace.compared += count;
    for (let c = 0; c < count; c++) {
      if (products[c] <= bestScore) continue;
      bestScore = products[c];
      best = batch[c];
      moved = true;
    }
  }
  return best;
}

/**
 * Best-first search of one level from `start`: leaves the best rows it met in `found` (unsorted). Its capacity is the search effort ef.
 * `query` is read from `place`, `rowSize` numbers. Rows masked by a number other than 0 are walked through but not kept.
 */
export function searchLevel(
  index: HnswIndex,
  workspace: HnswWorkspace,
  found: TopHeap,
  query: Float32Array,
  place: number,
  start: number,
  level: number,
  masked?: Uint8Array,
): void {
  const { vectors, rowSize } = index;
  const links = level === 0 ? index.base : index.upper;
  const { frontier, met, batch, products } = workspace;
  workspace.nextRound();
  const round = workspace.round;
  frontier.size = 0;
  found.reset();
  met[start] = round;
  const first = dotBetween(vectors, start * rowSize, query, place, rowSize);
  frontier.push(start, first);
  if (masked === undefined || masked[start] === 0) found.offer(start, first);
  while (frontier.size > 0 && frontier.bestScore >= found.threshold) {
    const block = linkBlock(index, frontier.pop(), level);
    const end = block + links[block];
    let count = 0;
    for (let p = block + 1; p <= end; p++) {
      const row = links[p];
      if (met[row] === round) continue;
      met[row] = round;
      batch[count++] = row;
    }
    dotRowsInto(products, vectors, batch, count, query, place, rowSize);
    workspace.compared += count;
    for (let c = 0; c < count; c++) {
      if (products[c] < found.threshold) continue;
      frontier.push(batch[c], products[c]);
      if (masked === undefined || masked[batch[c]] === 0) found.offer(batch[c], products[c]);
    }
  }
}

/**
 * Approximate search: fills `heap` with rows of large product with `query`, best first. `effort` (ef) from the capacity of the heap up:
 * the larger, the better the recall and the slower. Returns how many were found. Deterministic.
 */
export function searchHnsw(
  index: HnswIndex,
  workspace: HnswWorkspace,
  heap: TopHeap,
  query: Float32Array,
  effort: number,
  masked?: Uint8Array,
): number {
  heap.reset();
  if (index.entry < 0) return 0;
  if (query.length !== index.querySize) {
    throw new RangeError(
      `The index holds vectors of length ${index.querySize}, the query has ${query.length}. Use a query from the same model.`,
    );
  }
  const padded = new Float32Array(index.rowSize);
  padded.set(query);
  let row = index.entry;
  for (let level = index.topLevel; level > 0; level--) row = climb(index, workspace, padded, 0, row, level);
  const found = new TopHeap(Math.max(effort, heap.capacity));
  searchLevel(index, workspace, found, padded, 0, row, 0, masked);
  for (let i = 0; i < found.size; i++) heap.offer(found.ids[i], found.scores[i]);
  heap.sort();
  return heap.size;
}
