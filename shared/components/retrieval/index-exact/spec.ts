import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'index-exact',
  version: 1,
  stage: 'retrieval',
  kind: 'store.vector',
  title: 'Exact index',
  summary:
    'Finds the items with the largest inner product with the user by looking at every one: no loss, time in proportion to the catalogue.',
  icon: 'scan-search',
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
    fallback: {
      kind: 'choice',
      title: 'Without a vector',
      help: 'What users get whom the model does not know.',
      default: 'popularity',
      choices: ['popularity', 'nothing'],
      advanced: true,
    },
  },
  references: [],
  cost: 'O(items · width) per request',
});
