import { createHash } from 'node:crypto';
import type { Dataset } from '#shared/contract/values.ts';
import type { Pause } from './pauses.ts';

/** A data set taken apart: a skeleton of plain JSON, and the long arrays by their place in it. */
export type LongArray = Float64Array | Float32Array | Int32Array | Uint8Array;

export type Part =
  | { readonly path: string; readonly kind: 'numbers'; readonly values: LongArray }
  | { readonly path: string; readonly kind: 'texts'; readonly values: readonly string[] };

/** Elements per chunk of a long array. */
export const chunkElements = 65_536;

type Contents = Omit<Dataset, 'fingerprint'>;

const bytesPerElement = { Float64Array: 8, Float32Array: 4, Int32Array: 4, Uint8Array: 1 } as const;
export type ArrayName = keyof typeof bytesPerElement;

/** Where a long array stood. */
export interface Placeholder {
  readonly $array: ArrayName | 'texts';
  readonly length: number;
}

/** Takes a data set apart. Keys keep their order: the order of columns is part of what a data set is. */
export function takeApart(dataset: Contents): { readonly skeleton: unknown; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const visit = (value: unknown, path: string): unknown => {
    if (ArrayBuffer.isView(value)) {
      const values = value as LongArray;
      parts.push({ path, kind: 'numbers', values });
      return { $array: values.constructor.name as ArrayName, length: values.length } satisfies Placeholder;
    }
    if (Array.isArray(value)) {
      parts.push({ path, kind: 'texts', values: value as string[] });
      return { $array: 'texts', length: value.length } satisfies Placeholder;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, `${path}/${key}`)]));
  };
  return { skeleton: visit(dataset, ''), parts };
}

/** Puts a data set together again; `fill` gives the long array at a path. */
export function putTogether(
  skeleton: unknown,
  fill: (path: string, placeholder: Placeholder) => LongArray | string[],
): unknown {
  const visit = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$array' in value) return fill(path, value as Placeholder);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, `${path}/${key}`)]));
  };
  return visit(skeleton, '');
}

/** An empty array on shared memory, of a type by its name. */
export function sharedArray(name: ArrayName, length: number): LongArray {
  const bytes = length * bytesPerElement[name];
  const memory = new SharedArrayBuffer(bytes);
  switch (name) {
    case 'Float64Array':
      return new Float64Array(memory);
    case 'Float32Array':
      return new Float32Array(memory);
    case 'Int32Array':
      return new Int32Array(memory);
    case 'Uint8Array':
      return new Uint8Array(memory);
  }
}

/** Digest of the content of a data set, its name left out: equal data, equal fingerprint. */
export async function fingerprintOf(dataset: Contents, pause: Pause): Promise<string> {
  const { skeleton, parts } = takeApart({ ...dataset, name: '' });
  const hash = createHash('sha256');
  hash.update(JSON.stringify(skeleton));
  for (const part of parts) {
    hash.update(`\n${part.path}\n`);
    for (let start = 0; start < part.values.length; start += chunkElements) {
      hash.update(chunkBytes(part, start));
      await pause();
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** The bytes of one chunk of a part, from element `start` on: as they lie in memory, or as a JSON list of texts. */
export function chunkBytes(part: Part, start: number): Buffer {
  if (part.kind === 'texts') return Buffer.from(JSON.stringify(part.values.slice(start, start + chunkElements)));
  const chunk = part.values.subarray(start, start + chunkElements);
  return Buffer.from(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
}
