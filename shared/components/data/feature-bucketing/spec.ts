import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-bucketing',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Bucketing',
  summary: 'Cuts numbers into ranges and makes a category of them, for linear rankers and for crosses.',
  icon: 'chart-column-stacked',
  inputs: { split: { types: ['split'], title: 'Split', help: 'The cuts are read from its training part.' } },
  outputs: { split: { type: 'split', title: 'Split with ranges' } },
  params: {
    column: {
      kind: 'text',
      title: 'Column',
      help: 'Numbers to cut, as user.age, item.price or row.income.',
      default: 'user.age',
    },
    method: {
      kind: 'choice',
      title: 'Method',
      help: 'quantile: equally many training rows in each; width: equally wide; logarithm: widths that grow by a factor; given: your own cuts.',
      default: 'quantile',
      choices: ['quantile', 'width', 'logarithm', 'given'],
    },
    buckets: {
      kind: 'number',
      title: 'Ranges',
      help: 'How many; fewer where values repeat.',
      default: 10,
      minimum: 2,
      maximum: 1000,
      integer: true,
    },
    cuts: {
      kind: 'numbers',
      title: 'Cuts',
      help: 'With given: where ranges end and the next begin.',
      default: [18, 25, 35, 45, 55],
      minimum: -1e12,
      maximum: 1e12,
    },
    keep: { kind: 'flag', title: 'Keep the column', help: 'Leave the numbers in the table as well.', default: true },
  },
  references: [],
  cost: 'O(training rows · log training rows)',
});
