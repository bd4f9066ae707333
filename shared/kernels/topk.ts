/** A 32-bit mix of an id and a seed; equal scores are put in the order of this number. Murmur3's finaliser. */
export function tieRank(id: number, seed: number): number {
  let hash = Math.imul(id ^ seed, 0x9e3779b1) ^ seed;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Keeps the k best of a stream of (id, score): a binary heap with the worst kept entry on top.
 * Equal scores are ordered by `tieRank(id, seed)`, so the result does not depend on the order of offers.
 * `NaN` and `-Infinity` are never kept: they mark masked ids. Reusable through `reset`.
 */
export class TopHeap {
  readonly capacity: number;
  /** Entries held; in heap order until `sort`, best first after it. */
  readonly ids: Int32Array;
  readonly scores: Float64Array;
  size = 0;
  /** Offers below or equal to this score cannot change the score of any kept entry; they may still win a tie at equality. */
  threshold = -Infinity;
  private seed: number;
  private bestLeftOut = -Infinity;
  private ordered = false;

  constructor(capacity: number, seed = 0) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(
        `A list must have room for at least one entry, not ${capacity}. Give a whole number from 1.`,
      );
    }
    this.capacity = capacity;
    this.ids = new Int32Array(capacity);
    this.scores = new Float64Array(capacity);
    this.seed = seed | 0;
  }

  reset(seed: number = this.seed): void {
    this.size = 0;
    this.threshold = -Infinity;
    this.bestLeftOut = -Infinity;
    this.ordered = false;
    this.seed = seed | 0;
  }

  /** Whether some entry left out has the same score as the last one kept: the cut at k was made by the tie-break. */
  get tied(): boolean {
    return this.size === this.capacity && this.bestLeftOut === this.threshold;
  }

  offer(id: number, score: number): void {
    if (score > -Infinity) {
      if (this.size < this.capacity) this.append(id, score);
      else if (score < this.threshold) {
        if (score > this.bestLeftOut) this.bestLeftOut = score;
      } else this.replaceWorst(id, score);
    }
  }

  /** Orders the entries best first, after the last offer. */
  sort(): void {
    if (this.ordered) return;
    this.ordered = true;
    const { ids, scores, size } = this;
    // Heap sort: the worst goes to the end, so what remains in front is better.
    for (let end = size - 1; end > 0; end--) {
      const id = ids[end];
      const score = scores[end];
      ids[end] = ids[0];
      scores[end] = scores[0];
      this.sink(id, score, end);
    }
  }

  private worse(leftId: number, leftScore: number, rightId: number, rightScore: number): boolean {
    if (leftScore !== rightScore) return leftScore < rightScore;
    const left = tieRank(leftId, this.seed);
    const right = tieRank(rightId, this.seed);
    return left !== right ? left > right : leftId > rightId;
  }

  private append(id: number, score: number): void {
    const { ids, scores } = this;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.worse(id, score, ids[parent], scores[parent])) break;
      ids[place] = ids[parent];
      scores[place] = scores[parent];
      place = parent;
    }
    ids[place] = id;
    scores[place] = score;
    if (this.size === this.capacity) this.threshold = scores[0];
  }

  private replaceWorst(id: number, score: number): void {
    const dropped = this.scores[0];
    if (this.worse(id, score, this.ids[0], dropped)) {
      if (score > this.bestLeftOut) this.bestLeftOut = score;
      return;
    }
    if (dropped > this.bestLeftOut) this.bestLeftOut = dropped;
    this.sink(id, score, this.size);
    this.threshold = this.scores[0];
  }

  /** Puts an entry in at the root and moves worse children up. */
  private sink(id: number, score: number, size: number): void {
    const { ids, scores } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      const sibling = child + 1;
      if (sibling < size && this.worse(ids[sibling], scores[sibling], ids[child], scores[child])) child = sibling;
      if (!this.worse(ids[child], scores[child], id, score)) break;
      ids[place] = ids[child];
      scores[place] = scores[child];
      place = child;
    }
    ids[place] = id;
    scores[place] = score;
  }
}

/**
 * Fills `heap` with the best of `scores` (the id of a score is its position) and sorts it, best first.
 * Positions with `NaN` or `-Infinity` are left out. O(n log k) at worst, O(n) for random scores. Returns how many were kept.
 */
export function selectTop(heap: TopHeap, scores: Float32Array | Float64Array, seed?: number): number {
  heap.reset(seed);
  for (let i = 0; i < scores.length; i++) heap.offer(i, scores[i]);
  heap.sort();
  return heap.size;
}
