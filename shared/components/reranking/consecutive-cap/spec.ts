import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'consecutive-cap',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'Consecutive cap',
  summary: 'No more than so many neighbours of the same category in a row.',
  icon: 'rows-4',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    run: {
      kind: 'number',
      title: 'In a row',
      help: 'Most neighbours that may share a category.',
      default: 2,
      minimum: 1,
      maximum: 100,
      integer: true,
      unit: 'items',
    },
    depth: {
      kind: 'number',
      title: 'First places',
      help: 'How many places this is about.',
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
  cost: 'O(places · candidates · categories per item)',
});
