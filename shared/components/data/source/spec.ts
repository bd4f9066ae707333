import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'source',
  version: 1,
  stage: 'data',
  kind: 'source.table',
  title: 'Data set',
  summary:
    'Hands on the data set that the run is bound to: users, items, events and impressions, or a flat table of labelled examples.',
  icon: 'database',
  inputs: {},
  outputs: {
    dataset: { type: 'dataset', title: 'Data set' },
  },
  params: {},
  references: [],
  cost: 'O(events)',
  stored: false,
});
