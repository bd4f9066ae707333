import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import {
  ialsLoss,
  IalsWorkspace,
  refreshGram,
  solveRows,
  startIals,
  type IalsOptions,
  type IalsProblem,
} from '#shared/kernels/ials.ts';
import { popularFallback } from '#shared/values/propose.ts';
import { proposeByVectors } from '#shared/values/propose-by-vectors.ts';
import { itemPopularity, trainingMatrix } from '#shared/values/training-matrix.ts';
import { searchPresets } from './search.ts';
import { spec } from './spec.ts';

/** Cells solved between two looks at the progress: some 50 ms. */
const block = 50_000;

export const component = implement(spec, {
  async fit({ split }, params, context) {
    const matrix = trainingMatrix(split, params.weighting);
    const workspace = new IalsWorkspace(params.factors);
    const searched = params.search === 'presets';
    const options = searched
      ? await searchPresets(split, params, context, async (trial, epochs, tick) => {
          const tried = startIals(matrix, trial, context.random('vectors'));
          for (let epoch = 0; epoch < epochs; epoch++) {
            solveEpoch(tried, trial, workspace, (share) => tick((epoch + share) / epochs));
            await context.breathe();
          }
          return tried;
        })
      : params;
    const problem = startIals(matrix, options, context.random('vectors'));
    for (let epoch = 0; epoch < params.epochs; epoch++) {
      solveEpoch(problem, options, workspace, (share) => {
        const done = (epoch + share) / params.epochs;
        context.progress(searched ? (1 + done) / 2 : done, `epoch ${epoch + 1} of ${params.epochs}`);
      });
      tellLoss(epoch + 1, ialsLoss(problem, options), context);
      await context.breathe();
    }
    return { users: problem.users.solved, items: problem.items.solved };
  },

  open({ users, items }, { split }, { factors, fallback }) {
    const popularity = itemPopularity(split);
    return { vectors: { width: factors, users, items }, popularity, fallback: popularFallback(popularity, fallback) };
  },

  apply({ vectors, popularity, fallback }, { split }, { keep }, context) {
    return {
      candidates: proposeByVectors(split, { keep, fallback, popularity, vectors }, context),
      model: { type: 'model', component: spec.id, split, vectors },
    };
  },
});

/** One epoch: all users with the items held, then all items with the users held. */
function solveEpoch(
  problem: IalsProblem,
  options: IalsOptions,
  workspace: IalsWorkspace,
  tick: (share: number) => void,
): void {
  [problem.users, problem.items].forEach((side, half) => {
    refreshGram(side, options);
    const { starts, rows } = side.matrix;
    for (let from = 0; from < rows;) {
      let to = from + 1;
      // A row costs its cells, and its share of the dense part even without any.
      while (to < rows && starts[to] - starts[from] + options.factors * (to - from) < block) to++;
      solveRows(side, from, to, options, workspace);
      tick((half + to / rows) / 2);
      from = to;
    }
  });
}

function tellLoss(epoch: number, loss: number, context: Context): void {
  if (!Number.isFinite(loss)) {
    throw new RunboardError('diverged', `the loss became ${loss} in epoch ${epoch}`, {
      where: 'regularisation',
      remedy: 'raise the regularisation or the unobserved weight',
    });
  }
  context.curve(epoch, { loss });
}
