// Greedy DPP, 20 of 500 items with 64-wide vectors: Cholesky updates with rows of the kernel formed on demand, against
// a fresh Cholesky factor of every candidate set per place, as the definition has it.
import { dppQualityInto, selectDppInto, vectorKernelRow } from '../../../shared/kernels/dpp.ts';
import { unitRows } from '../../../shared/kernels/normalise-scores.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const items = 500;
const width = 64;
const random = new Xoshiro(1, 'bench');
const vectors = unitRows(
  Float64Array.from({ length: items * width }, () => random.normal()),
  width,
);
const quality = dppQualityInto(
  new Float64Array(items),
  Float64Array.from({ length: items }, () => random.next()),
  0.7,
);
const row = vectorKernelRow(quality, vectors, width);
const kernel = Array.from({ length: items }, (_, j) => {
  const out = new Float64Array(items);
  row(out, j);
  return out;
});

/** log det of a minor by Cholesky. */
function logDeterminant(chosen: readonly number[]): number {
  const factor: number[][] = [];
  let sum = 0;
  for (let i = 0; i < chosen.length; i++) {
    factor.push([]);
    for (let j = 0; j <= i; j++) {
      let value = kernel[chosen[i]][chosen[j]];
      for (let k = 0; k < j; k++) value -= factor[i][k] * factor[j][k];
      factor[i].push(i === j ? Math.sqrt(value) : value / factor[j][j]);
    }
    sum += 2 * Math.log(factor[i][i]);
  }
  return sum;
}

function naive(): void {
  const picked: number[] = [];
  while (picked.length < 20) {
    let best = -1;
    let bestValue = -Infinity;
    for (let i = 0; i < items; i++) {
      if (picked.includes(i)) continue;
      const value = logDeterminant([...picked, i]);
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    picked.push(best);
  }
}

export const bench = {
  name: 'DPP, 20 of 500',
  baseline: naive,
  candidate(): void {
    selectDppInto(
      new Int32Array(20),
      quality.map((q) => q * q),
      row,
    );
  },
};
