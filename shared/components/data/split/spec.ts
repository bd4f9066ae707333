import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'split',
  version: 1,
  stage: 'data',
  kind: 'split.time',
  title: 'Split',
  summary: 'Divides the data into what may be learned from, what tuning may look at, and what is asked at the end.',
  icon: 'split',
  inputs: {
    dataset: { types: ['dataset'], title: 'Data set', help: 'What is divided.' },
  },
  outputs: {
    split: { type: 'split', title: 'Split' },
  },
  params: {
    method: {
      kind: 'choice',
      title: 'Method',
      help: 'At random within each user; at random over all rows, whoever they belong to; the last events of each user; the latest share of each user; everything after a date; or as the data set says.',
      default: 'random',
      choices: ['random', 'random-rows', 'leave-last', 'user-time', 'global-time', 'given'],
    },
    validation: {
      kind: 'number',
      title: 'Validation',
      help: 'Share of the events that tuning may look at.',
      default: 0.1,
      minimum: 0,
      maximum: 0.9,
    },
    test: {
      kind: 'number',
      title: 'Test',
      help: 'Share of the events that is asked at the end.',
      default: 0.1,
      minimum: 0,
      maximum: 0.9,
    },
    last: {
      kind: 'number',
      title: 'Last events',
      help: 'With leave-last: how many events per user go to test, and as many before them to validation.',
      default: 1,
      minimum: 1,
      maximum: 1000,
      integer: true,
      unit: 'events',
    },
    users: {
      kind: 'number',
      title: 'Users asked',
      help: 'At most this many users per part are evaluated, drawn at random; 0 asks all.',
      default: 0,
      minimum: 0,
      maximum: 100_000_000,
      integer: true,
      unit: 'users',
    },
  },
  references: [
    'RecBole, recbole/data/dataset/dataset.py (ratios per user)',
    'Meng et al., Exploring Data Splitting Strategies for the Evaluation of Recommendation Models, RecSys 2020',
    'Ji et al., A Critical Study on Data Leakage in Recommender System Offline Evaluation, TOIS 2023',
  ],
  cost: 'O(events · log events)',
});
