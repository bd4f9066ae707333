import type { SparseRows } from './sparse.ts';
import { minimise } from './lbfgs.ts';
import { logLoss, sigmoid } from './factorization-machine.ts';

/** Weights of a logistic regression over sparse rows. */
export interface LogisticModel {
  readonly bias: number;
  /** One per column of the rows. */
  readonly weights: Float64Array;
}

export interface LogisticSettings {
  /** L2 strength: half of it times the squared weights is added to the summed log loss. The bias is free. */
  readonly penalty: number;
  readonly iterations: number;
  /** Called between pieces of work of at most `pieceRows` rows: a place to report and to throw. */
  readonly between?: () => void;
  /** Called after each iteration with the penalised loss per row; return false to stop. */
  readonly each?: (iteration: number, loss: number, model: LogisticModel) => boolean | void;
}

const pieceRows = 50_000;

/** Log-odds b + w · x of one row. */
export function logisticLogit(model: LogisticModel, rows: SparseRows, row: number): number {
  const { starts, columns, values } = rows;
  let sum = model.bias;
  for (let p = starts[row]; p < starts[row + 1]; p++) {
    sum += model.weights[columns[p]] * (values === undefined ? 1 : values[p]);
  }
  return sum;
}

/**
 * Fits sum_r c_r [ln(1 + e^z_r) - y_r z_r] + penalty/2 |w|^2, z = b + w · x, by L-BFGS over the rows in `selection`.
 * `labels` in [0, 1] and `weights` (c, 1 where null) run beside all rows. Convex: the result depends on nothing but the data.
 */
export function fitLogistic(
  rows: SparseRows,
  labels: Float32Array,
  weights: Float32Array | null,
  selection: Int32Array,
  settings: LogisticSettings,
): LogisticModel {
  const bias = rows.cols;
  const point = new Float64Array(rows.cols + 1);
  const scale = 1 / Math.max(1, selection.length);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let from = 0; from < selection.length; from += pieceRows) {
      settings.between?.();
      const piece = selection.subarray(from, from + pieceRows);
      loss += addPiece({ rows, labels, weights, selection: piece }, at, gradient);
    }
    // Per row, so that one tolerance fits all sizes; the bias is not penalised.
    for (let i = 0; i < bias; i++) {
      loss += 0.5 * settings.penalty * at[i] * at[i];
      gradient[i] = scale * (gradient[i] + settings.penalty * at[i]);
    }
    gradient[bias] *= scale;
    return scale * loss;
  };
  minimise(point, objective, {
    iterations: settings.iterations,
    tolerance: 1e-7,
    each: (iteration, loss) => settings.each?.(iteration, loss, split(point)),
  });
  return split(point);
}

function split(point: Float64Array): LogisticModel {
  return { bias: point[point.length - 1], weights: point.subarray(0, point.length - 1).slice() };
}

interface Piece {
  readonly rows: SparseRows;
  readonly labels: Float32Array;
  readonly weights: Float32Array | null;
  readonly selection: Int32Array;
}

/** Adds the log loss and its gradient (p - y) x of a piece of the rows. */
function addPiece(piece: Piece, at: Float64Array, gradient: Float64Array): number {
  const { starts, columns, values, cols } = piece.rows;
  let loss = 0;
  for (const row of piece.selection) {
    let logit = at[cols];
    for (let p = starts[row]; p < starts[row + 1]; p++)
      logit += at[columns[p]] * (values === undefined ? 1 : values[p]);
    const weight = piece.weights === null ? 1 : piece.weights[row];
    loss += weight * logLoss(logit, piece.labels[row]);
    const slope = weight * (sigmoid(logit) - piece.labels[row]);
    for (let p = starts[row]; p < starts[row + 1]; p++)
      gradient[columns[p]] += slope * (values === undefined ? 1 : values[p]);
    gradient[cols] += slope;
  }
  return loss;
}
