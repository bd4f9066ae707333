import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Split } from '#shared/contract/values.ts';
import { allFinite } from '#shared/kernels/training-control.ts';
import { loadBackend } from '#shared/tensor/backend.ts';
import { slope } from '#shared/tensor/gradient.ts';
import { inBatchSoftmaxLoss } from '#shared/tensor/in-batch-softmax.ts';
import { allPairs } from '#shared/tensor/operations.ts';
import { Tower } from '#shared/tensor/tower.ts';
import { popularFallback } from '#shared/values/propose.ts';
import { proposeByVectors } from '#shared/values/propose-by-vectors.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { trainInEpochs } from '#shared/values/training-loop.ts';
import type { Trainee } from '#shared/values/training-loop.ts';
import { entityFeatures } from './entity-features.ts';
import { validationNdcg, watchedRequests } from '#shared/values/watch-validation.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

/** The learning rate of the last epoch, as a share of the first: fewer epochs are needed than at a steady rate. */
const lastRate = 0.1;

/** Batches get smaller than asked for, down to this, where an epoch would have fewer steps than that. */
const smallBatch = 16;
const leastSteps = 30;

/** The vectors of all users and items; zeros for those of whom nothing is known. */
type State = { readonly width: number; readonly users: Float32Array; readonly items: Float32Array };

export const component = implement(spec, {
  async fit({ split }, params, context): Promise<State> {
    if (split.train.length === 0)
      throw new RunboardError('bad-data', 'there are no training events', {
        remedy: 'split so that something is left to learn from',
      });
    context.log(`computed by ${(await loadBackend(context.ports)).title}`);
    const popularity = itemPopularity(split);
    const activity = userActivity(split);
    const towers = buildTowers(split, params, { users: known(activity), items: known(popularity) }, context);
    const vectors = (pause: () => void): State => ({
      width: params.width,
      users: towers.users.vectors(pause),
      items: towers.items.vectors(pause),
    });
    const watched = watchedRequests(split, params.width, context.random('watched'));
    const counted = params.cold ? popularity.map(() => 1) : popularity;
    // On little data batches are smaller: a few steps per epoch would teach nothing.
    const batchSize = Math.min(params.batchSize, Math.max(smallBatch, Math.ceil(split.train.length / leastSteps)));
    const trainee = twoTowers(split, params, towers, popularity);
    await trainInEpochs(
      watched.length === 0
        ? trainee
        : { ...trainee, validate: (pause) => validationNdcg(split, watched, vectors(pause), counted) },
      split.train,
      { ...params, batchSize, lastRate, figure: 'validation NDCG@10', better: 'higher' },
      context,
    );
    const state = vectors(() => context.progress(1, 'computing vectors'));
    if (!allFinite(state.users) || !allFinite(state.items)) {
      throw new RunboardError('diverged', 'a vector became infinite or no number', {
        where: 'learningRate',
        remedy: 'lower the learning rate',
      });
    }
    if (!params.cold) {
      silence(state.users, params.width, activity);
      silence(state.items, params.width, popularity);
    }
    return state;
  },

  open(vectors, { split }, { fallback, cold }) {
    const popularity = itemPopularity(split);
    return {
      vectors,
      popularity: cold ? popularity.map(() => 1) : popularity,
      fallback: popularFallback(popularity, fallback),
    };
  },

  apply({ vectors, popularity, fallback }, { split }, { keep }, context) {
    return {
      candidates: proposeByVectors(split, { keep, fallback, popularity, vectors }, context),
      model: { type: 'model', component: spec.id, split, vectors },
    };
  },
});

interface Towers {
  readonly users: Tower;
  readonly items: Tower;
}

function buildTowers(
  split: Split,
  params: Params,
  trained: { users: Int32Array; items: Int32Array },
  context: Context,
): Towers {
  const random = context.random('towers');
  const { users, items } = split.dataset;
  const ofUsers = entityFeatures('user', users, params.userColumns, trained.users);
  const ofItems = entityFeatures('item', items, params.itemColumns, trained.items);
  return {
    users: new Tower(ofUsers.rows, ofUsers.fieldOf, ofUsers.unknown, params, random),
    items: new Tower(ofItems.rows, ofItems.fieldOf, ofItems.unknown, params, random),
  };
}

/** Both towers learning from pairs of user and item: every other item of a batch is a negative. */
function twoTowers(split: Split, params: Params, towers: Towers, popularity: Float64Array): Trainee {
  const { events } = split.dataset;
  const { users, items } = towers;
  const logChanceOf = popularity.map((count) => Math.log(count / split.train.length));
  let kept = { users: users.snapshot(), items: items.snapshot() };
  return {
    step(order, from, to) {
      const chosen = order.subarray(from, to);
      const user = chosen.map((row) => events.user[row]);
      const item = chosen.map((row) => events.item[row]);
      const logChance = params.logQ ? Float32Array.from(item, (one) => logChanceOf[one]) : null;
      const inputs = users.inputs(user);
      const split = inputs.length;
      const { loss, gradients } = slope([...inputs, ...items.inputs(item)], (...tensors) => {
        const logits = allPairs(
          users.forward(tensors.slice(0, split)),
          items.forward(tensors.slice(split)),
          params.temperature,
        );
        return inBatchSoftmaxLoss(logits, { items: item, logChance, maskHits: params.maskHits });
      });
      users.step(user, gradients.slice(0, split));
      items.step(item, gradients.slice(split));
      return loss * chosen.length;
    },
    setRate(rate) {
      users.setRate(rate);
      items.setRate(rate);
    },
    keep: () => void (kept = { users: users.snapshot(), items: items.snapshot() }),
    restore() {
      users.restore(kept.users);
      items.restore(kept.items);
    },
  };
}

function userActivity(split: Split): Float64Array {
  const counts = new Float64Array(split.dataset.users.ids.length);
  for (const row of split.train) counts[split.dataset.events.user[row]]++;
  return counts;
}

/** Entities with training events. */
function known(counts: Float64Array): Int32Array {
  return Int32Array.from(counts.keys()).filter((entity) => counts[entity] > 0);
}

/** Zeros for entities without training events: nothing was learned of them. */
function silence(vectors: Float32Array, width: number, counts: Float64Array): void {
  for (let entity = 0; entity < counts.length; entity++) {
    if (counts[entity] === 0) vectors.fill(0, entity * width, (entity + 1) * width);
  }
}
