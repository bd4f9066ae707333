import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-rates',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Rates',
  summary:
    'Adds the share of good outcomes of each user and item: clicks per impression, purchases per view, high values per event.',
  icon: 'percent',
  inputs: { split: { types: ['split'], title: 'Split', help: 'Only its training part is used.' } },
  outputs: { split: { type: 'split', title: 'Split with rates' } },
  params: {
    rate: {
      kind: 'choice',
      title: 'Rate',
      help: 'clicks of impressions; events of some types among all events; or events with a high value.',
      default: 'value',
      choices: ['clicks', 'types', 'value'],
    },
    of: {
      kind: 'choice',
      title: 'Of',
      help: 'Whose rates are taken.',
      default: 'both',
      choices: ['users', 'items', 'both'],
    },
    types: {
      kind: 'texts',
      title: 'Types of event',
      help: 'With types: which events count as good.',
      default: ['purchase'],
    },
    positive: {
      kind: 'number',
      title: 'Value from',
      help: 'With value: events with at least this value are good.',
      default: 4,
      minimum: -1e9,
      maximum: 1e9,
    },
    smoothing: {
      kind: 'number',
      title: 'Smoothing',
      help: 'Observations of the overall rate that everybody starts with.',
      default: 20,
      minimum: 0,
      maximum: 100_000,
    },
    folds: {
      kind: 'number',
      title: 'Folds',
      help: 'Parts that the training rows are divided into; each row is described without its own part.',
      default: 5,
      minimum: 2,
      maximum: 100,
      integer: true,
      advanced: true,
    },
  },
  references: ['He et al. 2014, Practical lessons from predicting clicks on ads at Facebook'],
  cost: 'O(events)',
});
