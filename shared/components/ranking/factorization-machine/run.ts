import { implement } from '#shared/contract/component.ts';
import type { Feature } from '#shared/contract/values.ts';
import { machineLogits, MachineTrainer, newFactorizationMachine } from '#shared/kernels/factorization-machine.ts';
import type { FactorizationMachine } from '#shared/kernels/factorization-machine.ts';
import { encodeRows, fitEncoding } from '#shared/values/encoding.ts';
import type { Encoding } from '#shared/values/encoding.ts';
import { describeCandidates, noCandidates, ranked } from '#shared/values/rank-candidates.ts';
import { binaryTrainingRows, probabilities, rowsOfPart, validationFigure } from '#shared/values/ranker-examples.ts';
import { trainInEpochs } from '#shared/values/training-loop.ts';
import type { Trainee } from '#shared/values/training-loop.ts';
import { spec } from './spec.ts';

type State = {
  readonly encoding: Encoding;
  readonly machine: { readonly [K in keyof FactorizationMachine]: FactorizationMachine[K] };
};

/** Standard deviation of the vectors to start with. */
const spread = 0.01;
/** Each tag of a row counts 1: on MovieLens better than sharing 1 between them. */
const tagPower = 0;

export const component = implement(spec, {
  async fit({ examples }, params, context): Promise<State> {
    const training = binaryTrainingRows(examples);
    const held = rowsOfPart(examples, 1);
    const encoding = fitEncoding(examples.features, training, params);
    if (encoding.leftOut.length > 0) context.log(`not used: ${encoding.leftOut.join(', ')}`);
    const rows = encodeRows(encoding, examples.features, examples.rows, tagPower, () =>
      context.progress(0, 'encoding features'),
    );
    const machine = newFactorizationMachine(encoding.columns, params.width, spread, context.random('vectors'));
    const trainer = new MachineTrainer(
      machine,
      { rows, labels: examples.label, weights: examples.weight },
      { rate: params.learningRate, decay: params.decay },
    );
    let kept = { table: machine.table, bias: machine.bias };
    const trainee: Trainee = {
      step: (order, from, to) => trainer.step(order, from, to),
      setRate: (rate) => void (trainer.rate = rate),
      validate:
        held.length === 0 ? undefined : () => validationFigure(machineLogits(machine, rows, held), examples, held),
      keep: () => void (kept = { table: machine.table.slice(), bias: machine.bias.slice() }),
      restore() {
        machine.table.set(kept.table);
        machine.bias.set(kept.bias);
      },
    };
    await trainInEpochs(trainee, training, { ...params, figure: 'validation AUC', better: 'higher' }, context);
    return { encoding, machine: { ...machine } };
  },

  apply({ encoding, machine }, { examples, candidates }, _params, context) {
    const score = (features: readonly Feature[], rows: number): Float32Array =>
      probabilities(
        machineLogits(
          machine,
          encodeRows(encoding, features, rows, tagPower, (share) => context.progress(share, 'scoring')),
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
