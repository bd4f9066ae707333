import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import type { Feature } from '#shared/contract/values.ts';
import { fitLogistic, logisticLogit } from '#shared/kernels/logistic-regression.ts';
import type { LogisticModel } from '#shared/kernels/logistic-regression.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { TrainingControl } from '#shared/kernels/training-control.ts';
import { columnTitles, encodeRows } from '#shared/values/encoding.ts';
import type { Encoding } from '#shared/values/encoding.ts';
import { rankedBy } from '#shared/values/rank-candidates.ts';
import { binaryTrainingRows, probabilities, rowsOfPart, validationFigure } from '#shared/values/ranker-examples.ts';
import { encodeExamples } from '#shared/values/train-ranker.ts';
import { spec } from './spec.ts';

type State = { readonly encoding: Encoding; readonly bias: number; readonly weights: Float64Array };

export const component = implement(spec, {
  async fit({ examples }, params, context): Promise<State> {
    const training = binaryTrainingRows(examples);
    const held = rowsOfPart(examples, 1);
    const { encoding, rows } = encodeExamples(examples, training, { ...params, tagPower }, context);
    const control = new TrainingControl({ better: 'higher', rate: 1, patience: params.patience, reductions: 0 });
    if (held.length === 0)
      context.warn('there is no validation part: all iterations are done, and nothing watches for overfitting');
    await context.breathe();
    let best: LogisticModel | undefined;
    let iterations = 0;
    const last = fitLogistic(rows, examples.label, examples.weight, training, {
      penalty: params.penalty,
      iterations: params.iterations,
      between: () =>
        context.progress(iterations / params.iterations, `iteration ${iterations + 1} of at most ${params.iterations}`),
      each(iteration, loss, model) {
        iterations = iteration;
        if (held.length === 0) return context.curve(iteration, { loss });
        const auc = validationFigure(logits(model, rows, held), examples, held);
        context.curve(iteration, { loss, 'validation AUC': auc });
        const verdict = control.report(auc);
        if (verdict === 'improved') best = model;
        return verdict !== 'stop';
      },
    });
    const model = best ?? last;
    report(model, encoding, examples.features, context);
    return { encoding, bias: model.bias, weights: model.weights };
  },

  apply({ encoding, ...model }, inputs, _params, context) {
    const between = (share: number): void => context.progress(share, 'scoring');
    return rankedBy(inputs, true, (features, rows) => {
      const all = Int32Array.from({ length: rows }, (_, row) => row);
      return probabilities(logits(model, encodeRows(encoding, features, rows, tagPower, between), all));
    });
  },
});

/** The tags of a row count 1 in sum: a film of six genres is not six times as much of one. */
const tagPower = 1;

function logits(model: LogisticModel, rows: SparseRows, chosen: Int32Array): Float32Array {
  return Float32Array.from(chosen, (row) => logisticLogit(model, rows, row));
}

function report(model: LogisticModel, encoding: Encoding, features: readonly Feature[], context: Context): void {
  const titles = columnTitles(encoding, features);
  const order = Array.from(model.weights.keys()).sort(
    (a, b) => Math.abs(model.weights[b]) - Math.abs(model.weights[a]) || a - b,
  );
  context.sheet({
    id: 'weights',
    title: 'Largest weights',
    columns: ['feature', 'weight', 'odds multiplied by'],
    rows: order.slice(0, 50).map((at) => [titles[at], model.weights[at], Math.exp(model.weights[at])]),
  });
}
