import { implement } from '#shared/contract/component.ts';
import { loadBackend } from '#shared/tensor/backend.ts';
import { NetworkTrainer, scoreRows } from '#shared/tensor/ranking-network.ts';
import type { NetworkState } from '#shared/tensor/ranking-network.ts';
import { encodeRows, fieldOfColumns } from '#shared/values/encoding.ts';
import type { Encoding } from '#shared/values/encoding.ts';
import { rankedBy } from '#shared/values/rank-candidates.ts';
import { binaryTrainingRows, probabilities } from '#shared/values/ranker-examples.ts';
import { encodeExamples, trainRanker } from '#shared/values/train-ranker.ts';
import { denseNetwork } from './network.ts';
import { spec } from './spec.ts';

type State = { readonly encoding: Encoding; readonly network: NetworkState };

/** Each tag of a row counts 1. */
const tagPower = 0;

export const component = implement(spec, {
  async fit({ examples }, params, context): Promise<State> {
    const training = binaryTrainingRows(examples);
    const { encoding, rows } = encodeExamples(examples, training, { ...params, tagPower }, context);
    context.log(`computed by ${(await loadBackend(context.ports)).title}`);
    const trainer = new NetworkTrainer(
      denseNetwork(params.hidden),
      { rows, labels: examples.label, weights: examples.weight },
      fieldOfColumns(encoding),
      { ...params, linear: params.wide },
      context.random('network'),
    );
    await trainRanker(trainer, examples, training, params, context);
    return { encoding, network: trainer.state() };
  },

  async open(state, _inputs, _params, context) {
    await loadBackend(context.ports);
    return { ...state, fieldOf: fieldOfColumns(state.encoding) };
  },

  apply({ encoding, network, fieldOf }, inputs, params, context) {
    const between = (share: number): void => context.progress(share, 'scoring');
    return rankedBy(inputs, true, (features, rows) => {
      const encoded = encodeRows(encoding, features, rows, tagPower, between);
      return probabilities(scoreRows(denseNetwork(params.hidden), network, fieldOf, encoded, between));
    });
  },
});
