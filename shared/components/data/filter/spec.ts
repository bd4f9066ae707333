import { defineSpec } from '#shared/contract/component.ts';

const leastValue = -1_000_000_000;
const mostValue = 1_000_000_000;

export const spec = defineSpec({
  id: 'filter',
  version: 1,
  stage: 'data',
  kind: 'filter',
  title: 'Filter events',
  summary:
    'Keeps the events worth learning from: by type, value and time, without repetitions, and only users and items with enough of them.',
  icon: 'funnel',
  inputs: {
    dataset: { types: ['dataset'], title: 'Data set', help: 'What is filtered.' },
  },
  outputs: {
    dataset: { type: 'dataset', title: 'Data set' },
  },
  params: {
    types: {
      kind: 'texts',
      title: 'Event types',
      help: 'Types of event to keep, such as watch or purchase; all where empty.',
      default: [],
    },
    minimumValue: {
      kind: 'number',
      title: 'Value from',
      help: 'Leaves out events (or examples) whose value (or label) is smaller.',
      default: leastValue,
      minimum: leastValue,
      maximum: mostValue,
    },
    maximumValue: {
      kind: 'number',
      title: 'Value up to',
      help: 'Leaves out events (or examples) whose value (or label) is larger.',
      default: mostValue,
      minimum: leastValue,
      maximum: mostValue,
    },
    exceptValues: {
      kind: 'numbers',
      title: 'Except values',
      help: 'Leaves out events (or examples) with exactly these values, such as the undecided 3 of five stars.',
      default: [],
      minimum: leastValue,
      maximum: mostValue,
      advanced: true,
    },
    from: {
      kind: 'text',
      title: 'From',
      help: 'Leaves out what happened before this date (2024-01-31); no limit where empty.',
      default: '',
    },
    until: {
      kind: 'text',
      title: 'Until',
      help: 'Leaves out what happened on or after this date; no limit where empty.',
      default: '',
    },
    lastDays: {
      kind: 'number',
      title: 'Last days',
      help: 'Keeps only this many days before the last event; 0 keeps all.',
      default: 0,
      minimum: 0,
      maximum: 100_000,
      unit: 'days',
    },
    dedupe: {
      kind: 'choice',
      title: 'Repetitions',
      help: 'Keeps all events, one of equal ones (same user, item, time and value), or the first or last event of a user with an item.',
      default: 'keep',
      choices: ['keep', 'equal', 'first per item', 'last per item'],
    },
    userEvents: {
      kind: 'number',
      title: 'Events per user',
      help: 'Leaves out users with fewer events; 0 keeps all.',
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      integer: true,
      unit: 'events',
    },
    itemEvents: {
      kind: 'number',
      title: 'Events per item',
      help: 'Leaves out items with fewer events; 0 keeps all, also those nobody touched.',
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      integer: true,
      unit: 'events',
    },
  },
  references: ['RecBole, user_inter_num_interval and item_inter_num_interval', 'Elliot, iterative k-core'],
  cost: 'O(events · rounds)',
});
