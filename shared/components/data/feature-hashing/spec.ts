import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-hashing',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Hashing',
  summary:
    'Puts the names of a category, tags or the words of a text into a fixed number of buckets, without a list of names.',
  icon: 'dices',
  inputs: { split: { types: ['split'], title: 'Split', help: 'Nothing is learned from it.' } },
  outputs: { split: { type: 'split', title: 'Split with buckets' } },
  params: {
    column: {
      kind: 'text',
      title: 'Column',
      help: 'A category, tags or text, as user.id or item.title.',
      default: 'user.id',
    },
    buckets: {
      kind: 'number',
      title: 'Buckets',
      help: 'Fewer buckets, more names that share one.',
      default: 1024,
      minimum: 2,
      maximum: 1_048_576,
      integer: true,
      logarithmic: true,
    },
    keep: { kind: 'flag', title: 'Keep the column', help: 'Leave the column in the table as well.', default: true },
  },
  references: ['Weinberger et al. 2009, Feature hashing for large scale multitask learning'],
  cost: 'O(rows + names)',
});
