import type { RunResult } from '../../shared/contract/results.ts';
import { metricOf } from './figure-table.ts';

/** Where a search validates: on the validation part of real data, on folds of training queries, or on another generated world. */
export type Validation =
  | { readonly on: 'validation part'; readonly folder: string; readonly format: string }
  | { readonly on: 'folds of the training queries'; readonly folder: string; readonly folds: number }
  | { readonly on: 'another world'; readonly world: number };

/** A search over settings of one node of a template. */
export interface Search {
  readonly name: string;
  readonly template: string;
  readonly validation: Validation;
  /** The evaluation that is run up to; it is told to measure the validation part, unless another world is asked. */
  readonly evaluation: string;
  /** What is held fixed, as --set. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Every combination of these is tried, in this order; of equals the first wins. */
  readonly grid: Readonly<Record<string, readonly (number | string)[]>>;
  readonly figure: string;
  measure(run: RunResult): number;
  /** Whether a setting may be chosen at all. */
  allowed?(run: RunResult): boolean;
}

const ml100k = { on: 'validation part', folder: 'ml-100k', format: 'recbole' } as const;
/** A world of which the figures know nothing: that of the template has seed 1. */
const world = { on: 'another world', world: 101 } as const;

function retriever(name: string, node: string, grid: Search['grid'], fixed?: Search['fixed']): Search {
  const evaluation = `evaluate-${node}`;
  return {
    name,
    template: 'reproduce-recbole-ml-100k',
    validation: ml100k,
    evaluation,
    ...(fixed && { fixed }),
    grid: Object.fromEntries(Object.entries(grid).map(([param, values]) => [`${node}.${param}`, values])),
    figure: 'NDCG@10',
    measure: (run) => metricOf(run, evaluation, 'ndcg@10'),
  };
}

function ranker(node: string, grid: Search['grid'], fixed?: Search['fixed']): Search {
  const evaluation = `evaluate-${node}`;
  return {
    name: `click-prediction/${node}`,
    template: 'click-prediction',
    validation: ml100k,
    evaluation,
    ...(fixed && { fixed }),
    grid: Object.fromEntries(Object.entries(grid).map(([param, values]) => [`${node}.${param}`, values])),
    figure: 'AUC',
    measure: (run) => metricOf(run, evaluation, 'auc'),
  };
}

function sample(stage: string, evaluation: string, grid: Search['grid'], more: Partial<Search> = {}): Search {
  return {
    name: `video-recommendation/${stage}`,
    template: 'video-recommendation',
    validation: world,
    evaluation,
    grid,
    figure: 'NDCG@10',
    measure: (run) => metricOf(run, evaluation, 'ndcg@10'),
    ...more,
  };
}

const towers = { temperature: [0.05, 0.1, 0.2, 0.4], learningRate: [0.005, 0.015] };
/** Without logQ the best temperature is much higher. */
const uncorrectedTowers = { ...towers, temperature: [...towers.temperature, 0.8, 1.6, 3.2, 6.4] };

/** Every search behind a preset of a component or a setting of a template. */
export const searches: readonly Search[] = [
  retriever('item-knn', 'item-knn', { neighbours: [50, 100, 200, 400, 800, 1600], shrinkage: [0, 20, 100] }),
  retriever('ials', 'ials', { unobservedWeight: [0.1, 0.2, 0.4, 0.8], regularisation: [0.005, 0.01, 0.015, 0.03] }),
  retriever('bpr', 'bpr', {
    learningRate: [0.04, 0.08, 0.16, 0.32],
    regularisation: [0.005, 0.015, 0.03],
    epochs: [40, 80, 160, 320],
  }),
  retriever('two-tower', 'two-tower', towers, { 'two-tower.epochs': '12' }),
  retriever('two-tower/without-logQ', 'two-tower', uncorrectedTowers, {
    'two-tower.epochs': '12',
    'two-tower.logQ': 'false',
  }),
  ranker('logistic-regression', { penalty: [0.3, 1, 3, 10] }),
  ranker('factorization-machine', {
    learningRate: [0.002, 0.005, 0.01, 0.02, 0.04],
    decay: [0.000_01, 0.000_05, 0.000_2, 0.000_8, 0.003_2],
  }),
  ranker(
    'gbdt',
    {
      leaves: [15, 31, 63, 127, 255],
      minimumRowsInLeaf: [10, 20, 100],
      featureFraction: [0.1, 0.2, 0.3, 0.5, 1],
    },
    { 'gbdt.learningRate': '0.05', 'gbdt.rounds': '1000' },
  ),
  ranker('dcn-v2', { learningRate: [0.002, 0.005], decay: [0.01, 0.03], dropout: [0.2, 0.5] }),
  {
    name: 'learning-to-rank',
    template: 'learning-to-rank',
    validation: { on: 'folds of the training queries', folder: 'lightgbm-lambdarank', folds: 5 },
    evaluation: 'evaluate-lambdamart',
    fixed: { 'lambdamart.patience': '0' },
    grid: {
      'lambdamart.rounds': [100, 200],
      'lambdamart.learningRate': [0.05, 0.1],
      'lambdamart.leaves': [4, 7, 15, 31],
      'lambdamart.minimumRowsInLeaf': [20, 50, 100],
    },
    figure: 'mean of NDCG@1, 3, 10',
    measure: (run) =>
      [1, 3, 10].reduce((sum, k) => sum + metricOf(run, 'evaluate-lambdamart', `ndcg-lightgbm@${k}`) / 3, 0),
  },
  sample('retrieval', 'evaluate-ials', {
    'ials.unobservedWeight': [0.1, 0.4, 1, 2, 4],
    'ials.regularisation': [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02],
  }),
  sample('ranking', 'evaluate-ranker', {
    'ranker.rounds': [40, 80, 160],
    'ranker.leaves': [7, 15, 31],
    'ranker.minimumRowsInLeaf': [20, 50],
  }),
  sample(
    'diversity',
    'evaluate-list',
    { 'diversity.lambda': [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] },
    {
      figure: 'NDCG@10, with ILD@10 above that of popularity by .01',
      allowed: (run) => {
        const popularity = run.nodes['evaluate-list']?.baselines['popularity']?.['ild@10']?.value;
        return metricOf(run, 'evaluate-list', 'ild@10') >= (popularity ?? Infinity) + 0.01;
      },
    },
  ),
];
