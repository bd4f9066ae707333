import type { Context } from '#shared/contract/component.ts';
import type { Split } from '#shared/contract/values.ts';
import type { IalsOptions, IalsProblem } from '#shared/kernels/ials.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { validationNdcg, watchedRequests } from '#shared/values/watch-validation.ts';

/** The twelve settings: three unobserved weights by four regularisations, wide apart, as catalogues differ widely. */
const unobservedWeights = [0.1, 0.3, 1];
const regularisations = [0.001, 0.004, 0.015, 0.06];

/** Epochs of a trial. After four, settings that go on to learn too much still look best. */
const trialEpochs = 8;

/** A way to train for some epochs; `tick` hears how far it is. */
export type Train = (options: IalsOptions, epochs: number, tick: (share: number) => void) => Promise<IalsProblem>;

/**
 * The setting with the highest NDCG@10 on the validation part (on as many of its requests as can be asked in reasonable
 * time) after a short training; told as a sheet. The setting given is kept where there is nothing to validate on.
 */
export async function searchPresets<Options extends IalsOptions>(
  split: Split,
  given: Options,
  context: Context,
  train: Train,
): Promise<Options> {
  const watched = watchedRequests(split, given.factors, context.random('search'));
  if (watched.length === 0) {
    context.warn('there is no validation part to search on: unobserved weight and regularisation stay as they are');
    return given;
  }
  const popularity = itemPopularity(split);
  const trials = unobservedWeights.flatMap((unobservedWeight) =>
    regularisations.map((regularisation) => ({ unobservedWeight, regularisation, ndcg: -1 })),
  );
  for (const [at, trial] of trials.entries()) {
    const options = { ...given, unobservedWeight: trial.unobservedWeight, regularisation: trial.regularisation };
    const problem = await train(options, trialEpochs, (share) =>
      context.progress((at + share) / (2 * trials.length), `setting ${at + 1} of ${trials.length}`),
    );
    const vectors = { width: given.factors, users: problem.users.solved, items: problem.items.solved };
    // Vectors that are no longer numbers order nothing.
    if (vectors.items.every(Number.isFinite) && vectors.users.every(Number.isFinite))
      trial.ndcg = validationNdcg(split, watched, vectors, popularity);
    await context.breathe();
  }
  const best = trials.reduce((first, other) => (other.ndcg > first.ndcg ? other : first));
  context.sheet({
    id: 'search',
    title: `Settings tried: NDCG@10 of ${watched.length} validation requests after ${trialEpochs} epochs`,
    columns: ['unobserved weight', 'regularisation', 'NDCG@10', ''],
    rows: trials.map((trial) => [
      trial.unobservedWeight,
      trial.regularisation,
      trial.ndcg < 0 ? null : trial.ndcg,
      trial === best ? 'kept' : '',
    ]),
  });
  return { ...given, unobservedWeight: best.unobservedWeight, regularisation: best.regularisation };
}
