import type { Plain } from '#shared/contract/values.ts';

/** Bytes of the typed arrays and texts in a value, each array counted once: the size of a learned state. */
export function bytesOf(value: Plain, counted = new Set<object>()): number {
  if (typeof value === 'string') return value.length * 2;
  if (typeof value === 'number') return 8;
  if (value === null || typeof value !== 'object') return 1;
  if (counted.has(value)) return 0;
  counted.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const one of Object.values(value)) bytes += bytesOf(one as Plain, counted);
  return bytes;
}
