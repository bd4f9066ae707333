/** A data set taken apart: a skeleton of plain JSON, and the long arrays by their place in it. */
export type LongArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** Elements per chunk of a long array. */
export const chunkElements = 65_536;

const bytesPerElement = { Float64Array: 8, Float32Array: 4, Int32Array: 4, Uint8Array: 1 } as const;
export type ArrayName = keyof typeof bytesPerElement;

/** Where a long array stood. */
export interface Placeholder {
  readonly $array: ArrayName | 'texts';
  readonly length: number;
}

/**
 * Takes a data set apart; `leave` says what stands in the place of a value that is no plain JSON. Keys keep their order: the order of
 * columns is part of what a data set is.
 */
export function skeletonOf(
  contents: unknown,
  leave: (value: object, path: string) => Placeholder | undefined,
): unknown {
  const visit = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const placeholder = leave(value, path);
    if (placeholder !== undefined) return placeholder;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, `${path}/${key}`)]));
  };
  return visit(contents, '');
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

/** An empty array of a type by its name. */
export function arrayOf(name: ArrayName, length: number): LongArray {
  return arrayOn(name, new ArrayBuffer(length * bytesPerElement[name]));
}

/** The same on shared memory: worker threads read it without a copy. */
export function sharedArray(name: ArrayName, length: number): LongArray {
  return arrayOn(name, new SharedArrayBuffer(length * bytesPerElement[name]));
}

function arrayOn(name: ArrayName, memory: ArrayBuffer | SharedArrayBuffer): LongArray {
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
