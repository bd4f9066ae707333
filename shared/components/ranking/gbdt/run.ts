import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Examples, Feature } from '#shared/contract/values.ts';
import { Boosting, defaultBoostingSettings } from '#shared/kernels/gbdt/boosting.ts';
import type { BoostingSettings, LabelledRows } from '#shared/kernels/gbdt/boosting.ts';
import { featureImportance } from '#shared/kernels/gbdt/forest.ts';
import type { Forest } from '#shared/kernels/gbdt/forest.ts';
import { predictInto, sigmoidInPlace } from '#shared/kernels/gbdt/predict.ts';
import { rankedBy } from '#shared/values/rank-candidates.ts';
import { rowsOfPart, trainingRows } from '#shared/values/ranker-examples.ts';
import { fitTreeFeatures, levelColumns, treeColumns } from './tree-features.ts';
import type { PlainRecord, TreeFeature } from './tree-features.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

/** What is learned: how features become columns, and the trees. */
type State = { readonly features: readonly TreeFeature[]; readonly forest: PlainRecord<Forest> };

export const component = implement(spec, {
  async fit({ examples }, params, context): Promise<State> {
    const rows = trainingRows(examples);
    const features = fitTreeFeatures(examples.features, rows, examples.label, params);
    const boosting = prepare(examples, features, rows, params, context);
    const { forest } = await train(boosting, params, context);
    report(forest, features, context);
    return { features, forest };
  },

  apply({ features, forest }, inputs, params) {
    return rankedBy(inputs, params.objective === 'binary', (described, rows) =>
      scoresOf(forest, features, described, rows, params),
    );
  },
});

/** First row of each run of equal groups among `rows`, and the number of rows last. */
function queryStarts(examples: Examples, rows: Int32Array): Int32Array {
  const { group } = examples;
  if (group === null) {
    throw new RunboardError('bad-data', 'lambdarank needs rows that belong to a user, query or request', {
      where: 'objective',
      remedy: 'give the table a column in the role "group", or choose another objective',
    });
  }
  const starts = Int32Array.from(rows.keys()).filter((i) => i === 0 || group[rows[i]] !== group[rows[i - 1]]);
  return Int32Array.of(...starts, rows.length);
}

function labelledRows(
  examples: Examples,
  features: readonly TreeFeature[],
  rows: Int32Array,
  params: Params,
  training: boolean,
): LabelledRows {
  const { weight, label } = examples;
  return {
    columns: treeColumns(examples.features, features, rows, training),
    labels: {
      values: Float64Array.from(rows, (row) => label[row]),
      weights: weight === null ? undefined : Float64Array.from(rows, (row) => weight[row]),
      queryStart: params.objective === 'lambdarank' ? queryStarts(examples, rows) : undefined,
    },
  };
}

function settingsOf(params: Params): BoostingSettings {
  return { ...defaultBoostingSettings, ...params, ndcgRanks: [params.ndcgAt] };
}

function prepare(
  examples: Examples,
  features: readonly TreeFeature[],
  rows: Int32Array,
  params: Params,
  context: Context,
): Boosting {
  const held = rowsOfPart(examples, 1);
  if (held.length === 0 && params.patience > 0)
    context.warn('there is no validation part: all trees are grown, and nothing watches for overfitting');
  if (examples.weight !== null && params.objective === 'lambdarank')
    context.warn('lambdarank does not use the weights of the examples');
  const unused = features.filter(({ columns }) => columns.length === 0).map(({ name }) => name);
  if (unused.length > 0) context.log(`not used: ${unused.join(', ')}`);
  const validation = held.length === 0 ? undefined : labelledRows(examples, features, held, params, false);
  const training = labelledRows(examples, features, rows, params, true);
  return guarded(
    () => new Boosting(training, levelColumns(features), settingsOf(params), context.random('trees'), validation),
  );
}

/** Faults of the numbers that a kernel reports, in the words of failures. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const diverged = thrown.message.includes('diverged');
    throw new RunboardError(diverged ? 'diverged' : 'bad-data', thrown.message, {
      remedy: diverged ? 'lower the learning rate' : 'choose the objective that fits the labels, or other labels',
    });
  }
}

async function train(boosting: Boosting, params: Params, context: Context): Promise<{ forest: Forest }> {
  while (!boosting.done) {
    context.progress(boosting.round / params.rounds, `tree ${boosting.round + 1} of at most ${params.rounds}`);
    const metrics = guarded(() => boosting.advance());
    context.curve(boosting.round, metrics);
    if (boosting.round % 8 === 0) await context.breathe();
  }
  const { forest, bestRound } = boosting.finish();
  context.measure('trees', bestRound);
  if (bestRound === 0) context.warn('no split was worth anything: every score is the same');
  return { forest };
}

function scoresOf(
  forest: Forest,
  fitted: readonly TreeFeature[],
  features: readonly Feature[],
  rows: number,
  params: Params,
): Float32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const scores = new Float64Array(rows);
  predictInto(scores, forest, treeColumns(features, fitted, all, false));
  if (params.objective === 'binary') sigmoidInPlace(scores);
  return Float32Array.from(scores);
}

function report(forest: Forest, features: readonly TreeFeature[], context: Context): void {
  const names = features.flatMap(({ columns }) => columns);
  const { gain, splits } = featureImportance(forest);
  const total = gain.reduce((sum, one) => sum + one, 0) || 1;
  const order = names
    .map((_, at) => at)
    .sort((a, b) => gain[b] - gain[a] || a - b)
    .slice(0, 30);
  context.plot({
    id: 'importance',
    title: 'Which features the trees ask',
    x: 'feature',
    y: 'share of gain',
    mark: 'bar',
    series: [{ name: 'gain', x: order.map((at) => names[at]), y: order.map((at) => gain[at] / total) }],
  });
  context.sheet({
    id: 'importance',
    title: 'Features by gain',
    columns: ['feature', 'share of gain', 'splits'],
    rows: order.map((at) => [names[at], gain[at] / total, splits[at]]),
  });
}
