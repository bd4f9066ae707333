import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'exploration',
  version: 1,
  stage: 'reranking',
  kind: 'explore',
  title: 'Exploration',
  summary: 'Keeps places for items drawn by chance, and writes down how likely each was.',
  icon: 'compass',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    slots: {
      kind: 'number',
      title: 'Slots',
      help: 'How many of the places are drawn by chance, counted from the end of the list.',
      default: 1,
      minimum: 0,
      maximum: 1000,
      integer: true,
      unit: 'places',
    },
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items in the list.',
      default: 10,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    policy: {
      kind: 'choice',
      title: 'Policy',
      help: 'plackett-luce: better ones more often; uniform: all alike; epsilon-greedy: the best one, now and then another.',
      default: 'plackett-luce',
      choices: ['plackett-luce', 'uniform', 'epsilon-greedy'],
    },
    temperature: {
      kind: 'number',
      title: 'Temperature',
      help: 'Plackett-Luce: small is greedy, large is uniform; relevance runs from 0 to 1.',
      default: 0.3,
      minimum: 0.001,
      maximum: 100,
      logarithmic: true,
    },
    epsilon: {
      kind: 'number',
      title: 'Epsilon',
      help: 'Epsilon-greedy: how often a slot is drawn from all.',
      default: 0.1,
      minimum: 0,
      maximum: 1,
    },
  },
  references: [
    'Plackett, The Analysis of Permutations, 1975',
    'Yellott, Luce choice axiom and double exponential distribution, 1977',
  ],
  cost: 'O(candidates · log candidates)',
});
