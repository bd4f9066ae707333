import type { Context } from '#shared/contract/component.ts';
import type { Examples } from '#shared/contract/values.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { encodeRows, fitEncoding } from './encoding.ts';
import type { Encoding, EncodingSettings } from './encoding.ts';
import { rowsOfPart, validationFigure } from './ranker-examples.ts';
import { trainInEpochs } from './training-loop.ts';
import type { LoopSettings, Trainee } from './training-loop.ts';

/** Learns how the features of examples become columns from their training rows, and encodes all rows. */
export function encodeExamples(
  examples: Examples,
  training: Int32Array,
  settings: EncodingSettings & { readonly tagPower: number },
  context: Context,
): { encoding: Encoding; rows: SparseRows } {
  const encoding = fitEncoding(examples.features, training, settings);
  if (encoding.leftOut.length > 0) context.log(`not used: ${encoding.leftOut.join(', ')}`);
  const rows = encodeRows(encoding, examples.features, examples.rows, settings.tagPower, () =>
    context.progress(0, 'encoding features'),
  );
  return { encoding, rows };
}

/** A ranker while it learns: it tells log-odds of rows of its examples instead of a validation figure. */
export interface RankerTrainee extends Omit<Trainee, 'validate'> {
  logits(rows: Int32Array, pause: () => void): Float32Array;
}

/** Trains a ranker of probabilities in epochs, watched by its AUC on the validation part. */
export async function trainRanker(
  trainee: RankerTrainee,
  examples: Examples,
  training: Int32Array,
  settings: Pick<LoopSettings, 'epochs' | 'batchSize' | 'learningRate' | 'patience'>,
  context: Context,
): Promise<void> {
  const held = rowsOfPart(examples, 1);
  await trainInEpochs(
    {
      step: (order, from, to) => trainee.step(order, from, to),
      setRate: (rate) => trainee.setRate(rate),
      validate:
        held.length === 0 ? undefined : (pause) => validationFigure(trainee.logits(held, pause), examples, held),
      keep: () => trainee.keep(),
      restore: () => trainee.restore(),
    },
    training,
    { ...settings, figure: 'validation AUC', better: 'higher' },
    context,
  );
}
