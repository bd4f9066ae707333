import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'learn-from-log',
  version: 1,
  stage: 'online',
  kind: 'label.join',
  title: 'Learn from the log',
  summary:
    'Adds the clicks of an exposure log to what may be learned from: the next model has seen what the last one showed.',
  icon: 'repeat',
  inputs: {
    split: {
      types: ['split'],
      title: 'Split',
      help: 'What was learned from so far; its held-out parts stay as they are.',
    },
    log: {
      types: ['dataset'],
      title: 'Exposure log',
      help: 'The log of a user simulator that showed lists made from this split.',
    },
  },
  outputs: {
    split: { type: 'split', title: 'Split with the log' },
  },
  params: {
    clickValue: {
      kind: 'number',
      title: 'Value of a click',
      help: 'What a click counts as among ratings or amounts; 0 takes the average of what was learned from so far.',
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
    },
    lastDays: {
      kind: 'number',
      title: 'Last days',
      help: 'Learns from the clicks of the last so many days only; 0 from all.',
      default: 0,
      minimum: 0,
      maximum: 365,
      integer: true,
      unit: 'days',
      advanced: true,
    },
  },
  references: [
    'Chaney, Stewart, Engelhardt, How algorithmic confounding in recommendation systems increases homogeneity and decreases utility, RecSys 2018',
  ],
  cost: 'O(events + clicks)',
});
