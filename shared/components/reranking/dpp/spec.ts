import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'dpp',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'DPP',
  summary: 'Fills the list with a set of relevant items that spans as much as possible (determinantal point process).',
  icon: 'expand',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
    model: {
      types: ['model'],
      title: 'Model',
      help: 'A model whose item vectors say how alike items are; categories say so where none is wired.',
      optional: true,
    },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    alpha: {
      kind: 'number',
      title: 'Relevance against diversity',
      help: 'Towards 1 keeps the order of relevance, 0 looks at diversity alone.',
      default: 0.7,
      minimum: 0,
      maximum: 0.99,
    },
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items in the list.',
      default: 10,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    window: {
      kind: 'number',
      title: 'Window',
      help: 'Each item is diverse against the window - 1 before it; 0 for all. Needed for lists longer than there are kinds of items.',
      default: 0,
      minimum: 0,
      maximum: 1000,
      integer: true,
      unit: 'items',
    },
    relevance: {
      kind: 'choice',
      title: 'Relevance',
      help: 'By score, or by place where scores are far apart.',
      default: 'score',
      choices: ['score', 'place'],
      advanced: true,
    },
    column: {
      kind: 'text',
      title: 'Likeness column',
      help: 'Item column of tags, names or vectors; empty for the one in role item.category.',
      default: '',
      advanced: true,
    },
  },
  references: [
    'Chen, Zhang & Zhou, Fast Greedy MAP Inference for Determinantal Point Process, NeurIPS 2018, arXiv:1709.05135',
  ],
  cost: 'O(keep · candidates · (keep + width))',
});
