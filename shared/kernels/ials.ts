import type { Random } from './random.ts';
import { transpose, type SparseRows } from './sparse.ts';

/** The loss of iALS and how it is minimised. */
export interface IalsOptions {
  /** Length of a factor vector, from 1. */
  readonly factors: number;
  /** α0, above 0: weight of the squared score of every cell, observed or not. */
  readonly unobservedWeight: number;
  /** λ, from 0, before scaling by frequency. */
  readonly regularisation: number;
  /** ν: 0 regularises all rows alike, 1 in proportion to the weight of their cells. */
  readonly frequencyExponent: number;
  /** Conjugate-gradient steps per row and half-iteration; 3 from a warm start suffice. */
  readonly steps: number;
}

/** One half of the problem: the rows of `matrix` are solved for, the columns are held fixed. */
export interface IalsSide {
  readonly matrix: SparseRows;
  /** Factor vectors of the rows (row-major): warm start on entry, solution on return. */
  readonly solved: Float32Array;
  /** Factor vectors of the columns. */
  readonly fixed: Float32Array;
  /** α0 FᵀF over the fixed vectors; see `refreshGram`. */
  readonly gram: Float64Array;
  /** Regularisation of each row. */
  readonly penalties: Float64Array;
}

/** Both halves; `users.solved` is `items.fixed` and the other way round. */
export interface IalsProblem {
  readonly users: IalsSide;
  readonly items: IalsSide;
}

/** Factor vectors drawn from N(0, (deviation / √factors)²), row-major. */
function drawFactors(rows: number, factors: number, deviation: number, random: Random): Float32Array {
  const table = new Float32Array(rows * factors);
  const scale = deviation / Math.sqrt(factors);
  for (let i = 0; i < table.length; i++) table[i] = random.normal() * scale;
  return table;
}

/** λ (n_r + α0 · columns)^ν for each row r with n_r stored cells. */
export function rowPenalties(matrix: SparseRows, options: IalsOptions): Float64Array {
  const penalties = new Float64Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) {
    const weight = matrix.starts[r + 1] - matrix.starts[r] + options.unobservedWeight * matrix.cols;
    penalties[r] = options.regularisation * weight ** options.frequencyExponent;
  }
  return penalties;
}

/**
 * iALS in the form of "iALS revisited" (Rendle et al. 2021, arXiv:2110.14037): minimise over user vectors w and item vectors h
 *   Σ_observed c (w·h - 1)² + α0 Σ_all (w·h)² + λ Σ_u (|I_u| + α0 |I|)^ν |w_u|² + λ Σ_i (|U_i| + α0 |U|)^ν |h_i|²
 * with c the value of a cell (1 without values). Vectors start from N(0, 0.1² / factors).
 */
export function startIals(users: SparseRows, options: IalsOptions, random: Random): IalsProblem {
  const { factors } = options;
  const items = transpose(users);
  const userTable = drawFactors(users.rows, factors, 0.1, random);
  const itemTable = drawFactors(items.rows, factors, 0.1, random);
  const side = (matrix: SparseRows, solved: Float32Array, fixed: Float32Array): IalsSide => {
    return {
      matrix,
      solved,
      fixed,
      gram: new Float64Array(factors * factors),
      penalties: rowPenalties(matrix, options),
    };
  };
  return { users: side(users, userTable, itemTable), items: side(items, itemTable, userTable) };
}

/** gram = weight · FᵀF for a table of vectors (row-major), both triangles. */
export function gramInto(gram: Float64Array, table: Float32Array, factors: number, weight: number): void {
  gram.fill(0);
  const blocked = table.length - (table.length % (4 * factors));
  let start = 0;
  for (; start < blocked; start += 4 * factors) addFourOuterProducts(gram, table, start, factors);
  for (; start < table.length; start += factors) {
    for (let a = 0; a < factors; a++) {
      const left = table[start + a];
      for (let b = 0; b <= a; b++) gram[a * factors + b] += left * table[start + b];
    }
  }
  for (let a = 0; a < factors; a++) {
    for (let b = 0; b <= a; b++) {
      const value = weight * gram[a * factors + b];
      gram[a * factors + b] = value;
      gram[b * factors + a] = value;
    }
  }
}

