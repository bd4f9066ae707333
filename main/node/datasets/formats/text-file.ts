import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { badInput, explain, throwIfCancelled } from '../failures.ts';
import type { Reading, TextOptions } from '../rows.ts';

export type Encoding = NonNullable<TextOptions['encoding']>;

/** A piece of decoded text. */
export interface TextChunk {
  readonly text: string;
  /** Whether bytes of this piece were no text in the encoding: they stand as U+FFFD. */
  readonly damaged: boolean;
  readonly last: boolean;
}

const chunkBytes = 1 << 18;
const probeBytes = 1 << 16;

/** The first bytes of a file. */
export async function firstBytes(path: string, count = probeBytes): Promise<Uint8Array> {
  const file = await openToRead(path);
  try {
    const buffer = new Uint8Array(count);
    const { bytesRead } = await file.read(buffer, 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Encoding by byte-order mark, else by the zero bytes that UTF-16 text of Western scripts is full of, else UTF-8. */
export function sniffEncoding(bytes: Uint8Array): { readonly encoding: Encoding; readonly markBytes: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  let evenZeros = 0;
  let oddZeros = 0;
  const length = Math.min(bytes.length, 4096) & ~1;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  const mostly = length * 0.35;
  if (oddZeros > mostly && evenZeros < mostly / 8) return { encoding: 'utf-16le', markBytes: 0 };
  if (evenZeros > mostly && oddZeros < mostly / 8) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}

/** Encoding of a small file that may be Latin-1, as MovieLens' older files are: UTF-8 where all of it is, else Latin-1. */
export async function utf8OrLatin1(path: string): Promise<Encoding> {
  const file = await openToRead(path);
  try {
    const { size } = await file.stat();
    if (size > 1 << 28) return 'utf-8';
    return isUtf8(await file.readFile()) ? 'utf-8' : 'latin1';
  } finally {
    await file.close();
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw badInput('is a folder, a file is needed', path);
    }
    return file;
  } catch (thrown) {
    throw explain(thrown, path);
  }
}

/** Decodes a file piece by piece; the byte-order mark is taken off. Memory is bounded by the piece. */
export async function* readText(path: string, reading: Reading, encoding?: Encoding): AsyncGenerator<TextChunk> {
  const file = await openToRead(path);
  try {
    const buffer = new Uint8Array(chunkBytes);
    let decoder: TextDecoder | undefined;
    let chosen: Encoding = 'utf-8';
    for (;;) {
      throwIfCancelled(reading.signal);
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
      let bytes = buffer.subarray(0, bytesRead);
      reading.advance(bytesRead);
      if (decoder === undefined) {
        const sniffed = sniffEncoding(bytes);
        chosen = encoding ?? sniffed.encoding;
        decoder = new TextDecoder(chosen, { ignoreBOM: true });
        bytes = bytes.subarray(chosen === sniffed.encoding ? sniffed.markBytes : 0);
      }
      const last = bytesRead === 0;
      const text = decoder.decode(bytes, { stream: !last });
      const damaged = text.includes('\ufffd') && !(chosen === 'utf-8' && isUtf8(wholeCharacters(bytes)));
      yield { text, damaged, last };
      if (last) return;
    }
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    await file.close();
  }
}

/** The bytes without a character that began before or ends after them. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && start < 3 && (bytes[start] & 0xc0) === 0x80) start++;
  let end = bytes.length;
  for (let back = 1; back <= 4 && back <= bytes.length - start; back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) end = bytes.length - back;
    break;
  }
  return bytes.subarray(start, end);
}
