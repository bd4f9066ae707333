import type { Random } from '#shared/contract/random.ts';

/**
 * Draws indices in proportion to weights, in constant time per draw (Walker 1977, Vose 1991). Built in O(n); may be
 * rebuilt with new weights over the same number of indices or fewer.
 */
export class AliasTable {
  total = 0;
  private count = 0;
  private readonly keep: Float64Array;
  private readonly other: Int32Array;
  private readonly small: Int32Array;
  private readonly large: Int32Array;

  constructor(capacity: number) {
    this.keep = new Float64Array(capacity);
    this.other = new Int32Array(capacity);
    this.small = new Int32Array(capacity);
    this.large = new Int32Array(capacity);
  }

  /** Weights from 0; where all are 0 nothing can be drawn and `total` is 0. */
  build(weights: Float64Array): void {
    const n = weights.length;
    this.count = n;
    this.total = 0;
    for (let i = 0; i < n; i++) this.total += weights[i];
    const scale = this.total > 0 ? n / this.total : 0;
    let smalls = 0;
    let larges = 0;
    for (let i = 0; i < n; i++) {
      this.keep[i] = weights[i] * scale;
      this.other[i] = i;
      if (this.keep[i] < 1) this.small[smalls++] = i;
      else this.large[larges++] = i;
    }
    while (smalls > 0 && larges > 0) {
      const low = this.small[--smalls];
      const high = this.large[larges - 1];
      this.other[low] = high;
      this.keep[high] -= 1 - this.keep[low];
      if (this.keep[high] < 1) {
        larges--;
        this.small[smalls++] = high;
      }
    }
    while (larges > 0) this.keep[this.large[--larges]] = 1;
    while (smalls > 0) this.keep[this.small[--smalls]] = 1;
  }

  draw(random: Random): number {
    const i = Math.floor(random.next() * this.count);
    return random.next() < this.keep[i] ? i : this.other[i];
  }
}
