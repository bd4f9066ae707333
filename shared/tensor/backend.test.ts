import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import { loadBackend } from './backend.ts';
import { evaluate, slope } from './gradient.ts';
import type { Block } from './gradient.ts';
import { inBatchSoftmaxLoss } from './in-batch-softmax.ts';
import { cross, dense, dropout, logLossMean, lowRankCross, normaliseRows, sideBySide } from './operations.ts';

const require = createRequire(import.meta.url);
const host = { asset: (name: string) => readFile(require.resolve(name)) };
const random = new Xoshiro(1, 'tensors');
const block = (...shape: number[]): Block => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
});

beforeAll(async () => {
  expect((await loadBackend(host)).name).toBe('wasm');
});

type Loss = (...tensors: tf.Tensor[]) => tf.Scalar;
const sum = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(x, x)) as tf.Scalar;
const two = (x: tf.Tensor): tf.Tensor2D => x as tf.Tensor2D;
const one = (x: tf.Tensor): tf.Tensor1D => x as tf.Tensor1D;
const labels = Float32Array.of(1, 0, 0, 1, 0.5, 0, 1);
const mask = Float32Array.from({ length: 35 }, (_, i) => (i % 3 === 0 ? 0 : 1.5));
const items = Int32Array.of(1, 2, 1, 3, 4, 5, 6);

const cases: [string, Block[], Loss][] = [
  ['matMul', [block(7, 5), block(5, 4)], (a, b) => sum(tf.matMul(a, b))],
  ['matMul, left transposed', [block(5, 7), block(5, 4)], (a, b) => sum(tf.matMul(a, b, true, false))],
  ['matMul, right transposed', [block(7, 5), block(4, 5)], (a, b) => sum(tf.matMul(a, b, false, true))],
  ['matMul, both transposed, in batches', [block(3, 5, 7), block(3, 4, 5)], (a, b) => sum(tf.matMul(a, b, true, true))],
  [
    'broadcast add, sub, mul',
    [block(7, 5), block(5), block(7, 1)],
    (a, b, c) => sum(tf.mul(tf.sub(tf.add(a, b), tf.square(c)), b)),
  ],
  ['relu, reshape, sum of an axis', [block(7, 5)], (a) => sum(tf.sum(tf.reshape(tf.relu(a), [5, 7]), 1))],
  ['gather of rows', [block(6, 3)], (a) => sum(tf.gather(a, tf.tensor1d([0, 5, 5, 2, 0, 0], 'int32')))],
  ['dense', [block(7, 5), block(5, 4), block(4)], (x, w, b) => sum(dense(two(x), two(w), one(b)))],
  ['dense with relu', [block(7, 5), block(5, 4), block(4)], (x, w, b) => sum(dense(two(x), two(w), one(b), 'relu'))],
  [
    'cross',
    [block(7, 5), block(7, 5), block(5, 5), block(5)],
    (x0, x, w, b) => sum(cross(two(x0), two(x), two(w), one(b))),
  ],
  [
    'low-rank cross',
    [block(7, 5), block(7, 5), block(5, 2), block(2, 5), block(5)],
    (x0, x, d, u, b) => sum(lowRankCross(two(x0), two(x), { down: two(d), up: two(u), bias: one(b) })),
  ],
  ['side by side', [block(7, 5), block(7, 2)], (a, b) => sum(tf.mul(sideBySide(two(a), two(b)), block7x7()))],
  ['normalised rows', [block(7, 5), block(7, 5)], (a, b) => sum(tf.mul(normaliseRows(two(a)), b))],
  ['dropout', [block(7, 5)], (a) => sum(dropout(two(a), mask))],
  ['log loss', [block(7, 1)], (z) => logLossMean(z, labels, labels)],
  ['in-batch softmax', [block(7, 7)], (z) => inBatchSoftmaxLoss(two(z), { items, logChance: null, maskHits: true })],
];

function block7x7(): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: 49 }, (_, i) => Math.sin(i)),
    [7, 7],
  );
}

describe('gradients', () => {
  it.each(cases)(
    'of %s equal those of the cpu backend and of differences, and leave no tensor',
    async (_name, inputs, loss) => {
      await tf.setBackend('cpu');
      const oracle = slope(inputs, loss);
      await tf.setBackend('wasm');
      const before = tf.memory().numTensors;
      const found = slope(inputs, loss);
      expect(tf.memory().numTensors).toBe(before);
      expect(found.loss).toBeCloseTo(oracle.loss, 3);
      found.gradients.forEach((gradient, i) => {
        for (let c = 0; c < gradient.length; c++) {
          const size = Math.max(1, Math.abs(oracle.gradients[i][c]));
          expect(Math.abs(gradient[c] - oracle.gradients[i][c]) / size).toBeLessThan(1e-5);
          const numeric = difference(inputs, loss, i, c);
          expect(Math.abs(gradient[c] - numeric) / size).toBeLessThan(0.05);
        }
      });
    },
  );
});

