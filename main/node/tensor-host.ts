import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TensorHost } from '#shared/tensor/host.ts';

const require = createRequire(import.meta.url);

/** Bytes of a file of an installed package, by its import name: "@scope/package/folder/file.wasm". */
export function packageAsset(name: string): Promise<Uint8Array> {
  return readFile(require.resolve(name));
}

/** The tensor layer's host under Node and Electron, in the main thread or a worker. */
export const nodeTensorHost: TensorHost = {
  asset: packageAsset,
  native: loadNative,
  guard: withoutNewHandlers,
};

/** tfjs-node is no dependency: it is used where the user has installed it beside Runboard. */
function loadNative(): Promise<unknown> {
  const name = '@tensorflow/tfjs-node';
  try {
    require.resolve(name);
  } catch {
    return Promise.reject(new Error('not installed'));
  }
  return import(name);
}

const handled = ['uncaughtException', 'unhandledRejection'] as const;

/** Takes away the process-wide handlers that `start` installs, and no others. */
async function withoutNewHandlers<Result>(start: () => Promise<Result>): Promise<Result> {
  const before = handled.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  try {
    return await start();
  } finally {
    handled.forEach((event, e) => {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before[e].has(listener)) process.off(event, listener);
      }
    });
  }
}
