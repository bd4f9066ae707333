import { describe, expect, it } from 'vitest';
import {
  logLoss,
  machineLogit,
  machineLogits,
  MachineTrainer,
  newFactorizationMachine,
  sigmoid,
} from './factorization-machine.ts';
import type { FactorizationMachine } from './factorization-machine.ts';
import { Xoshiro } from './random.ts';
import type { SparseRows } from './sparse.ts';

function randomRows(rows: number, cols: number, random: Xoshiro): SparseRows {
  const starts = new Int32Array(rows + 1);
  const columns: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) if (random.next() < 0.4) columns.push(c);
    starts[r + 1] = columns.length;
  }
  return {
    rows,
    cols,
    starts,
    columns: Int32Array.from(columns),
    values: Float32Array.from(columns, () => random.normal()),
  };
}

/** b + sum w x + sum over pairs i < j of <v_i, v_j> x_i x_j, term by term. */
function naiveLogit(machine: FactorizationMachine, rows: SparseRows, r: number): number {
  const { width, table, bias } = machine;
  let logit = bias[0];
  for (let p = rows.starts[r]; p < rows.starts[r + 1]; p++) {
    const x = rows.values?.[p] ?? 1;
    logit += table[rows.columns[p] * (width + 1) + width] * x;
    for (let q = p + 1; q < rows.starts[r + 1]; q++) {
      for (let d = 0; d < width; d++) {
        logit +=
          table[rows.columns[p] * (width + 1) + d] *
          table[rows.columns[q] * (width + 1) + d] *
          x *
          (rows.values?.[q] ?? 1);
      }
    }
  }
  return logit;
}

describe('factorization machine', () => {
  it('computes a row by hand', () => {
    // v0 = (1, 2), v1 = (3, -1), w = 0.5, -0.25, b = 0.1; x = (2, 1): 0.1 + 1 - 0.25 + 2·(3 - 2) = 2.85
    const machine = { width: 2, bias: Float32Array.of(0.1), table: Float32Array.of(1, 2, 0.5, 3, -1, -0.25) };
    const rows = {
      rows: 1,
      cols: 2,
      starts: Int32Array.of(0, 2),
      columns: Int32Array.of(0, 1),
      values: Float32Array.of(2, 1),
    };
    expect(machineLogit(machine, rows, 0, new Float64Array(2))).toBeCloseTo(2.85, 6);
  });

  it('equals the sum over pairs', () => {
    const random = new Xoshiro(1, 'pairs');
    const rows = randomRows(30, 12, random);
    const machine = newFactorizationMachine(12, 4, 0.5, random);
    machineLogits(machine, rows).forEach((logit, r) => expect(logit).toBeCloseTo(naiveLogit(machine, rows, r), 4));
  });

  it('steps along the numerical gradient', () => {
    const random = new Xoshiro(2, 'gradient');
    const rows = randomRows(5, 6, random);
    const labels = Float32Array.of(1, 0, 1, 1, 0);
    const machine = newFactorizationMachine(6, 3, 0.5, random);
    const loss = (m: FactorizationMachine): number =>
      machineLogits(m, rows).reduce((sum, z, r) => sum + logLoss(z, labels[r]), 0) / 5;
    const before = machine.table.slice();
    const slopes = before.map((_, i) => {
      const up = { ...machine, table: before.slice() };
      const down = { ...machine, table: before.slice() };
      up.table[i] += 1e-2;
      down.table[i] -= 1e-2;
      return (loss(up) - loss(down)) / 2e-2;
    });
    // The first step of Adam is rate · sign(gradient), so it shows the sign of every entry.
    new MachineTrainer(machine, { rows, labels }, { rate: 1e-3 }).step(Int32Array.of(0, 1, 2, 3, 4), 0, 5);
    slopes.forEach((slope, i) => {
      if (Math.abs(slope) > 1e-3) expect(machine.table[i] - before[i]).toBeCloseTo(-1e-3 * Math.sign(slope), 5);
    });
  });

  it('learns an interaction that no linear model can', () => {
    const columns = Int32Array.of(0, 2, 0, 3, 1, 2, 1, 3);
    const rows = { rows: 4, cols: 4, starts: Int32Array.of(0, 2, 4, 6, 8), columns };
    const labels = Float32Array.of(1, 0, 0, 1);
    const machine = newFactorizationMachine(4, 4, 0.1, new Xoshiro(3));
    const trainer = new MachineTrainer(machine, { rows, labels }, { rate: 0.05 });
    for (let i = 0; i < 300; i++) trainer.step(Int32Array.of(0, 1, 2, 3), 0, 4);
    machineLogits(machine, rows).forEach((logit, r) => expect(Math.round(sigmoid(logit))).toBe(labels[r]));
  });
});

it('keeps probabilities and losses finite at the ends', () => {
  expect([sigmoid(-1000), sigmoid(0), sigmoid(1000)]).toEqual([0, 0.5, 1]);
  expect([logLoss(1000, 1), logLoss(1000, 0), logLoss(0, 1)]).toEqual([0, 1000, Math.log(2)]);
});
