import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'already-seen',
  version: 1,
  stage: 'reranking',
  kind: 'filter',
  title: 'Already-seen filter',
  summary: 'Leaves out what the user already has: bought, read, watched.',
  icon: 'eye-off',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'candidates', title: 'Candidates' },
  },
  params: {
    withinDays: {
      kind: 'number',
      title: 'Within',
      help: 'Only what was seen this long before the request is left out; 0 for ever.',
      default: 0,
      minimum: 0,
      maximum: 36_500,
      unit: 'days',
    },
  },
  references: [],
  cost: 'O(candidates + history)',
});