/** Central difference of the loss by entry c of input i. */
function difference(inputs: Block[], loss: Loss, i: number, c: number): number {
  const moved = (by: number): number => {
    const values = inputs[i].values.slice();
    values[c] += by;
    return evaluate(
      inputs.map((input, at) => (at === i ? { ...input, values } : input)),
      loss,
    )[0];
  };
  return (moved(2e-3) - moved(-2e-3)) / 4e-3;
}

describe('evaluate', () => {
  it('gives a row the same numbers alone and among others', () => {
    const [w, b] = [block(33, 17), block(17)];
    const x = block(300, 33);
    const run = (rows: Float32Array): Float32Array =>
      evaluate([{ values: rows, shape: [rows.length / 33, 33] }, w, b], (a, by, bias) =>
        dense(two(a), two(by), one(bias), 'relu'),
      );
    const together = run(x.values);
    for (const r of [0, 1, 7, 298, 299]) {
      expect(run(x.values.slice(r * 33, (r + 1) * 33))).toEqual(together.slice(r * 17, (r + 1) * 17));
    }
  });

  it('reads weights as they are now, not as they were packed', () => {
    const [x, w, b] = [block(4, 8), block(8, 3), block(3)];
    const run = (): Float32Array => evaluate([x, w, b], (a, by, bias) => dense(two(a), two(by), one(bias)));
    const before = run();
    w.values.fill(0);
    expect(run()).not.toEqual(before);
    expect(run().slice(0, 3)).toEqual(b.values);
  });
});

describe('loadBackend', () => {
  it('gives the first answer to every later call: there is one backend per thread', async () => {
    expect((await loadBackend({ ...host, native: () => Promise.resolve() })).name).toBe('wasm');
  });

  it('takes the native backend where the host has one that computes', async () => {
    const script = (copied: string): string => `
      import { createRequire } from 'node:module';
      import { parentPort } from 'node:worker_threads';
      const require = createRequire(${JSON.stringify(import.meta.url)});
      const { loadBackend } = await import(${JSON.stringify(new URL('./backend.ts', import.meta.url).href)});
      const tf = require('@tensorflow/tfjs-core');
      const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu');
      async function native() {
        tf.registerBackend('tensorflow', () => new MathBackendCPU());
        ${copied}
      }
      parentPort.postMessage(await loadBackend({ native, asset: () => Promise.reject(new Error('not asked for')) }));
    `;
    expect(await workerSays(script("tf.copyRegisteredKernels('cpu', 'tensorflow');"))).toMatchObject({
      name: 'tfjs-node',
      passedOver: [],
    });
    // One that starts but cannot multiply is passed over.
    expect(await workerSays(script(''))).toMatchObject({
      name: 'cpu',
      passedOver: [expect.stringContaining('tfjs-node: '), 'wasm: not asked for'],
    });
  });

  it('works in a worker thread, installs no handler there, and falls back when parts are missing', async () => {
    const script = `
      import { parentPort } from 'node:worker_threads';
      import { loadBackend } from ${JSON.stringify(new URL('./backend.ts', import.meta.url).href)};
      import { nodeTensorHost } from ${JSON.stringify(new URL('../../main/node/tensor-host.ts', import.meta.url).href)};
      const handlers = process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
      const backend = await loadBackend({ ...nodeTensorHost, native: () => Promise.reject(new Error('broken\\nlines')) });
      parentPort.postMessage({ backend, more: process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection') - handlers });
    `;
    expect(await workerSays(script)).toEqual({
      backend: {
        name: 'wasm',
        title: expect.stringContaining('WebAssembly with SIMD'),
        passedOver: ['tfjs-node: broken'],
      },
      more: 0,
    });
    const without = `
      import { parentPort } from 'node:worker_threads';
      import { loadBackend } from ${JSON.stringify(new URL('./backend.ts', import.meta.url).href)};
      parentPort.postMessage(await loadBackend({ asset: () => Promise.reject(new Error('no such file')) }));
    `;
    expect(await workerSays(without)).toMatchObject({ name: 'cpu', passedOver: ['wasm: no such file'] });
  });
});

async function workerSays(script: string): Promise<unknown> {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), { execArgv: [] });
  try {
    const [message] = await once(worker, 'message');
    return message;
  } finally {
    await worker.terminate();
  }
}
