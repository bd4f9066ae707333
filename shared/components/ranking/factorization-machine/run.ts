import { implement } from '#shared/contract/component.ts';
import { machineLogits, MachineTrainer, newFactorizationMachine } from '#shared/kernels/factorization-machine.ts';
import type { FactorizationMachine } from '#shared/kernels/factorization-machine.ts';
import { encodeRows } from '#shared/values/encoding.ts';
import type { Encoding } from '#shared/values/encoding.ts';
import { rankedBy } from '#shared/values/rank-candidates.ts';
import { binaryTrainingRows, probabilities } from '#shared/values/ranker-examples.ts';
import { encodeExamples, trainRanker } from '#shared/values/train-ranker.ts';
import type { RankerTrainee } from '#shared/values/train-ranker.ts';
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
    const { encoding, rows } = encodeExamples(examples, training, { ...params, tagPower }, context);
    const machine = newFactorizationMachine(encoding.columns, params.width, spread, context.random('vectors'));
    const trainer = new MachineTrainer(
      machine,
      { rows, labels: examples.label, weights: examples.weight },
      { rate: params.learningRate, decay: params.decay },
    );
    let kept = { table: machine.table, bias: machine.bias };
    const trainee: RankerTrainee = {
      step: (order, from, to) => trainer.step(order, from, to),
      setRate: (rate) => void (trainer.rate = rate),
      logits: (chosen) => machineLogits(machine, rows, chosen),
      keep: () => void (kept = { table: machine.table.slice(), bias: machine.bias.slice() }),
      restore() {
        machine.table.set(kept.table);
        machine.bias.set(kept.bias);
      },
    };
    await trainRanker(trainee, examples, training, params, context);
    return { encoding, machine: { ...machine } };
  },

  apply({ encoding, machine }, inputs, _params, context) {
    const between = (share: number): void => context.progress(share, 'scoring');
    return rankedBy(inputs, true, (features, rows) =>
      probabilities(machineLogits(machine, encodeRows(encoding, features, rows, tagPower, between))),
    );
  },
});
