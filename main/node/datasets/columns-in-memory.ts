import type { Dataset } from '#shared/contract/values.ts';
import { putTogether, sharedArray, type LongArray, type Placeholder } from './parts.ts';
import type { ChunkSink } from './seal.ts';

/** Takes the columns of a data set into arrays on shared memory. */
export class ColumnsInMemory implements ChunkSink {
  private readonly arrays = new Map<string, LongArray | string[]>();

  open(path: string, { $array, length }: Placeholder): void {
    this.arrays.set(path, $array === 'texts' ? [] : sharedArray($array, length));
  }

  put(path: string, start: number, bytes: Uint8Array): void {
    const array = this.arrays.get(path);
    if (array === undefined) return;
    if (!Array.isArray(array)) new Uint8Array(array.buffer).set(bytes, start * array.BYTES_PER_ELEMENT);
    else for (const text of JSON.parse(Buffer.from(bytes).toString()) as string[]) array.push(text);
  }

  /** The data set that a skeleton and the arrays make. */
  contents(skeleton: unknown): Omit<Dataset, 'fingerprint'> {
    return putTogether(skeleton, (path) => this.arrays.get(path) as LongArray | string[]) as Omit<
      Dataset,
      'fingerprint'
    >;
  }
}

/** Two sinks as one. */
export function both(a: ChunkSink, b: ChunkSink): ChunkSink {
  return {
    open(path, placeholder) {
      a.open?.(path, placeholder);
      b.open?.(path, placeholder);
    },
    put(path, start, bytes) {
      a.put(path, start, bytes);
      b.put(path, start, bytes);
    },
  };
}