function addFourOuterProducts(gram: Float64Array, table: Float32Array, start: number, factors: number): void {
  const second = start + factors;
  const third = second + factors;
  const fourth = third + factors;
  for (let a = 0; a < factors; a++) {
    const row = a * factors;
    const x0 = table[start + a];
    const x1 = table[second + a];
    const x2 = table[third + a];
    const x3 = table[fourth + a];
    for (let b = 0; b <= a; b++) {
      gram[row + b] += x0 * table[start + b] + x1 * table[second + b] + x2 * table[third + b] + x3 * table[fourth + b];
    }
  }
}

/** Recomputes the Gram matrix of a side from its fixed vectors. Once before each half-iteration. */
export function refreshGram(side: IalsSide, options: IalsOptions): void {
  gramInto(side.gram, side.fixed, options.factors, options.unobservedWeight);
}

/** The vectors of one conjugate-gradient solve; make one per thread. */
export class IalsWorkspace {
  readonly solution: Float64Array;
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  readonly product: Float64Array;

  constructor(factors: number) {
    this.solution = new Float64Array(factors);
    this.residual = new Float64Array(factors);
    this.direction = new Float64Array(factors);
    this.product = new Float64Array(factors);
  }
}

/**
 * Solves rows [from, to) of a side with the fixed vectors held:
 *   (α0 FᵀF + Σ_observed c f fᵀ + penalty I) x = Σ_observed c f
 * by `options.steps` conjugate-gradient steps from the present x. Rows without cells become zero, their exact solution.
 * Rows are independent: any division into ranges, on any number of threads, gives the same bits.
 */
export function solveRows(
  side: IalsSide,
  from: number,
  to: number,
  options: IalsOptions,
  workspace: IalsWorkspace,
): void {
  const { factors, steps } = options;
  const { matrix, solved } = side;
  const { solution } = workspace;
  for (let r = from; r < to; r++) {
    const start = r * factors;
    if (matrix.starts[r] === matrix.starts[r + 1]) {
      solved.fill(0, start, start + factors);
      continue;
    }
    for (let k = 0; k < factors; k++) solution[k] = solved[start + k];
    conjugateGradient(side, r, steps, workspace);
    for (let k = 0; k < factors; k++) solved[start + k] = solution[k];
  }
}

function conjugateGradient(side: IalsSide, row: number, steps: number, workspace: IalsWorkspace): void {
  const { solution, residual, direction, product } = workspace;
  const { matrix, fixed, gram, penalties } = side;
  const first = matrix.starts[row];
  const end = matrix.starts[row + 1];
  const factors = solution.length;
  // r = b - A x = Σ c (1 - f·x) f - α0 FᵀF x - penalty x
  gramProductInto(product, gram, solution, penalties[row]);
  for (let k = 0; k < factors; k++) residual[k] = -product[k];
  addCells(residual, fixed, solution, matrix, first, end, 1, -1);
  let square = 0;
  for (let k = 0; k < factors; k++) {
    direction[k] = residual[k];
    square += residual[k] * residual[k];
  }
  for (let step = 0; step < steps && square > 1e-20; step++) {
    gramProductInto(product, gram, direction, penalties[row]);
    addCells(product, fixed, direction, matrix, first, end, 0, 1);
    let curvature = 0;
    for (let k = 0; k < factors; k++) curvature += direction[k] * product[k];
    const length = square / curvature;
    let nextSquare = 0;
    for (let k = 0; k < factors; k++) {
      solution[k] += length * direction[k];
      const rest = residual[k] - length * product[k];
      residual[k] = rest;
      nextSquare += rest * rest;
    }
    const keep = nextSquare / square;
    for (let k = 0; k < factors; k++) direction[k] = residual[k] + keep * direction[k];
    square = nextSquare;
  }
}

