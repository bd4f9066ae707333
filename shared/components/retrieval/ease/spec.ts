import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'ease',
  version: 1,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'EASE',
  summary:
    'Predicts each item from all others by one regularised linear model with a closed form: hard to beat where the catalogue fits.',
  icon: 'grid-3x3',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Training events give the weights; its requests are answered.' },
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
    regularisation: {
      kind: 'number',
      title: 'Regularisation',
      help: 'λ: larger values trust co-occurrence of rare items less. The more events, the larger.',
      default: 250,
      minimum: 0.1,
      maximum: 100_000,
      logarithmic: true,
    },
    itemLimit: {
      kind: 'number',
      title: 'Item limit',
      help: 'Refuses larger catalogues: time grows with the cube of the items, memory with the square (5,000 items: about a minute and 0.5 GB).',
      default: 5_000,
      minimum: 10,
      maximum: 20_000,
      integer: true,
      unit: 'items',
      advanced: true,
    },
    fallback: {
      kind: 'choice',
      title: 'Without a history',
      help: 'What users get of whom no training event is known.',
      default: 'popularity',
      choices: ['popularity', 'nothing'],
      advanced: true,
    },
  },
  references: ['Steck 2019, Embarrassingly shallow autoencoders for sparse data, arXiv:1905.03375'],
  cost: 'O(items³) to fit, O(history · items) per request',
});
