import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'feature-crosses',
  version: 1,
  stage: 'data',
  kind: 'feature.batch',
  title: 'Cross',
  summary:
    'Takes two categories together (this city and this genre), so that a linear ranker can learn what goes with what.',
  icon: 'x',
  inputs: {
    split: {
      types: ['split'],
      title: 'Split',
      help: 'The cross is declared on it and made when examples and candidates are described.',
    },
  },
  outputs: { split: { type: 'split', title: 'Split with the cross' } },
  params: {
    left: { kind: 'text', title: 'Left', help: 'A category or tags, as user.gender.', default: 'user.gender' },
    right: { kind: 'text', title: 'Right', help: 'A category or tags, as item.genres.', default: 'item.genres' },
    buckets: {
      kind: 'number',
      title: 'Buckets',
      help: 'Combinations are hashed into so many buckets.',
      default: 1000,
      minimum: 2,
      maximum: 1_048_576,
      integer: true,
      logarithmic: true,
    },
  },
  references: ['Cheng et al. 2016, Wide & deep learning for recommender systems'],
  cost: 'O(examples · names left · names right)',
});
