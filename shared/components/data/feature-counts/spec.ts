import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-counts',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Counts',
  summary: 'Adds how many training events each user and item has: activity and popularity as features.',
  icon: 'hash',
  inputs: { split: { types: ['split'], title: 'Split', help: 'Only its training part is counted.' } },
  outputs: { split: { type: 'split', title: 'Split with counts' } },
  params: {
    of: {
      kind: 'choice',
      title: 'Of',
      help: 'Whose events are counted.',
      default: 'both',
      choices: ['users', 'items', 'both'],
    },
    days: {
      kind: 'number',
      title: 'Last days',
      help: 'Count only events of the last days of the training part; 0 counts all.',
      default: 0,
      minimum: 0,
      maximum: 36_500,
      unit: 'days',
    },
    types: {
      kind: 'texts',
      title: 'Types of event',
      help: 'Count only events of these types; all where empty.',
      default: [],
    },
    logarithm: {
      kind: 'flag',
      title: 'Logarithm',
      help: 'ln(1 + count): tames the few who have very many.',
      default: true,
    },
    columns: {
      kind: 'texts',
      title: 'Columns of a flat table',
      help: 'Categories of a flat table whose training rows are counted, as row.city.',
      default: [],
    },
  },
  references: [],
  cost: 'O(events)',
});
