import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { TensorHost } from './host.ts';
import { registerGradients } from './gradients.ts';
import { registerWasmKernels } from './wasm-kernels.ts';

export type BackendName = 'tfjs-node' | 'wasm' | 'cpu';

/** The backend in use, for the environment of a run. */
export interface TensorBackend {
  readonly name: BackendName;
  /** As "tfjs 4.22.0, WebAssembly with SIMD". */
  readonly title: string;
  /** Why a faster backend is not in use, one line each. */
  readonly passedOver: readonly string[];
}

const packageFolder = '@tensorflow/tfjs-backend-wasm/dist/';

let loading: Promise<TensorBackend> | undefined;

/**
 * Starts the fastest backend that works here: native where installed, else WebAssembly, else plain JavaScript.
 * Called again it gives the same answer: there is one backend per thread.
 */
export function loadBackend(host: TensorHost): Promise<TensorBackend> {
  loading ??= start(host);
  return loading;
}

async function start(host: TensorHost): Promise<TensorBackend> {
  // Without it the cpu backend prints an advertisement.
  tf.enableProdMode();
  registerGradients();
  const passedOver: string[] = [];
  if (host.native !== undefined) {
    try {
      await host.native();
      await use('tensorflow');
      return { name: 'tfjs-node', title: `tfjs-node ${tf.version_core}`, passedOver };
    } catch (error) {
      passedOver.push(`tfjs-node: ${firstLine(error)}`);
    }
  }
  try {
    const simd = await startWasm(host);
    return { name: 'wasm', title: `tfjs ${tf.version_core}, WebAssembly${simd ? ' with SIMD' : ''}`, passedOver };
  } catch (error) {
    passedOver.push(`wasm: ${firstLine(error)}`);
  }
  await use('cpu');
  return { name: 'cpu', title: `tfjs ${tf.version_core}, plain JavaScript`, passedOver };
}

async function startWasm(host: TensorHost): Promise<boolean> {
  const simd = Boolean(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'));
  const bytes = await host.asset(`${packageFolder}tfjs-backend-wasm${simd ? '-simd' : ''}.wasm`);
  // The backend asks the platform to fetch its binary; it is handed the bytes of the host instead, so nothing is fetched.
  const platform = tf.env().platform;
  const fetchBefore = platform.fetch;
  platform.fetch = () => Promise.resolve({ ok: true, arrayBuffer: () => Promise.resolve(bytes) });
  try {
    setWasmPaths(packageFolder, true);
    const guard = host.guard ?? (<Result>(begin: () => Promise<Result>) => begin());
    await guard(() => use('wasm'));
  } finally {
    platform.fetch = fetchBefore;
  }
  registerWasmKernels();
  return simd;
}

/** Makes a backend current and proves it on a product. */
async function use(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend did not start`);
  await tf.ready();
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1])).dataSync()[0]);
  if (product !== 11) throw new Error(`the ${backend} backend computes ${product} for 1·3 + 2·4`);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0];
}
