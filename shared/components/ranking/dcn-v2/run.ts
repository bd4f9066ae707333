import { implement } from '#shared/contract/component.ts';
import type { Feature } from '#shared/contract/values.ts';
import { loadBackend } from '#shared/tensor/backend.ts';
import { NetworkTrainer, scoreRows } from '#shared/tensor/ranking-network.ts';
import type { NetworkState } from '#shared/tensor/ranking-network.ts';
import { encodeRows, fieldOfColumns, fitEncoding } from '#shared/values/encoding.ts';
import type { Encoding } from '#shared/values/encoding.ts';
import { describeCandidates, noCandidates, ranked } from '#shared/values/rank-candidates.ts';
import { binaryTrainingRows, probabilities, rowsOfPart, validationFigure } from '#shared/values/ranker-examples.ts';
import { trainInEpochs } from '#shared/values/training-loop.ts';
import { crossNetwork } from './network.ts';
import { spec } from './spec.ts';

type State = { readonly encoding: Encoding; readonly network: NetworkState };

/** Each tag of a row counts 1. */
const tagPower = 0;

export const component = implement(spec, {
  async fit({ examples }, params, context): Promise<State> {
    const training = binaryTrainingRows(examples);
    const held = rowsOfPart(examples, 1);
    const encoding = fitEncoding(examples.features, training, params);
    if (encoding.leftOut.length > 0) context.log(`not used: ${encoding.leftOut.join(', ')}`);
    context.log(`computed by ${(await loadBackend(context.ports)).title}`);
    const rows = encodeRows(encoding, examples.features, examples.rows, tagPower, () =>
      context.progress(0, 'encoding features'),
    );
    const trainer = new NetworkTrainer(
      crossNetwork(params),
      fieldOfColumns(encoding),
      { ...params, linear: false },
      context.random('network'),
    );
    const target = { labels: examples.label, weights: examples.weight };
    await trainInEpochs(
      {
        step: (order, from, to) => trainer.step(rows, order, from, to, target),
        setRate: (rate) => trainer.setRate(rate),
        validate:
          held.length === 0
            ? undefined
            : (pause) => validationFigure(trainer.logits(rows, held, pause), examples, held),
        keep: () => trainer.keep(),
        restore: () => trainer.restore(),
      },
      training,
      { ...params, figure: 'validation AUC', better: 'higher' },
      context,
    );
    return { encoding, network: trainer.state() };
  },

  async open(state, _inputs, _params, context) {
    await loadBackend(context.ports);
    return { ...state, fieldOf: fieldOfColumns(state.encoding) };
  },

  apply({ encoding, network, fieldOf }, { examples, candidates }, params, context) {
    const between = (share: number): void => context.progress(share, 'scoring');
    const score = (features: readonly Feature[], rows: number): Float32Array =>
      probabilities(
        scoreRows(
          crossNetwork(params),
          network,
          fieldOf,
          encodeRows(encoding, features, rows, tagPower, between),
          between,
        ),
      );
    return {
      examples: { ...examples, prediction: score(examples.features, examples.rows), probability: true },
      candidates:
        candidates === undefined
          ? noCandidates(examples)
          : ranked(candidates, score(describeCandidates(examples, candidates), candidates.items.length)),
    };
  },
});
