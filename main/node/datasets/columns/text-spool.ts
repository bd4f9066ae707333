import { chunkElements } from '../parts.ts';
import type { Scratch } from './scratch.ts';

/** UTF-16 units of text that are kept in memory at most, but for the last text. */
const mostUnits = 32_768;

/** Texts up to here are never slices of others. */
const shortUnits = 12;

/** Texts as a JSON list. */
export interface TextBlock {
  /** Place of the first text among all. */
  readonly start: number;
  readonly count: number;
  /** Overwritten by the next block. */
  readonly bytes: Buffer;
}

/** A growing list of texts of which only the last few are in memory, the others in a scratch file. */
export class TextSpool {
  length = 0;
  private pending: string[] = [];
  private units = 0;
  private readonly starts: number[] = [];
  private readonly places: number[] = [];
  private readonly sizes: number[] = [];
  private buffer = Buffer.alloc(0);
  private readonly scratch: Scratch;

  constructor(scratch: Scratch) {
    this.scratch = scratch;
  }

  push(text: string): void {
    // A copy: a slice would hold on to the whole piece of the file that it was cut from.
    this.pending.push(text.length > shortUnits ? Buffer.from(text, 'utf16le').toString('utf16le') : text);
    this.units += text.length;
    this.length++;
    // No block reaches from one chunk of a columnar cache into the next.
    if (this.units >= mostUnits || this.length % chunkElements === 0) this.flush();
  }

  private flush(): void {
    const bytes = jsonOf(this.pending);
    this.starts.push(this.length - this.pending.length);
    this.places.push(this.scratch.append(bytes));
    this.sizes.push(bytes.length);
    this.pending = [];
    this.units = 0;
  }

  /** All texts, block by block. */
  *blocks(): Generator<TextBlock> {
    for (let b = 0; b < this.places.length; b++) yield this.block(b);
    const { length } = this.pending;
    if (length > 0) yield { start: this.length - length, count: length, bytes: jsonOf(this.pending) };
  }

  private block(b: number): TextBlock {
    if (this.buffer.length < this.sizes[b]) this.buffer = Buffer.alloc(this.sizes[b]);
    const bytes = this.buffer.subarray(0, this.sizes[b]);
    this.scratch.read(this.places[b], bytes);
    const end = this.starts[b + 1] ?? this.length - this.pending.length;
    return { start: this.starts[b], count: end - this.starts[b], bytes };
  }

  /** All texts, one by one. */
  *texts(): Generator<string> {
    for (const { bytes } of this.blocks()) yield* textsOf(bytes);
  }

  at(index: number): string {
    const inMemory = this.length - this.pending.length;
    if (index >= inMemory) return this.pending[index - inMemory];
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= index) low = middle;
      else high = middle - 1;
    }
    return textsOf(this.block(low).bytes)[index - this.starts[low]];
  }
}

function jsonOf(texts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(texts));
}

function textsOf(json: Buffer): string[] {
  return JSON.parse(json.toString()) as string[];
}
