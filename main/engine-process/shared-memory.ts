import type { Plain } from '#shared/contract/values.ts';

type Typed = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array | Int8Array;

/** Arrays below this size are cheaper to copy than to share. */
const smallest = 4_096;

/**
 * The same value with its large arrays on shared memory, so that posting it to another thread copies none of them.
 * Arrays that already are stay as they are; an array that occurs twice stays one array.
 */
export function onSharedMemory<Value>(value: Value): Value {
  return share(value as Plain, new Map()) as Value;
}

function share(value: Plain, moved: Map<object, Plain>): Plain {
  if (value === null || typeof value !== 'object') return value;
  const known = moved.get(value);
  if (known !== undefined) return known;
  const made = ArrayBuffer.isView(value)
    ? shareArray(value as Typed)
    : Array.isArray(value)
      ? shareList(value, moved)
      : shareRecord(value as Record<string, Plain>, moved);
  moved.set(value, made);
  return made;
}

function shareArray(array: Typed): Typed {
  if (array.byteLength < smallest || array.buffer instanceof SharedArrayBuffer) return array;
  const Maker = array.constructor as new (buffer: SharedArrayBuffer) => Typed;
  const copy = new Maker(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
}

function shareList(list: readonly Plain[], moved: Map<object, Plain>): readonly Plain[] {
  if (list.length === 0 || typeof list[0] !== 'object') return list;
  return list.map((one) => share(one, moved));
}

function shareRecord(record: Readonly<Record<string, Plain>>, moved: Map<object, Plain>): Plain {
  const made: Record<string, Plain> = {};
  for (const key of Object.keys(record)) made[key] = share(record[key], moved);
  return made;
}
