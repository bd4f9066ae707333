import type { Adam } from '../../shared/kernels/adam.ts';
import type { Random } from '../../shared/kernels/random.ts';
import { slope } from '../../shared/tensor/gradient.ts';
import { inBatchSoftmaxLoss } from '../../shared/tensor/in-batch-softmax.ts';
import { allPairs } from '../../shared/tensor/operations.ts';
import { Tower } from '../../shared/tensor/tower.ts';

const temperature = 0.2;

/** Pairs of a batch and the logarithm of each item's chance to be in it. */
export interface PairBatch {
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly logChance: Float32Array;
}

export function pairBatch(entities: number, pairs: number, random: Random): PairBatch {
  const draw = (): Int32Array => Int32Array.from({ length: pairs }, () => random.integer(entities));
  return { users: draw(), items: draw(), logChance: new Float32Array(pairs).fill(-Math.log(entities)) };
}

/** Two towers of ids as the component trains them. Returns a step that gives the loss. */
export function towerStep(
  size: { users: number; items: number },
  width: number,
  random: Random,
): (batch: PairBatch) => number {
  const settings = { width, hidden: [], normalise: true, learningRate: 0.01, decay: 0 };
  const tower = (rows: number): Tower => {
    const count = (_: unknown, i: number): number => i;
    const ids = {
      rows,
      cols: rows,
      starts: Int32Array.from({ length: rows + 1 }, count),
      columns: Int32Array.from({ length: rows }, count),
    };
    return new Tower(ids, new Int32Array(rows), [], settings, random);
  };
  const [users, items] = [tower(size.users), tower(size.items)];
  return (batch) => {
    const inputs = [...users.inputs(batch.users), ...items.inputs(batch.items)];
    const { items: drawn, logChance } = batch;
    const { loss, gradients } = slope(inputs, (q, k) =>
      inBatchSoftmaxLoss(allPairs(users.forward([q]), items.forward([k]), temperature), {
        items: drawn,
        logChance,
        maskHits: true,
      }),
    );
    users.step(batch.users, gradients.slice(0, 1));
    items.step(batch.items, gradients.slice(1));
    return loss;
  };
}

interface PlainTowers {
  readonly users: Float32Array;
  readonly items: Float32Array;
  readonly userAdam: Adam;
  readonly itemAdam: Adam;
}

/** The same step in plain loops, with gradients and Adam over the whole tables. */
export function plainStep(towers: PlainTowers, width: number, batch: PairBatch): number {
  const q = unitRows(towers.users, batch.users, width);
  const k = unitRows(towers.items, batch.items, width);
  const pairs = batch.users.length;
  const slopes = new Float32Array(pairs * pairs);
  let loss = 0;
  for (let i = 0; i < pairs; i++) {
    let sum = 0;
    for (let j = 0; j < pairs; j++) {
      let z = -batch.logChance[j];
      for (let d = 0; d < width; d++) z += (q.rows[i * width + d] * k.rows[j * width + d]) / temperature;
      if (i === j) loss -= z;
      sum += slopes[i * pairs + j] = i !== j && batch.items[i] === batch.items[j] ? 0 : Math.exp(z);
    }
    loss += Math.log(sum);
    for (let j = 0; j < pairs; j++)
      slopes[i * pairs + j] = (slopes[i * pairs + j] / sum - (i === j ? 1 : 0)) / pairs / temperature;
  }
  const toUsers = new Float32Array(pairs * width);
  const toItems = new Float32Array(pairs * width);
  for (let i = 0; i < pairs; i++) {
    for (let j = 0; j < pairs; j++) {
      for (let d = 0; d < width; d++) {
        toUsers[i * width + d] += slopes[i * pairs + j] * k.rows[j * width + d];
        toItems[j * width + d] += slopes[i * pairs + j] * q.rows[i * width + d];
      }
    }
  }
  towers.userAdam.step(towers.users, spreadOut(toUsers, q, batch.users, towers.users.length));
  towers.itemAdam.step(towers.items, spreadOut(toItems, k, batch.items, towers.items.length));
  return loss / pairs;
}

interface UnitRows {
  readonly rows: Float32Array;
  readonly lengths: Float32Array;
}

function unitRows(table: Float32Array, chosen: Int32Array, width: number): UnitRows {
  const rows = new Float32Array(chosen.length * width);
  const lengths = new Float32Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) {
    lengths[i] = Math.hypot(...table.subarray(chosen[i] * width, (chosen[i] + 1) * width));
    for (let d = 0; d < width; d++) rows[i * width + d] = table[chosen[i] * width + d] / lengths[i];
  }
  return { rows, lengths };
}

/** Gradient by the table, of its whole size, from the gradient by unit rows. */
function spreadOut(
  gradient: Float32Array,
  { rows, lengths }: UnitRows,
  chosen: Int32Array,
  size: number,
): Float32Array {
  const width = rows.length / chosen.length;
  const out = new Float32Array(size);
  for (let i = 0; i < chosen.length; i++) {
    let along = 0;
    for (let d = 0; d < width; d++) along += gradient[i * width + d] * rows[i * width + d];
    for (let d = 0; d < width; d++)
      out[chosen[i] * width + d] += (gradient[i * width + d] - rows[i * width + d] * along) / lengths[i];
  }
  return out;
}
