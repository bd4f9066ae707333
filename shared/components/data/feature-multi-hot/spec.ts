import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-multi-hot',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Multi-hot',
  summary: 'Turns a category or tags into one column of 0 and 1 per name, commonest names first.',
  icon: 'binary',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Which names are common is read from its training part.' },
  },
  outputs: { split: { type: 'split', title: 'Split with columns per name' } },
  params: {
    column: {
      kind: 'text',
      title: 'Column',
      help: 'A category or tags, as item.genres or row.city.',
      default: 'item.genres',
    },
    names: {
      kind: 'number',
      title: 'Names',
      help: 'At most so many names get a column.',
      default: 50,
      minimum: 1,
      maximum: 2000,
      integer: true,
    },
    minimumRows: {
      kind: 'number',
      title: 'Training rows',
      help: 'A name must be in so many training rows.',
      default: 1,
      minimum: 0,
      maximum: 1e9,
      integer: true,
    },
    rest: {
      kind: 'flag',
      title: 'Column for the rest',
      help: 'Add a column that is 1 where a row has a name without a column.',
      default: false,
    },
    keep: { kind: 'flag', title: 'Keep the column', help: 'Leave the column in the table as well.', default: false },
  },
  references: [],
  cost: 'O(rows · names)',
});
