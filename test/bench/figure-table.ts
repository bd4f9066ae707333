import type { RunResult } from '../../shared/contract/results.ts';

/** A figure that the product promises to reach, and how it is measured. */
export interface Figure {
  readonly protocol: string;
  readonly component: string;
  readonly metric: string;
  readonly required: string;
  readonly template: string;
  /** Folder of real data and the format it is imported as; null where the template generates its data. */
  readonly data: { readonly folder: string; readonly format: string } | null;
  /** Parameters changed for this figure, as --set would. */
  readonly set?: Readonly<Record<string, string>>;
  /** Parameters of a second run that the first is measured against. */
  readonly against?: Readonly<Record<string, string>>;
  /** The node that it is read from: nothing else is run. Everything is where absent. */
  readonly until?: string;
  /** How many seeds it is the mean of, from 1; 3 where absent. */
  readonly seeds?: number;
  measure(run: RunResult, against: RunResult): number;
  holds(mean: number, values: readonly number[]): boolean;
}

/** A metric of a node; fails loudly where the node did not give it. */
export function metricOf(run: RunResult, node: string, metric: string): number {
  const value = run.nodes[node]?.metrics[metric]?.value;
  if (value === null || value === undefined) {
    throw new Error(
      `${node} gave no ${metric} (${run.nodes[node]?.status}: ${run.nodes[node]?.error?.what ?? run.nodes[node]?.because})`,
    );
  }
  return value;
}

const ml100k = { folder: 'ml-100k', format: 'recbole' };
const atLeast = (bar: number) => ({
  required: `≥ ${bar.toFixed(3).replace(/^0/, '')}`,
  holds: (mean: number) => mean >= bar,
});

function ranking(
  template: string,
  protocol: string,
  component: string,
  node: string,
  bar: ReturnType<typeof atLeast> & { required: string },
): Figure {
  return {
    protocol,
    component,
    metric: 'NDCG@10',
    template,
    data: ml100k,
    until: node,
    ...bar,
    measure: (run) => metricOf(run, node, 'ndcg@10'),
  };
}

function click(component: string, node: string, bar: number): Figure {
  return {
    protocol: 'MovieLens 100K as clicks',
    component,
    metric: 'AUC',
    template: 'click-prediction',
    data: ml100k,
    until: node,
    ...atLeast(bar),
    measure: (run) => metricOf(run, node, 'auc'),
  };
}

/** Trees with the parameters of LightGBM 4.7.0 against its own AUC on the same rows (test/golden/lightgbm-parity.py). */
const likeLightgbm = (
  [
    ['100 trees of 31 leaves', {}, 0.8321, 1],
    ['of 63 leaves', { 'lambdamart.leaves': '63' }, 0.8162, 1],
    ['on bags of .8 of the rows', { 'lambdamart.bagFraction': '0.8' }, 0.8324, 20],
    ['on bags of .5 of the rows', { 'lambdamart.bagFraction': '0.5' }, 0.8227, 20],
  ] as const
).map(([name, set, auc, seeds]): Figure => {
  const shown = `.${String(auc).slice(2)}`;
  return {
    protocol: 'LightGBM binary example',
    component: `GBDT, ${name}`,
    metric: 'AUC',
    required: `${shown} ± .004 (LightGBM’s${seeds > 1 ? ' mean' : ''}, ± .004)`,
    template: 'learning-to-rank',
    data: { folder: 'lightgbm-binary', format: 'libsvm' },
    set: {
      'lambdamart.objective': 'binary',
      'lambdamart.rounds': '100',
      'lambdamart.learningRate': '0.1',
      'lambdamart.leaves': '31',
      'lambdamart.minimumRowsInLeaf': '20',
      'evaluate-lambdamart.metrics': 'auc',
      ...set,
    },
    until: 'evaluate-lambdamart',
    seeds,
    measure: (run) => metricOf(run, 'evaluate-lambdamart', 'auc'),
    holds: (mean) => Math.abs(mean - auc) <= 0.004,
  };
});

/** What the search without logQ chose for itself: the correction is measured against its best rival. */
const withoutLogQ = { 'two-tower.temperature': '6.4' };

const recbole = 'reproduce-recbole-ml-100k';
const recommenders = 'reproduce-recommenders-ml-100k';
const p1 = 'MovieLens 100K, 8:1:1 (RecBole)';
const p2 = 'MovieLens 100K, 75/25 (recommenders-team)';

