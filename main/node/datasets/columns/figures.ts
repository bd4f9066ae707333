import type { LongArray } from '../parts.ts';
import { DistinctNumbers } from './distinct-numbers.ts';

const bins = 20;

/** Range, mean, number of different values and distribution of numbers that come one by one; NaN counts as missing. */
export class Figures {
  count = 0;
  missing = 0;
  /** Whether all are whole numbers of 32 bits, none missing. */
  whole = true;
  /** Whether 32-bit floats hold all of them exactly. */
  single = true;
  private low = Infinity;
  private high = -Infinity;
  private sum = 0;
  private distributed = 0;
  private different: DistinctNumbers | undefined;
  private differentCount: number | null = 0;
  private readonly bins: number[] = new Array<number>(bins).fill(0);

  add(value: number): void {
    this.count++;
    if (value !== value) {
      this.missing++;
      this.whole = false;
      return;
    }
    if (this.whole && ((value | 0) !== value || Object.is(value, -0))) this.whole = false;
    if (this.single && Math.fround(value) !== value) this.single = false;
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
    this.sum += value;
  }

  /**
   * Counts numbers into the bins, and how many different ones there are: to be called once for each, when all were added. Columns are read
   * one after the other then, so that only one of them needs memory for its different numbers.
   */
  distribute(values: LongArray): void {
    const { low, bins: counts } = this;
    const different = (this.different ??= new DistinctNumbers());
    const scale = this.high > low ? bins / (this.high - low) : 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value !== value) continue;
      counts[Math.min(bins - 1, Math.floor((value - low) * scale))]++;
      different.add(value);
    }
    this.distributed += values.length;
    if (this.distributed < this.count) return;
    this.differentCount = different.count;
    this.different = undefined;
  }

  get distinct(): number | null {
    return this.differentCount;
  }

  get minimum(): number | null {
    return this.count === this.missing ? null : this.low;
  }

  get maximum(): number | null {
    return this.count === this.missing ? null : this.high;
  }

  get mean(): number | null {
    return this.count === this.missing ? null : this.sum / (this.count - this.missing);
  }

  get histogram(): readonly number[] {
    return this.count === this.missing ? [] : this.bins;
  }
}
