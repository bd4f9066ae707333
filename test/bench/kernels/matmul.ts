import { nodeTensorHost } from '../../../main/node/tensor-host.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { loadBackend } from '../../../shared/tensor/backend.ts';
import { evaluate } from '../../../shared/tensor/gradient.ts';
import { allPairs } from '../../../shared/tensor/operations.ts';
import type { Matrix } from '../../../shared/tensor/operations.ts';
import type { Bench } from '../measure.ts';

const size = 512;
const random = new Xoshiro(1, 'matmul');
const left = Float32Array.from({ length: size * size }, () => random.normal());
const right = Float32Array.from({ length: size * size }, () => random.normal());
const out = new Float32Array(size * size);
await loadBackend(nodeTensorHost);

/** A times B transposed, the product that every gradient of a dense layer needs. */
export const bench: Bench = {
  name: 'matmul 512³, right transposed',
  baseline() {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += left[i * size + k] * right[j * size + k];
        out[i * size + j] = sum;
      }
    }
  },
  candidate() {
    const shape = [size, size];
    evaluate(
      [
        { values: left, shape },
        { values: right, shape },
      ],
      (a, b) => allPairs(a as Matrix, b as Matrix, 1),
    );
  },
};