export const figures: readonly Figure[] = [
  ranking(recbole, p1, 'popularity', 'evaluate-popularity', {
    required: '.140 ± .006',
    holds: (mean) => Math.abs(mean - 0.14) <= 0.006,
  }),
  ranking(recbole, p1, 'item-kNN', 'evaluate-item-knn', atLeast(0.27)),
  ranking(recbole, p1, 'EASE 250', 'evaluate-ease', atLeast(0.318)),
  ranking(recbole, p1, 'iALS preset', 'evaluate-ials', atLeast(0.318)),
  ranking(recbole, p1, 'BPR 64', 'evaluate-bpr', atLeast(0.27)),
  ranking(recbole, p1, 'two-tower, ids only', 'evaluate-two-tower', atLeast(0.25)),
  {
    protocol: p1,
    component: 'two-tower, what logQ adds',
    metric: 'NDCG@10 with − without',
    required: '≥ 0',
    template: recbole,
    data: ml100k,
    until: 'evaluate-two-tower',
    against: { 'two-tower.logQ': 'false', ...withoutLogQ },
    measure: (run, without) =>
      metricOf(run, 'evaluate-two-tower', 'ndcg@10') - metricOf(without, 'evaluate-two-tower', 'ndcg@10'),
    holds: (mean) => mean >= 0,
  },
  ranking(recommenders, p2, 'EASE', 'evaluate-ease', atLeast(0.47)),
  ranking(recommenders, p2, 'iALS', 'evaluate-ials', atLeast(0.455)),
  ranking(recommenders, p2, 'BPR', 'evaluate-bpr', atLeast(0.435)),
  click('logistic regression', 'evaluate-logistic-regression', 0.842),
  click('factorization machine', 'evaluate-factorization-machine', 0.86),
  click('GBDT', 'evaluate-gbdt', 0.84),
  click('DCN-v2', 'evaluate-dcn-v2', 0.862),
  ...(
    [
      ['1', 0.5674],
      ['3', 0.578],
    ] as const
  ).map(([k, bar]): Figure => ({
    protocol: 'LightGBM lambdarank example',
    component: 'LambdaMART',
    metric: `NDCG@${k} (LightGBM)`,
    required: `> ${String(bar).slice(1)}`,
    template: 'learning-to-rank',
    data: { folder: 'lightgbm-lambdarank', format: 'libsvm' },
    until: 'evaluate-lambdamart',
    measure: (run) => metricOf(run, 'evaluate-lambdamart', `ndcg-lightgbm@${k}`),
    holds: (mean) => mean > bar,
  })),
  ...likeLightgbm,
  {
    protocol: 'synthetic world, 2,000 × 5,000',
    component: 'iALS over popularity',
    metric: 'ratio of NDCG@10',
    required: '≥ 2',
    template: 'video-recommendation',
    data: null,
    measure: (run) => metricOf(run, 'evaluate-ials', 'ndcg@10') / baselineOf(run, 'evaluate-ials', 'ndcg@10'),
    holds: (mean) => mean >= 2,
  },
  {
    protocol: 'video-recommendation, 2,000 × 5,000',
    component: 'whole pipeline over popularity',
    metric: 'ratio of NDCG@10',
    required: '≥ 1.5',
    template: 'video-recommendation',
    data: null,
    measure: (run) => metricOf(run, 'evaluate-list', 'ndcg@10') / baselineOf(run, 'evaluate-list', 'ndcg@10'),
    holds: (mean) => mean >= 1.5,
  },
  {
    protocol: 'video-recommendation, 2,000 × 5,000',
    component: 'whole pipeline over popularity',
    metric: 'difference of ILD@10',
    required: '≥ 0',
    template: 'video-recommendation',
    data: null,
    measure: (run) => metricOf(run, 'evaluate-list', 'ild@10') - baselineOf(run, 'evaluate-list', 'ild@10'),
    holds: (mean) => mean >= 0,
  },
];

function baselineOf(run: RunResult, node: string, metric: string): number {
  const value = run.nodes[node]?.baselines['popularity']?.[metric]?.value;
  if (value === null || value === undefined) throw new Error(`${node} has no popularity baseline for ${metric}`);
  return value;
}
