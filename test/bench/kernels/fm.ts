import {
  machineLogits,
  MachineTrainer,
  newFactorizationMachine,
  sigmoid,
} from '../../../shared/kernels/factorization-machine.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import type { Bench } from '../measure.ts';

const [examples, fields, names, width] = [512, 10, 5_000, 16];
const random = new Xoshiro(1, 'factorization machine');
const columns = Int32Array.from({ length: examples * fields }, (_, p) => (p % fields) * names + random.integer(names));
const rows = {
  rows: examples,
  cols: fields * names,
  starts: Int32Array.from({ length: examples + 1 }, (_, r) => r * fields),
  columns,
};
const labels = Float32Array.from({ length: examples }, () => random.integer(2));
const order = Int32Array.from({ length: examples }, (_, row) => row);
const machine = newFactorizationMachine(rows.cols, width, 0.01, random);
const trainer = new MachineTrainer(machine, { rows, labels }, { rate: 1e-3 });
const table = machine.table.slice();

/** One step on 512 rows of 10 names out of 50,000: pair by pair over the whole table, against sums and touched rows. */
export const bench: Bench = {
  name: 'factorization machine step, 512 rows',
  baseline() {
    const gradient = new Float32Array(table.length);
    const logits = machineLogits({ width, bias: machine.bias, table }, rows);
    for (let row = 0; row < examples; row++) {
      const slope = (sigmoid(logits[row]) - labels[row]) / examples;
      for (let p = row * fields; p < (row + 1) * fields; p++) {
        const at = columns[p] * (width + 1);
        gradient[at + width] += slope;
        for (let q = row * fields; q < (row + 1) * fields; q++) {
          if (q === p) continue;
          for (let d = 0; d < width; d++) gradient[at + d] += slope * table[columns[q] * (width + 1) + d];
        }
      }
    }
    for (let i = 0; i < table.length; i++) table[i] -= 1e-3 * gradient[i];
  },
  candidate: () => void trainer.step(order, 0, examples),
};
