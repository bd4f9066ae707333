import { mixed } from './text-digest.ts';

/** Different numbers are counted up to here; above, the count is not worth its memory. */
const mostDistinct = 100_000;

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);

/** Counts different numbers, -0 and 0 being one. NaN must not be added. */
export class DistinctNumbers {
  private size = 0;
  /** NaN: a free place. Empty once there were too many. */
  private slots = new Float64Array(64).fill(NaN);
  private last = NaN;

  /** null: too many to count. */
  get count(): number | null {
    return this.slots.length === 0 ? null : this.size;
  }

  add(value: number): void {
    if (value === this.last || this.slots.length === 0) return;
    this.last = value;
    const slot = this.placeOf(value);
    if (this.slots[slot] === value) return;
    this.slots[slot] = value;
    if (++this.size > mostDistinct) this.slots = new Float64Array(0);
    else if (this.size * 2 > this.slots.length) this.enlarge();
  }

  private placeOf(value: number): number {
    number[0] = value + 0; // makes 0 of -0
    const mask = this.slots.length - 1;
    let slot = mixed(halves[0] ^ Math.imul(halves[1], 0x9e3779b1)) & mask;
    while (this.slots[slot] === this.slots[slot] && this.slots[slot] !== value) slot = (slot + 1) & mask;
    return slot;
  }

  private enlarge(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2).fill(NaN);
    for (const value of before) if (value === value) this.slots[this.placeOf(value)] = value;
  }
}
