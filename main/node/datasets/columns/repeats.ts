import type { Pause } from '../pauses.ts';
import type { Scratch } from './scratch.ts';
import { Spool } from './spool.ts';
import { mixed } from './text-digest.ts';

const partitions = 256;
const words = 5;
const blockWords = 400 * words;

const time = new Float64Array(1);
const halves = new Int32Array(time.buffer);
const value = new Float32Array(1);
const bits = new Int32Array(value.buffer);

/** Counts events equal to an earlier one in user, item, time and value: dealt into partitions, each of which fits in memory. */
export class Repeats {
  private readonly dealt: readonly Spool[];

  constructor(scratch: Scratch) {
    this.dealt = Array.from({ length: partitions }, () => new Spool(scratch, 'Int32Array', blockWords));
  }

  add(user: number, item: number, at: number, worth: number): void {
    // One NaN for all: it equals itself here.
    time[0] = at === at ? at : NaN;
    value[0] = worth === worth ? worth : NaN;
    const spool = this.dealt[hashOf(user, item, halves[0], halves[1], bits[0]) >>> 24];
    spool.push(user);
    spool.push(item);
    spool.push(halves[0]);
    spool.push(halves[1]);
    spool.push(bits[0]);
  }

  async count(pause: Pause): Promise<number> {
    let repeats = 0;
    const different = new DifferentRecords();
    for (const spool of this.dealt) {
      different.clear();
      for (const block of spool.blocks()) {
        for (let at = 0; at < block.length; at += words) if (!different.add(block as Int32Array, at)) repeats++;
        await pause();
      }
    }
    return repeats;
  }
}

function hashOf(user: number, item: number, low: number, high: number, worth: number): number {
  let hash = Math.imul(user, 0x9e3779b1) ^ Math.imul(item, 0x85ebca6b);
  hash = mixed(hash ^ low);
  return mixed(hash ^ Math.imul(high, 0xc2b2ae35) ^ Math.imul(worth, 0x27d4eb2f));
}

/** The different records of one partition. Open addressing over their places. */
class DifferentRecords {
  private count = 0;
  private records = new Int32Array(64 * words);
  /** Number of the record + 1; 0 where there is none. */
  private slots = new Int32Array(128);

  clear(): void {
    this.count = 0;
    this.slots.fill(0);
  }

  /** Whether the record at `at` was not there before. */
  add(block: Int32Array, at: number): boolean {
    const mask = this.slots.length - 1;
    let slot = hashOf(block[at], block[at + 1], block[at + 2], block[at + 3], block[at + 4]) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask)
      if (this.equal((this.slots[slot] - 1) * words, block, at)) return false;
    this.slots[slot] = this.count + 1;
    for (let w = 0; w < words; w++) this.records[this.count * words + w] = block[at + w];
    if (++this.count * words === this.records.length) this.enlarge();
    return true;
  }

  private equal(record: number, block: Int32Array, at: number): boolean {
    for (let w = 0; w < words; w++) if (this.records[record + w] !== block[at + w]) return false;
    return true;
  }

  private enlarge(): void {
    const larger = new Int32Array(this.records.length * 2);
    larger.set(this.records);
    this.records = larger;
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let r = 0; r < this.count; r++) {
      const at = r * words;
      let slot = hashOf(larger[at], larger[at + 1], larger[at + 2], larger[at + 3], larger[at + 4]) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = r + 1;
    }
  }
}
