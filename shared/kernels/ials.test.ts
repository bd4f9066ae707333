import { describe, expect, it } from 'vitest';
import {
  gramInto,
  ialsLoss,
  IalsWorkspace,
  refreshGram,
  rowPenalties,
  solveRows,
  startIals,
  type IalsOptions,
  type IalsProblem,
} from './ials.ts';
import { Xoshiro } from './random.ts';
import { buildRows, type SparseRows } from './sparse.ts';

const options: IalsOptions = {
  factors: 6,
  unobservedWeight: 0.3,
  regularisation: 0.02,
  frequencyExponent: 1,
  steps: 3,
};

function randomUsers(weighted = false): SparseRows {
  const random = new Xoshiro(2, 'ials');
  const draw = (below: number): Int32Array => Int32Array.from({ length: 300 }, () => random.integer(below));
  const values = weighted ? Float32Array.from({ length: 300 }, () => 0.5 + random.next()) : undefined;
  // User 39 and item 29 stay without events.
  return buildRows({ rows: 40, cols: 30 }, draw(39), draw(29), values);
}

function halfIteration(problem: IalsProblem, side: 'users' | 'items', with_: IalsOptions = options): void {
  refreshGram(problem[side], with_);
  solveRows(problem[side], 0, problem[side].matrix.rows, with_, new IalsWorkspace(with_.factors));
}

/** The loss as written in the paper: over every cell of the dense matrix. */
function naiveLoss(problem: IalsProblem, with_: IalsOptions): number {
  const { matrix, solved, fixed } = problem.users;
  const f = with_.factors;
  let loss = 0;
  for (let u = 0; u < matrix.rows; u++) {
    for (let i = 0; i < matrix.cols; i++) {
      let dot = 0;
      for (let k = 0; k < f; k++) dot += solved[u * f + k] * fixed[i * f + k];
      loss += with_.unobservedWeight * dot * dot;
      for (let p = matrix.starts[u]; p < matrix.starts[u + 1]; p++) {
        if (matrix.columns[p] === i) loss += (matrix.values?.[p] ?? 1) * (dot - 1) ** 2;
      }
    }
  }
  for (const { matrix: rows, solved: table } of [problem.users, problem.items]) {
    for (let r = 0; r < rows.rows; r++) {
      const scale =
        (rows.starts[r + 1] - rows.starts[r] + with_.unobservedWeight * rows.cols) ** with_.frequencyExponent;
      for (let k = 0; k < f; k++) loss += with_.regularisation * scale * table[r * f + k] ** 2;
    }
  }
  return loss;
}

describe('iALS', () => {
  it.each([false, true])('reports the loss of its definition; with values: %s', (weighted) => {
    const problem = startIals(randomUsers(weighted), options, new Xoshiro(1, 'start'));
    halfIteration(problem, 'users');
    halfIteration(problem, 'items');
    expect(ialsLoss(problem, options)).toBeCloseTo(naiveLoss(problem, options), 6);
  });

  it.each([false, true])(
    'solves a row exactly when it may take as many steps as there are factors; with values: %s',
    (weighted) => {
      const exact = { ...options, steps: 30 };
      const problem = startIals(randomUsers(weighted), exact, new Xoshiro(1, 'start'));
      halfIteration(problem, 'users', exact);
      // At the minimum over one user the gradient of the loss is zero: nudging any number either way makes it larger.
      const best = naiveLoss(problem, exact);
      for (const place of [0, 7, 20, 101]) {
        for (const nudge of [1e-2, -1e-2]) {
          const kept = problem.users.solved[place];
          problem.users.solved[place] = kept + nudge;
          expect(naiveLoss(problem, exact)).toBeGreaterThan(best);
          problem.users.solved[place] = kept;
        }
      }
    },
  );

  it('never raises the loss', () => {
    const problem = startIals(randomUsers(), options, new Xoshiro(1, 'start'));
    let before = ialsLoss(problem, options);
    for (let half = 0; half < 16; half++) {
      halfIteration(problem, half % 2 === 0 ? 'users' : 'items');
      const after = ialsLoss(problem, options);
      expect(after).toBeLessThanOrEqual(before * (1 + 1e-6));
      before = after;
    }
  });

  it('gives the same bits however the rows are divided, and zero vectors to rows without cells', () => {
    const whole = startIals(randomUsers(), options, new Xoshiro(1, 'start'));
    const parts = startIals(randomUsers(), options, new Xoshiro(1, 'start'));
    halfIteration(whole, 'users');
    refreshGram(parts.users, options);
    const workspace = new IalsWorkspace(options.factors);
    for (const [from, to] of [
      [25, 40],
      [0, 3],
      [3, 25],
    ])
      solveRows(parts.users, from, to, options, workspace);
    expect(parts.users.solved).toEqual(whole.users.solved);
    expect([...whole.users.solved.subarray(39 * 6)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('computes Gram matrices for any number of rows', () => {
    const random = new Xoshiro(6, 'gram');
    for (const rows of [0, 1, 3, 4, 9]) {
      const table = Float32Array.from({ length: rows * 3 }, () => random.normal());
      const gram = new Float64Array(9);
      gramInto(gram, table, 3, 2);
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          let sum = 0;
          for (let r = 0; r < rows; r++) sum += table[r * 3 + a] * table[r * 3 + b];
          expect(gram[a * 3 + b]).toBeCloseTo(2 * sum, 10);
        }
      }
    }
  });

  it('scales the regularisation by frequency', () => {
    const users = buildRows({ rows: 2, cols: 10 }, Int32Array.of(0, 0, 0), Int32Array.of(1, 2, 3));
    expect([...rowPenalties(users, { ...options, frequencyExponent: 0 })]).toEqual([0.02, 0.02]);
    const scaled = rowPenalties(users, options);
    expect(scaled[0]).toBeCloseTo(0.02 * (3 + 0.3 * 10), 12);
    expect(scaled[1]).toBeCloseTo(0.02 * 3, 12);
  });
});
