import type { Plain } from '#shared/contract/values.ts';

/** A value taken apart: a JSON text whose large parts are named blobs. */
export interface Bundle {
  readonly json: string;
  /** Names in the order of first use; the same array used twice is one blob. */
  readonly blobs: readonly string[];
}

type TypedArray =
  Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array | Int8Array;

const makers = {
  Float32Array,
  Float64Array,
  Int32Array,
  Uint32Array,
  Uint16Array,
  Int16Array,
  Uint8Array,
  Int8Array,
} as const;
type MakerName = keyof typeof makers;

/** A list of strings at least this long is kept as a blob instead of in the JSON text. */
const longList = 64;

/**
 * Takes a value apart. `keep` stores bytes under a name of its choosing (a digest) and is asked once per array object.
 * The JSON marks: {"$": "Float32Array", "blob": name} for arrays, {"$": "strings", …} for long lists of strings,
 * {"$": "number", "is": "NaN"} for what JSON lacks.
 */
export function takeApart(value: Plain, keep: (bytes: Uint8Array, source: object) => string): Bundle {
  const names = new Set<string>();
  const keepOne = (bytes: Uint8Array, source: object): string => {
    const name = keep(bytes, source);
    names.add(name);
    return name;
  };
  const json = JSON.stringify(mark(value, keepOne));
  return { json, blobs: [...names] };
}

/** Puts a value together again; `blob` gives the bytes of a name. Arrays are views of those bytes where alignment allows. */
export function putTogether(json: string, blob: (name: string) => Uint8Array): Plain {
  const kept = new Map<string, Plain>();
  return unmark(JSON.parse(json), (key, make) => {
    let made = kept.get(key);
    if (made === undefined) kept.set(key, (made = make(blob)));
    return made;
  });
}

function isTyped(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function mark(value: Plain, keep: (bytes: Uint8Array, source: object) => string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', is: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (isTyped(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { $: value.constructor.name, blob: keep(bytes, value) };
  }
  if (Array.isArray(value)) {
    if (value.length >= longList && value.every((one) => typeof one === 'string')) {
      return { $: 'strings', blob: keep(joinStrings(value), value), count: value.length };
    }
    return value.map((one: Plain) => mark(one, keep));
  }
  const marked: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) if (one !== undefined) marked[key] = mark(one as Plain, keep);
  return '$' in marked ? { $: 'record', of: marked } : marked;
}

function unmark(
  value: unknown,
  keep: (key: string, make: (blob: (name: string) => Uint8Array) => Plain) => Plain,
): Plain {
  if (value === null || typeof value !== 'object') return value as Plain;
  if (Array.isArray(value)) return value.map((one) => unmark(one, keep));
  const record = value as Record<string, unknown>;
  const type = record['$'];
  if (type === undefined) return unmarkRecord(record, keep);
  if (type === 'record') return unmarkRecord(record['of'] as Record<string, unknown>, keep);
  if (type === 'number') return Number(record['is']);
  const name = record['blob'] as string;
  if (type === 'strings') return keep(`strings ${name}`, (blob) => splitStrings(blob(name), record['count'] as number));
  return keep(`${type as string} ${name}`, (blob) => typedArray(type as MakerName, blob(name)));
}

function unmarkRecord(record: Record<string, unknown>, keep: Parameters<typeof unmark>[1]): Plain {
  const made: Record<string, Plain> = {};
  for (const key of Object.keys(record)) made[key] = unmark(record[key], keep);
  return made;
}

function typedArray(type: MakerName, bytes: Uint8Array): TypedArray {
  const Maker = makers[type];
  const aligned = bytes.byteOffset % Maker.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new Maker(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / Maker.BYTES_PER_ELEMENT);
}

/** Lengths in UTF-16 code units as 32-bit numbers, then all code units: exact for lone surrogates too. */
function joinStrings(strings: readonly string[]): Uint8Array {
  let units = 0;
  for (const one of strings) units += one.length;
  const bytes = new Uint8Array(strings.length * 4 + units * 2);
  const lengths = new Uint32Array(bytes.buffer, 0, strings.length);
  const codes = new Uint16Array(bytes.buffer, strings.length * 4, units);
  let next = 0;
  for (let i = 0; i < strings.length; i++) {
    const one = strings[i];
    lengths[i] = one.length;
    for (let c = 0; c < one.length; c++) codes[next++] = one.charCodeAt(c);
  }
  return bytes;
}

function splitStrings(bytes: Uint8Array, count: number): string[] {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const lengths = new Uint32Array(aligned.buffer, aligned.byteOffset, count);
  const codes = new Uint16Array(aligned.buffer, aligned.byteOffset + count * 4, (aligned.byteLength - count * 4) / 2);
  const strings = new Array<string>(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    let made = '';
    const end = next + lengths[i];
    while (next < end) {
      const stop = Math.min(end, next + 8192);
      made += String.fromCharCode(...codes.subarray(next, stop));
      next = stop;
    }
    strings[i] = made;
  }
  return strings;
}
