import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-target-encoding',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Target encoding',
  summary:
    'Replaces a category by the mean label of its training rows, without letting a training row see its own label.',
  icon: 'target',
  inputs: { split: { types: ['split'], title: 'Split', help: 'Only labels of its training part are used.' } },
  outputs: { split: { type: 'split', title: 'Split with encodings' } },
  params: {
    columns: {
      kind: 'texts',
      title: 'Columns',
      help: 'Categories or tags to encode, as user.id, item.genres, row.city.',
      default: ['user.id', 'item.id'],
    },
    target: {
      kind: 'choice',
      title: 'Label',
      help: 'threshold turns values into 0 and 1; value keeps them. Flat tables use their label.',
      default: 'threshold',
      choices: ['threshold', 'value'],
    },
    positive: {
      kind: 'number',
      title: 'Positive from',
      help: 'Values from here on are positive.',
      default: 4,
      minimum: -1e9,
      maximum: 1e9,
    },
    negative: {
      kind: 'number',
      title: 'Negative up to',
      help: 'Values up to here are negative; values between the two are left out.',
      default: 2,
      minimum: -1e9,
      maximum: 1e9,
    },
    smoothing: {
      kind: 'number',
      title: 'Smoothing',
      help: 'Observations of the overall mean that every name starts with.',
      default: 10,
      minimum: 0,
      maximum: 100_000,
    },
    folds: {
      kind: 'number',
      title: 'Folds',
      help: 'Parts that the training rows are divided into; each row is encoded without its own part.',
      default: 5,
      minimum: 2,
      maximum: 100,
      integer: true,
      advanced: true,
    },
  },
  references: [
    'Micci-Barreca 2001, A preprocessing scheme for high-cardinality categorical attributes',
    'Pargent et al. 2022, Regularized target encoding outperforms traditional methods',
  ],
  cost: 'O(events · columns)',
});
