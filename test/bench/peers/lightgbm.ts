import { auc } from '../../../shared/kernels/auc.ts';
import { defaultBoostingSettings, trainForest } from '../../../shared/kernels/gbdt/boosting.ts';
import { predictInto } from '../../../shared/kernels/gbdt/predict.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const rows = 100_000;
const train = 80_000;
const features = 28;

/** The number of a cell, uniform in [0, 1): the same 32-bit hash as in lightgbm.py. */
function hashed(cell: number): number {
  let x = (Math.imul(cell, 2_654_435_761) + 12_345) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 4_294_967_296;
}

const columns = Array.from({ length: features + 1 }, (_, f) =>
  Float64Array.from({ length: rows }, (_cell, row) => hashed(row * (features + 1) + f)),
);
const noise = columns[features];
const labels = Float64Array.from(noise, (drawn, row) => {
  const [a, b, c, d] = columns.map((column) => column[row]);
  return Number(a + 2 * b * c + (d > 0.5 ? 0.5 : 0) + drawn > 1.75);
});
const used = columns.slice(0, features);
const training = {
  columns: used.map((column) => column.subarray(0, train)),
  labels: { values: labels.subarray(0, train) },
};
const start = performance.now();
const { forest } = trainForest(training, new Uint8Array(features), defaultBoostingSettings, new Xoshiro(1));
const seconds = (performance.now() - start) / 1000;
const scores = new Float64Array(rows - train);
predictInto(
  scores,
  forest,
  used.map((column) => column.subarray(train)),
);
console.log(
  JSON.stringify({ name: 'gbdt', peer: 'runboard', seconds, quality: { auc: auc(scores, labels.subarray(train)) } }),
);
