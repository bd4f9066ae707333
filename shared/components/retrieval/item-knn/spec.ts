import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'item-knn',
  version: 1,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'Item-kNN',
  summary:
    'Proposes items that the same users chose together with those in the history: cosine similarity, nearest neighbours.',
  icon: 'waypoints',
  inputs: {
    split: {
      types: ['split'],
      title: 'Split',
      help: 'Training events give the similarities; its requests are answered.',
    },
  },
  outputs: {
    candidates: { type: 'candidates', title: 'Candidates' },
  },
  params: {
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items proposed per request.',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    neighbours: {
      kind: 'number',
      title: 'Neighbours',
      help: 'Similar items kept for each item: more gives longer lists, fewer cuts off noise.',
      default: 200,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      logarithmic: true,
      unit: 'items',
    },
    shrinkage: {
      kind: 'number',
      title: 'Shrinkage',
      help: 'Pulls the similarity of rarely chosen items towards 0: small counts are weak evidence.',
      default: 20,
      minimum: 0,
      maximum: 10_000,
    },
    weighting: {
      kind: 'choice',
      title: 'Weighting',
      help: 'Whether every user and item pair counts alike, or as much as the values of its events.',
      default: 'alike',
      choices: ['alike', 'value'],
      advanced: true,
    },
    fallback: {
      kind: 'choice',
      title: 'Without a history',
      help: 'What users get of whom no training event is known.',
      default: 'popularity',
      choices: ['popularity', 'nothing'],
      advanced: true,
    },
  },
  references: [
    'Sarwar et al. 2001, Item-based collaborative filtering recommendation algorithms',
    'Deshpande & Karypis 2004, Item-based top-N recommendation algorithms',
  ],
  cost: 'O(Σ history²) to fit, O(history · neighbours + items) per request',
});
