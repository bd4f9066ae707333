import { createHash, type Hash } from 'node:crypto';
import { StoredNumbers, StoredTexts } from './columns/stored-arrays.ts';
import { chunkElements, skeletonOf, type Placeholder } from './parts.ts';
import type { Pause } from './pauses.ts';

/** What takes the bytes of long arrays: numbers as they lie in memory, texts as a JSON list. */
export interface ChunkSink {
  /** Announces an array before its bytes come. */
  open?(path: string, placeholder: Placeholder): void;
  put(path: string, start: number, bytes: Uint8Array): void;
}

export interface Sealed {
  readonly skeleton: unknown;
  readonly fingerprint: string;
}

export interface SealOptions {
  readonly sink: ChunkSink;
  readonly pause: Pause;
  /** Told the share of the elements that were read. */
  readonly advance?: (share: number) => void;
}

interface Part {
  readonly path: string;
  readonly placeholder: Placeholder;
  readonly stored: StoredNumbers | StoredTexts;
}

/**
 * Reads the long arrays of a data set once: each goes to the sink and into the fingerprint, which is the digest of the content, the name
 * left out: equal data, equal fingerprint.
 */
export async function sealContents(
  contents: Readonly<Record<string, unknown>>,
  { sink, pause, advance }: SealOptions,
): Promise<Sealed> {
  const { skeleton, parts } = takeApart({ ...contents, name: '' });
  const total = parts.reduce((sum, { stored }) => sum + stored.length, 0);
  const hash = createHash('sha256');
  hash.update(JSON.stringify(skeleton));
  let done = 0;
  for (const part of parts) {
    hash.update(`\n${part.path}\n`);
    sink.open?.(part.path, part.placeholder);
    for (const elements of chunksOf(part, hash, sink)) {
      done += elements;
      advance?.(done / total);
      await pause();
    }
  }
  return {
    skeleton: { ...(skeleton as object), name: contents['name'] },
    fingerprint: hash.digest('hex').slice(0, 32),
  };
}

/** Takes stored contents apart. */
function takeApart(contents: unknown): { readonly skeleton: unknown; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const skeleton = skeletonOf(contents, (value, path) => {
    if (!(value instanceof StoredNumbers) && !(value instanceof StoredTexts)) return undefined;
    const $array = value instanceof StoredTexts ? 'texts' : value.name;
    const placeholder = { $array, length: value.length } as const;
    parts.push({ path, placeholder, stored: value });
    return placeholder;
  });
  return { skeleton, parts };
}

/** Reads one long array; gives the number of elements of each piece. */
function* chunksOf({ path, stored }: Part, hash: Hash, sink: ChunkSink): Generator<number> {
  if (stored instanceof StoredNumbers) {
    let start = 0;
    for (const chunk of stored.chunks()) {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      hash.update(bytes);
      sink.put(path, start, bytes);
      start += chunk.length;
      yield chunk.length;
    }
    return;
  }
  for (const { start, count, bytes } of stored.blocks()) {
    // The fingerprint sees one JSON list for each chunk of the columnar cache, however its texts come.
    hash.update(start % chunkElements === 0 ? '[' : ',');
    hash.update(bytes.subarray(1, -1));
    if ((start + count) % chunkElements === 0 || start + count === stored.length) hash.update(']');
    sink.put(path, start, bytes);
    yield count;
  }
}
