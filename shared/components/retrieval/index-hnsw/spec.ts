import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'index-hnsw',
  version: 1,
  stage: 'retrieval',
  kind: 'store.vector',
  title: 'HNSW index',
  summary:
    'Finds items with large inner products through a graph of neighbours: looks at few of them, misses some, and says how many.',
  icon: 'share-2',
  inputs: {
    model: {
      types: ['model'],
      title: 'Model',
      help: 'A model with vectors: iALS, BPR, two-tower. The requests of its split are answered.',
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
    searchEffort: {
      kind: 'number',
      title: 'Search effort',
      help: 'ef: items kept in view during a search, at least as many as are proposed. More finds more and takes longer.',
      default: 200,
      minimum: 1,
      maximum: 100_000,
      integer: true,
      logarithmic: true,
    },
    links: {
      kind: 'number',
      title: 'Links',
      help: 'M: neighbours of an item on the upper levels, twice as many on the lowest. More finds more and takes more memory.',
      default: 16,
      minimum: 2,
      maximum: 128,
      integer: true,
    },
    buildEffort: {
      kind: 'number',
      title: 'Build effort',
      help: 'Items looked at to find the neighbours of a new one, at least as many as links: better graphs, longer to build.',
      default: 128,
      minimum: 2,
      maximum: 2_000,
      integer: true,
      logarithmic: true,
    },
    fallback: {
      kind: 'choice',
      title: 'Without a vector',
      help: 'What users get whom the model does not know.',
      default: 'popularity',
      choices: ['popularity', 'nothing'],
      advanced: true,
    },
  },
  references: [
    'Malkov & Yashunin 2016, Efficient and robust approximate nearest neighbor search using HNSW graphs, arXiv:1603.09320',
    'Bachrach et al. 2014, Speeding up the Xbox recommender system using a Euclidean transformation for inner-product spaces',
  ],
  cost: 'O(items · log(items) · build effort) to fit, O(search effort · links · width) per request',
});
