import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'evaluate-lists',
  version: 1,
  stage: 'evaluation',
  kind: 'eval.offline',
  title: 'Evaluate lists',
  summary:
    'Measures lists against what users went on to choose: over the whole catalogue, with intervals, baselines and slices.',
  icon: 'clipboard-check',
  inputs: {
    lists: {
      types: ['candidates', 'list'],
      title: 'Lists',
      help: 'What is measured: candidates of a retriever or ranker, or the final list.',
    },
    baselines: {
      types: ['candidates', 'list'],
      title: 'Baselines',
      help: 'What it is compared with, measured in the same way. Popularity and EASE are added by themselves.',
      optional: true,
      many: true,
    },
  },
  outputs: {
    metrics: { type: 'metrics', title: 'Metrics' },
  },
  params: {
    k: {
      kind: 'numbers',
      title: 'Cut-offs',
      help: 'Lengths of list that are measured.',
      default: [10],
      minimum: 1,
      maximum: 10_000,
      integer: true,
    },
    metrics: {
      kind: 'texts',
      title: 'Metrics',
      help: 'Ids of metrics of lists; each says in its help whose definition it is.',
      default: ['ndcg', 'recall', 'precision', 'hit', 'mrr', 'map', 'coverage', 'gini', 'novelty', 'ild'],
    },
    part: {
      kind: 'choice',
      title: 'Part',
      help: 'Validation while choosing models; test once, at the end.',
      default: 'test',
      choices: ['test', 'validation'],
    },
    relevantFrom: {
      kind: 'number',
      title: 'Relevant from',
      help: 'Held-out events with a smaller value are not relevant: 4 makes only ratings of 4 and 5 count.',
      default: 0,
      minimum: -1_000_000,
      maximum: 1_000_000,
    },
    baselines: {
      kind: 'flag',
      title: 'Baselines',
      help: 'Adds popularity, and EASE where the catalogue is small enough, for comparison.',
      default: true,
    },
    slices: {
      kind: 'texts',
      title: 'Slices',
      help: 'Parts measured by themselves: activity, popularity, user.<column> or item.<column>.',
      default: ['activity', 'popularity'],
    },
    hideKnown: {
      kind: 'flag',
      title: 'Hide known items',
      help: 'Leaves out of the lists what the user already has, as is usual; off where people choose the same things again.',
      default: true,
      advanced: true,
    },
    resamples: {
      kind: 'number',
      title: 'Resamples',
      help: 'Bootstrap resamples behind the intervals; fewer are taken where there are very many users.',
      default: 1000,
      minimum: 100,
      maximum: 100_000,
      integer: true,
      advanced: true,
    },
  },
  references: [
    'Krichene & Rendle, On Sampled Metrics for Item Recommendation, KDD 2020',
    'Efron, Bootstrap Methods: Another Look at the Jackknife, 1979',
    'Ferrari Dacrema et al., Are We Really Making Much Progress?, RecSys 2019',
  ],
  cost: 'O(requests · list length · metrics + resamples · users · metrics)',
});
