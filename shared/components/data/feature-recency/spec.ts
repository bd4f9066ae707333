import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-recency',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Recency',
  summary:
    'Adds how recent the events of each user and item are: a count that fades with a half-life, and days since the last one.',
  icon: 'hourglass',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Only its training part is used; its end counts as now.' },
  },
  outputs: { split: { type: 'split', title: 'Split with recency' } },
  params: {
    of: {
      kind: 'choice',
      title: 'Of',
      help: 'Whose events are used.',
      default: 'both',
      choices: ['users', 'items', 'both'],
    },
    halfLife: {
      kind: 'number',
      title: 'Half-life',
      help: 'After so many days an event counts half.',
      default: 30,
      minimum: 0.001,
      maximum: 36_500,
      unit: 'days',
      logarithmic: true,
    },
    types: {
      kind: 'texts',
      title: 'Types of event',
      help: 'Use only events of these types; all where empty.',
      default: [],
    },
    age: {
      kind: 'flag',
      title: 'Age of items',
      help: 'Also add the days since an item appeared, where the data set knows.',
      default: true,
    },
  },
  references: ['Microsoft Recommenders, SAR (half-life of 30 days)'],
  cost: 'O(events)',
});