/** out = (gram + penalty I) vector. */
function gramProductInto(out: Float64Array, gram: Float64Array, vector: Float64Array, penalty: number): void {
  const factors = vector.length;
  for (let k = 0; k < factors; k++) out[k] = penalty * vector[k];
  // The Gram matrix is symmetric: adding its rows keeps the sums independent and the reads contiguous.
  for (let a = 0; a < factors; a++) {
    const weight = vector[a];
    const row = a * factors;
    for (let k = 0; k < factors; k++) out[k] += weight * gram[row + k];
  }
}

/** out += Σ_cells c (offset + sign f·v) f, four cells at a time. */
function addCells(
  out: Float64Array,
  fixed: Float32Array,
  vector: Float64Array,
  matrix: SparseRows,
  first: number,
  end: number,
  offset: number,
  sign: number,
): void {
  const { columns, values } = matrix;
  const factors = vector.length;
  let p = first;
  for (; p + 4 <= end; p += 4) {
    const f0 = columns[p] * factors;
    const f1 = columns[p + 1] * factors;
    const f2 = columns[p + 2] * factors;
    const f3 = columns[p + 3] * factors;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    let d3 = 0;
    for (let k = 0; k < factors; k++) {
      const x = vector[k];
      d0 += fixed[f0 + k] * x;
      d1 += fixed[f1 + k] * x;
      d2 += fixed[f2 + k] * x;
      d3 += fixed[f3 + k] * x;
    }
    d0 = offset + sign * d0;
    d1 = offset + sign * d1;
    d2 = offset + sign * d2;
    d3 = offset + sign * d3;
    if (values !== undefined) {
      d0 *= values[p];
      d1 *= values[p + 1];
      d2 *= values[p + 2];
      d3 *= values[p + 3];
    }
    for (let k = 0; k < factors; k++) {
      out[k] += d0 * fixed[f0 + k] + d1 * fixed[f1 + k] + d2 * fixed[f2 + k] + d3 * fixed[f3 + k];
    }
  }
  for (; p < end; p++) {
    const f0 = columns[p] * factors;
    let dot = 0;
    for (let k = 0; k < factors; k++) dot += fixed[f0 + k] * vector[k];
    const weight = (offset + sign * dot) * (values === undefined ? 1 : values[p]);
    for (let k = 0; k < factors; k++) out[k] += weight * fixed[f0 + k];
  }
}

/** The loss of `startIals` at the present vectors. Σ_all (w·h)² = ⟨WᵀW, HᵀH⟩, so nothing dense is formed. */
export function ialsLoss(problem: IalsProblem, options: IalsOptions): number {
  const { factors } = options;
  const { matrix, solved, fixed } = problem.users;
  let loss = 0;
  for (let u = 0; u < matrix.rows; u++) {
    for (let p = matrix.starts[u]; p < matrix.starts[u + 1]; p++) {
      let dot = 0;
      for (let k = 0; k < factors; k++) dot += solved[u * factors + k] * fixed[matrix.columns[p] * factors + k];
      loss += (matrix.values === undefined ? 1 : matrix.values[p]) * (dot - 1) ** 2;
    }
  }
  const userGram = new Float64Array(factors * factors);
  const itemGram = new Float64Array(factors * factors);
  gramInto(userGram, solved, factors, 1);
  gramInto(itemGram, fixed, factors, options.unobservedWeight);
  for (let k = 0; k < userGram.length; k++) loss += userGram[k] * itemGram[k];
  for (const side of [problem.users, problem.items]) {
    for (let r = 0; r < side.matrix.rows; r++) {
      for (let k = 0; k < factors; k++) loss += side.penalties[r] * side.solved[r * factors + k] ** 2;
    }
  }
  return loss;
}
