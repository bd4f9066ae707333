import { arrayOf, chunkElements, type ArrayName, type LongArray } from '../parts.ts';
import type { Spool } from './spool.ts';
import type { TextBlock, TextSpool } from './text-spool.ts';

interface Reading {
  /** Begins a translation of the numbers: called for each of them in order. */
  readonly translate?: () => (value: number) => number;
  /** Sees every chunk that is read. */
  readonly watch?: (chunk: LongArray) => void;
}

/** A long array of a data set that is not in memory. */
export class StoredNumbers {
  readonly name: ArrayName;
  readonly length: number;
  private readonly spool: Spool;
  private readonly reading: Reading;

  constructor(name: ArrayName, spool: Spool, reading: Reading = {}) {
    this.name = name;
    this.length = spool.length;
    this.spool = spool;
    this.reading = reading;
  }

  /** The numbers in chunks of `chunkElements`, the last one shorter. A chunk is overwritten by the next one. */
  *chunks(): Generator<LongArray> {
    const chunk = arrayOf(this.name, Math.min(chunkElements, this.length));
    const translate = this.reading.translate?.();
    let filled = 0;
    for (const block of this.spool.blocks()) {
      for (let taken = 0; taken < block.length;) {
        const more = Math.min(block.length - taken, chunk.length - filled);
        if (translate === undefined) chunk.set(block.subarray(taken, taken + more), filled);
        else for (let i = 0; i < more; i++) chunk[filled + i] = translate(block[taken + i]);
        taken += more;
        filled += more;
        if (filled < chunk.length) continue;
        yield this.seen(chunk);
        filled = 0;
      }
    }
    if (filled > 0) yield this.seen(chunk.subarray(0, filled));
  }

  private seen(chunk: LongArray): LongArray {
    this.reading.watch?.(chunk);
    return chunk;
  }
}

/** A long list of texts of a data set that is not in memory. */
export class StoredTexts {
  private readonly spool: TextSpool;

  constructor(spool: TextSpool) {
    this.spool = spool;
  }

  get length(): number {
    return this.spool.length;
  }

  /** The texts as JSON. No block reaches over a multiple of `chunkElements`. */
  blocks(): Generator<TextBlock> {
    return this.spool.blocks();
  }
}
