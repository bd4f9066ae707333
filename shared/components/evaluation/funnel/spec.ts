import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'funnel',
  version: 1,
  stage: 'evaluation',
  kind: 'eval.errors',
  title: 'Funnel',
  summary: 'Shows at which stage relevant items are lost on their way from the catalogue to the list.',
  icon: 'filter',
  inputs: {
    stages: {
      types: ['candidates', 'list'],
      title: 'Stages',
      help: 'Candidates and lists in the order of the stages: retrieval first, the list last.',
      many: true,
    },
  },
  outputs: {
    metrics: { type: 'metrics', title: 'Metrics' },
  },
  params: {
    names: {
      kind: 'texts',
      title: 'Names',
      help: 'What the stages are called, in order; stage 1, stage 2, … where there are none.',
      default: [],
    },
    part: {
      kind: 'choice',
      title: 'Part',
      help: 'Whose requests are followed.',
      default: 'test',
      choices: ['test', 'validation'],
    },
    relevantFrom: {
      kind: 'number',
      title: 'Relevant from',
      help: 'Held-out events with a smaller value are not relevant.',
      default: 0,
      minimum: -1_000_000,
      maximum: 1_000_000,
    },
    resamples: {
      kind: 'number',
      title: 'Resamples',
      help: 'Bootstrap resamples behind the intervals.',
      default: 1000,
      minimum: 100,
      maximum: 100_000,
      integer: true,
      advanced: true,
    },
  },
  references: [],
  cost: 'O(entries of all stages)',
});
