import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'category-cap',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'Category cap',
  summary: 'At most so many items of a category, at least so many of others, among the first places.',
  icon: 'layers-2',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    cap: {
      kind: 'number',
      title: 'Cap',
      help: 'Most items of any one category among the first places.',
      default: 3,
      minimum: 1,
      maximum: 1000,
      integer: true,
      unit: 'items',
    },
    quotas: {
      kind: 'texts',
      title: 'Quotas',
      help: 'Least items of a category among the first places, as Documentary=1.',
      default: [],
    },
    depth: {
      kind: 'number',
      title: 'First places',
      help: 'How many places the cap and the quotas are about.',
      default: 10,
      minimum: 1,
      maximum: 1000,
      integer: true,
      unit: 'places',
    },
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items in the list.',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    column: {
      kind: 'text',
      title: 'Category column',
      help: 'Item column of names or tags; empty for the one in role item.category.',
      default: '',
      advanced: true,
    },
  },
  references: [],
  cost: 'O(candidates · categories per item)',
});
