import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'popularity',
  version: 1,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'Popularity',
  summary: 'Proposes what most users chose, over all time or over the last days: the baseline that has to be beaten.',
  icon: 'flame',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Training events are counted; its requests are answered.' },
  },
  outputs: {
    candidates: { type: 'candidates', title: 'Candidates' },
  },
  params: {
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items proposed per request.',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    window: {
      kind: 'number',
      title: 'Window',
      help: 'Only training events of the last days count, measured back from the latest one; 0 counts all.',
      default: 0,
      minimum: 0,
      maximum: 36_500,
      unit: 'days',
    },
  },
  references: [],
  cost: 'O(events) to fit, O(keep + history) per request',
});
