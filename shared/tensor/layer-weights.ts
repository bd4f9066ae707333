import type { Random } from '#shared/kernels/random.ts';
import type { Block } from './gradient.ts';

/** Weights of a dense layer: matrix inputs × outputs, Glorot normal, and a bias of zeros. */
export function denseWeights(inputs: number, outputs: number, random: Random): Block[] {
  return [matrixWeights(inputs, outputs, random), { values: new Float32Array(outputs), shape: [outputs] }];
}

/** A matrix of normal deviates of variance 2 / (rows + columns) (Glorot and Bengio 2010). */
export function matrixWeights(rows: number, columns: number, random: Random): Block {
  const spread = Math.sqrt(2 / (rows + columns));
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < values.length; i++) values[i] = spread * random.normal();
  return { values, shape: [rows, columns] };
}

/** Factors for dropout, one per number: 0 for the share `dropped`, 1 / (1 - dropped) for the others. */
export function dropoutMask(size: number, dropped: number, random: Random): Float32Array {
  const mask = new Float32Array(size);
  const limit = dropped * 4294967296;
  const kept = 1 / (1 - dropped);
  for (let i = 0; i < size; i++) mask[i] = random.bits() < limit ? 0 : kept;
  return mask;
}
