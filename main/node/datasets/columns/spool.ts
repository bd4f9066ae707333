import { arrayOf, type ArrayName, type LongArray } from '../parts.ts';
import type { Scratch } from './scratch.ts';

const fewElements = 64;

/** A growing array of numbers of which only the last block is in memory, the others in a scratch file. */
export class Spool {
  length = 0;
  private block: LongArray;
  private filled = 0;
  private readonly places: number[] = [];
  private readonly scratch: Scratch;
  private readonly name: ArrayName;
  private readonly most: number;

  /** `most`: elements of a block, which is what is in memory. */
  constructor(scratch: Scratch, name: ArrayName, most: number = scratch.blockElements) {
    this.scratch = scratch;
    this.name = name;
    this.most = most;
    this.block = arrayOf(name, Math.min(fewElements, most));
  }

  push(value: number): void {
    if (this.filled === this.block.length) this.makeRoom();
    this.block[this.filled++] = value;
    this.length++;
  }

  private makeRoom(): void {
    if (this.block.length === this.most) {
      this.places.push(this.scratch.append(bytesOf(this.block)));
      this.filled = 0;
      return;
    }
    const larger = arrayOf(this.name, Math.min(this.most, this.block.length * 4));
    larger.set(this.block);
    this.block = larger;
  }

  /** The numbers, block by block. A block is overwritten by the next one. */
  *blocks(): Generator<LongArray> {
    if (this.places.length > 0) {
      const read = arrayOf(this.name, this.most);
      for (const place of this.places) {
        this.scratch.read(place, bytesOf(read));
        yield read;
      }
    }
    if (this.filled > 0) yield this.block.subarray(0, this.filled);
  }
}

/** Takes numbers from a spool one by one. */
export class SpoolReader {
  private readonly blocks: Generator<LongArray>;
  private block: LongArray = new Int32Array(0);
  private at = 0;

  constructor(spool: Spool) {
    this.blocks = spool.blocks();
  }

  /** The next number; not to be asked for beyond the last. */
  next(): number {
    if (this.at === this.block.length) {
      this.block = this.blocks.next().value as LongArray;
      this.at = 0;
    }
    return this.block[this.at++];
  }
}

function bytesOf(array: LongArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
