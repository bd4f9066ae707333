import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Vectors } from '#shared/contract/values.ts';
import { cellRows, startBpr, trainBpr, type BprModel, type BprProgress } from '#shared/kernels/bpr.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { popularFallback } from '#shared/values/propose.ts';
import { proposeByVectors } from '#shared/values/propose-by-vectors.ts';
import { itemPopularity, trainingMatrix } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

/** Pairs drawn between two looks at the progress: some 30 ms. */
const block = 50_000;

/** Pairs of an epoch at least: small data sets take no time, and learn nothing from a few hundred steps. */
const fewest = 4_000;

/** The learning rate of the last epoch, as a share of the first: the noise of sampling settles. */
const lastRate = 0.05;

export const component = implement(spec, {
  async fit({ split }, params, context) {
    const users = trainingMatrix(split);
    const model = startBpr({ users: users.rows, items: users.cols }, params.factors, context.random('vectors'));
    const random = context.random('pairs');
    const rowOf = cellRows(users);
    const draws = Math.max(fewest, rowOf.length);
    for (let epoch = 0; epoch < params.epochs && rowOf.length > 0; epoch++) {
      const passed = params.epochs === 1 ? 0 : epoch / (params.epochs - 1);
      const options = {
        factors: params.factors,
        learningRate: params.learningRate * (1 - (1 - lastRate) * passed),
        regularisation: params.regularisation,
        popularityShare: params.popularNegatives,
      };
      const progress: BprProgress = { trained: 0, skipped: 0, ordered: 0, loss: 0 };
      for (let drawn = 0; drawn < draws; drawn += block) {
        context.progress((epoch + drawn / draws) / params.epochs, `epoch ${epoch + 1} of ${params.epochs}`);
        trainBpr(model, users, rowOf, options, random, Math.min(block, draws - drawn), progress);
      }
      tellEpoch(epoch + 1, progress, context);
      await context.breathe();
    }
    return vectorsOf(model, users);
  },

  open({ users, items }, { split }, { factors, fallback }) {
    const popularity = itemPopularity(split);
    const vectors: Vectors = { width: factors + 1, users, items };
    return { vectors, popularity, fallback: popularFallback(popularity, fallback) };
  },

  apply({ vectors, popularity, fallback }, { split }, { keep }, context) {
    return {
      candidates: proposeByVectors(split, { keep, fallback, popularity, vectors }, context),
      model: { type: 'model', component: spec.id, split, vectors },
    };
  },
});

/** The item bias as one more factor, with 1 for every user who has events; zeros for users without. */
function vectorsOf(model: BprModel, matrix: SparseRows): { users: Float32Array; items: Float32Array } {
  const { factors } = model;
  const width = factors + 1;
  const users = new Float32Array(matrix.rows * width);
  const items = new Float32Array(matrix.cols * width);
  for (let u = 0; u < matrix.rows; u++) {
    if (matrix.starts[u] === matrix.starts[u + 1]) continue;
    users.set(model.users.subarray(u * factors, (u + 1) * factors), u * width);
    users[u * width + factors] = 1;
  }
  for (let i = 0; i < matrix.cols; i++) {
    items.set(model.items.subarray(i * factors, (i + 1) * factors), i * width);
    items[i * width + factors] = model.biases[i];
  }
  return { users, items };
}

function tellEpoch(epoch: number, progress: BprProgress, context: Context): void {
  const { trained, ordered, loss } = progress;
  if (!Number.isFinite(loss)) {
    throw new RunboardError('diverged', `the loss became ${loss} in epoch ${epoch}`, {
      where: 'learningRate',
      remedy: 'lower the learning rate',
    });
  }
  // Every draw was skipped: each user has every item.
  if (trained > 0) context.curve(epoch, { loss: loss / trained, 'training auc': ordered / trained });
}
