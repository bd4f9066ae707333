import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { shuffle } from '#shared/kernels/random.ts';
import { TrainingControl } from '#shared/kernels/training-control.ts';

/** A model while it learns, as the loop sees it. */
export interface Trainee {
  /** One step on the examples order[from .. to). Returns the sum of their losses. */
  step(order: Int32Array, from: number, to: number): number;
  setRate(rate: number): void;
  /** Figure on the validation part; undefined where there is none. Calls `pause` from time to time, where cancelling takes effect. */
  validate?(pause: () => void): number;
  /** Remembers the weights as they are. */
  keep(): void;
  /** Goes back to the weights kept last. */
  restore(): void;
}

export interface LoopSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** The rate falls evenly over the epochs to this share of itself; default 1: it does not. */
  readonly lastRate?: number;
  /** Epochs without a better figure before the rate falls to a tenth, and then before training stops. */
  readonly patience: number;
  /** Name of the validation figure on the learning curve, and which way it is better. */
  readonly figure: string;
  readonly better: 'higher' | 'lower';
}

/** Batches between two chances for messages to come in. */
const breath = 8;

/**
 * Trains in epochs over shuffled rows: a tenth of the learning rate on a plateau of the validation figure, early stop,
 * and the best weights in the end. Reports each batch, draws the curve, and throws 'diverged' as soon as a loss is no number.
 */
export async function trainInEpochs(
  trainee: Trainee,
  rows: Int32Array,
  settings: LoopSettings,
  context: Context,
): Promise<void> {
  const control = new TrainingControl({
    better: settings.better,
    rate: settings.learningRate,
    patience: settings.patience,
    reductions: 1,
  });
  const order = rows.slice();
  const random = context.random('order');
  if (trainee.validate === undefined)
    context.warn('there is no validation part: all epochs are trained, and nothing watches for overfitting');
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    shuffle(order, random);
    const passed = settings.epochs === 1 ? 0 : (epoch - 1) / (settings.epochs - 1);
    trainee.setRate(control.rate * (1 - (1 - (settings.lastRate ?? 1)) * passed));
    const loss = await trainEpoch(trainee, order, epoch, settings, context);
    const figure = trainee.validate?.(() => context.progress(epoch / settings.epochs, `validating epoch ${epoch}`));
    context.curve(epoch, figure === undefined ? { loss } : { loss, [settings.figure]: figure });
    if (figure === undefined) continue;
    const verdict = control.report(figure);
    if (verdict === 'improved') trainee.keep();
    if (verdict === 'slower' || verdict === 'stop') trainee.restore();
    if (verdict === 'stop') break;
  }
  if (trainee.validate !== undefined && control.bestEpoch > 0) {
    trainee.restore();
    context.measure('best epoch', control.bestEpoch);
  }
}

async function trainEpoch(
  trainee: Trainee,
  order: Int32Array,
  epoch: number,
  settings: LoopSettings,
  context: Context,
): Promise<number> {
  const { batchSize, epochs } = settings;
  let sum = 0;
  for (let from = 0, batch = 0; from < order.length; from += batchSize, batch++) {
    const to = Math.min(order.length, from + batchSize);
    sum += trainee.step(order, from, to);
    if (!Number.isFinite(sum)) {
      throw new RunboardError('diverged', `the training loss became ${sum} in epoch ${epoch}`, {
        remedy: 'lower the learning rate, or look for extreme values among the features',
      });
    }
    context.progress((epoch - 1 + to / order.length) / epochs, `epoch ${epoch} of at most ${epochs}`);
    if (batch % breath === 0) await context.breathe();
  }
  return sum / Math.max(1, order.length);
}
