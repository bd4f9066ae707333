import type { RunnableComponent } from '../../shared/contract/component.ts';
import type { StoredParams } from '../../shared/contract/params.ts';
import { auc } from '../../shared/kernels/auc.ts';
import { runComponent } from './run-component.ts';
import { sampleExamples } from './sample-values.ts';
import { checkerboard } from './small-worlds.ts';

/**
 * Area under the ROC curve in the test part, after a ranker learned who likes what by parity of user and item: a
 * product of features, which a sum of weights cannot learn, and of which no cross tells.
 */
export async function aucOfProduct(ranker: unknown, params: StoredParams): Promise<number> {
  const split = { ...checkerboard(), crosses: [] };
  const { outputs } = await runComponent(ranker as RunnableComponent, { examples: sampleExamples(split) }, split, {
    params,
  });
  const scored = outputs['examples'];
  if (scored?.type !== 'examples' || scored.prediction === null) throw new Error('the ranker scored no examples');
  const { prediction, label, part } = scored;
  const test = [...part.keys()].filter((row) => part[row] === 2);
  return auc(
    test.map((row) => prediction[row]),
    test.map((row) => label[row]),
  );
}
