import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'dedupe',
  version: 1,
  stage: 'reranking',
  kind: 'filter',
  title: 'Dedupe',
  summary:
    'Keeps the best placed of items that are the same, or the same in some column: one edition, one series, one seller.',
  icon: 'copy-minus',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'candidates', title: 'Candidates' },
  },
  params: {
    by: {
      kind: 'text',
      title: 'Same by',
      help: 'Item column in which equal items are the same; empty for the item itself.',
      default: '',
    },
  },
  references: [],
  cost: 'O(candidates)',
});
