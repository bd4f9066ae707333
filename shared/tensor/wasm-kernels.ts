import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

/** The part of tfjs' WebAssembly backend that kernels use. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32' | 'int32'): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  disposeData(dataId: object): boolean;
}

interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly backend: WasmBackend;
  readonly attrs: Readonly<Record<string, unknown>>;
}

let registered = false;

/** Adds the kernels that tfjs' WebAssembly backend lacks, and replaces those that are slow for training. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc: kernel(unsortedSegmentSum),
  });
  transposeFirst('BatchMatMul');
  transposeFirst('_FusedMatMul');
}

function kernel(body: (call: KernelCall) => TensorInfo): KernelFunc {
  return body as unknown as KernelFunc;
}

/** out[segmentIds[r]] += x[r]: the gradient of gathering rows, absent from the backend. */
function unsortedSegmentSum({ inputs, backend, attrs }: KernelCall): TensorInfo {
  const { x, segmentIds } = inputs;
  const segments = Number(attrs['numSegments']);
  const out = backend.makeOutput([segments, ...x.shape.slice(1)], 'float32');
  const width = x.shape.slice(1).reduce((size, length) => size * length, 1);
  // Views are taken after the allocation: it may have moved the heap.
  const sums = backend.typedArrayFromHeap(out);
  const from = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  sums.fill(0);
  for (let r = 0; r < x.shape[0]; r++) {
    const at = ids[r] * width;
    if (at < 0 || ids[r] >= segments) continue;
    for (let d = 0; d < width; d++) sums[at + d] += from[r * width + d];
  }
  return out;
}

/**
 * Products with a transposed operand leave XNNPACK for a scalar loop in this backend, and every gradient of a dense
 * layer has one. Transposing first is ten times faster.
 */
function transposeFirst(kernelName: 'BatchMatMul' | '_FusedMatMul'): void {
  const original: KernelConfig | undefined = tf.getKernel(kernelName, 'wasm');
  if (original === undefined) throw new Error(`tfjs has no wasm kernel ${kernelName}`);
  const multiply = original.kernelFunc;
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    ...original,
    kernelFunc: kernel((call) => {
      const { a, b } = call.inputs;
      const turnA = call.attrs['transposeA'] === true;
      const turnB = call.attrs['transposeB'] === true;
      const left = turnA ? transposed(a, call.backend) : a;
      const right = turnB ? transposed(b, call.backend) : b;
      const out = multiply({
        inputs: { ...call.inputs, a: left, b: right },
        backend: call.backend,
        attrs: { ...call.attrs, transposeA: false, transposeB: false },
      } as unknown as Parameters<KernelFunc>[0]) as TensorInfo;
      if (turnA) call.backend.disposeData(left.dataId);
      if (turnB) call.backend.disposeData(right.dataId);
      return out;
    }),
  });
}

/** Rows and columns of the last two axes changed over, in tiles that stay in the first-level cache. */
function transposed(x: TensorInfo, backend: WasmBackend): TensorInfo {
  const rank = x.shape.length;
  const rows = x.shape[rank - 2];
  const cols = x.shape[rank - 1];
  const shape = [...x.shape.slice(0, rank - 2), cols, rows];
  const out = backend.makeOutput(shape, 'float32');
  const into = backend.typedArrayFromHeap(out);
  const from = backend.typedArrayFromHeap(x);
  const matrices = shape.slice(0, rank - 2).reduce((size, length) => size * length, 1);
  for (let m = 0; m < matrices; m++) transposeTiles(into, from, rows, cols, m * rows * cols);
  return out;
}

function transposeTiles(
  into: Float32Array | Int32Array,
  from: Float32Array | Int32Array,
  rows: number,
  cols: number,
  base: number,
): void {
  const tile = 16;
  for (let r0 = 0; r0 < rows; r0 += tile) {
    const r1 = Math.min(rows, r0 + tile);
    for (let c0 = 0; c0 < cols; c0 += tile) {
      const c1 = Math.min(cols, c0 + tile);
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++) into[base + c * rows + r] = from[base + r * cols + c];
      }
    }
  }
}
