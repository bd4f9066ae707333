import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'merge',
  version: 1,
  stage: 'retrieval',
  kind: 'merge',
  title: 'Merge',
  summary: 'Makes one list of the candidates of several retrievers, each item once, remembering who proposed it.',
  icon: 'git-merge',
  inputs: {
    candidates: {
      types: ['candidates', 'list'],
      title: 'Candidates',
      help: 'Lists for the same requests, in the order of the wires.',
      many: true,
    },
  },
  outputs: {
    candidates: { type: 'candidates', title: 'Candidates' },
  },
  params: {
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items kept per request.',
      default: 200,
      minimum: 1,
      maximum: 50_000,
      integer: true,
      unit: 'items',
    },
    method: {
      kind: 'choice',
      title: 'Method',
      help: 'Reciprocal rank and round robin look at places only; weighted adds scores that were made comparable.',
      default: 'reciprocal-rank',
      choices: ['reciprocal-rank', 'weighted', 'round-robin'],
    },
    weights: {
      kind: 'numbers',
      title: 'Weights',
      help: 'How much each input counts, in the order of the wires; inputs without a number count 1. Not used by round robin.',
      default: [],
      minimum: 0,
      maximum: 1_000,
    },
    normalisation: {
      kind: 'choice',
      title: 'Normalisation',
      help: 'How weighted makes scores comparable: by smallest and largest of each list, by place, or not at all.',
      default: 'min-max',
      choices: ['min-max', 'rank', 'none'],
    },
    constant: {
      kind: 'number',
      title: 'Rank constant',
      help: 'c in 1 / (c + place) of reciprocal rank: the smaller, the more the first places count.',
      default: 60,
      minimum: 0,
      maximum: 10_000,
      advanced: true,
    },
  },
  references: [
    'Cormack, Clarke & Büttcher 2009, Reciprocal rank fusion outperforms Condorcet and individual rank learning methods',
  ],
  cost: 'O(candidates · log keep)',
});
