/** Typed arrays on shared memory: worker threads read them without a copy. */

export function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

export function sharedFloat32(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

export function sharedFloat64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Numbers in the smallest array that holds them exactly: Int32 for whole numbers with none missing, Float32, else Float64. */
export function narrow(values: Float64Array): Float64Array | Float32Array | Int32Array {
  let whole = true;
  let single = true;
  for (let i = 0; i < values.length && (whole || single); i++) {
    const value = values[i];
    if (whole && ((value | 0) !== value || Object.is(value, -0))) whole = false;
    if (single && Math.fround(value) !== value && value === value) single = false;
  }
  if (whole) return copyInto(sharedInt32(values.length), values);
  if (single) return copyInto(sharedFloat32(values.length), values);
  return copyInto(sharedFloat64(values.length), values);
}

function copyInto<A extends Float64Array | Float32Array | Int32Array>(target: A, values: Float64Array): A {
  target.set(values);
  return target;
}
