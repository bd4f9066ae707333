import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'business-rules',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'Business rules',
  summary: 'Blocks, boosts and pins items by id or by tag.',
  icon: 'gavel',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    block: { kind: 'texts', title: 'Block', help: 'Item ids or categories that are never shown.', default: [] },
    boost: {
      kind: 'texts',
      title: 'Boost',
      help: 'Item ids or categories with a factor, as Comedy*1.5; below 1 demotes.',
      default: [],
    },
    pin: {
      kind: 'texts',
      title: 'Pin',
      help: 'Item ids or categories put first, in this order, where they are among the candidates; a category pins its best item.',
      default: [],
    },
    pinAt: {
      kind: 'number',
      title: 'Pin at',
      help: 'The place of the first pin.',
      default: 1,
      minimum: 1,
      maximum: 1000,
      integer: true,
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
  cost: 'O(candidates · log candidates)',
});
