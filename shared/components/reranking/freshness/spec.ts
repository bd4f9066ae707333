import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'freshness',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'Freshness',
  summary: 'Lowers items as they age: half as much for every half-life.',
  icon: 'sprout',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    halfLifeDays: {
      kind: 'number',
      title: 'Half-life',
      help: 'Age at which an item counts half.',
      default: 30,
      minimum: 0.01,
      maximum: 36_500,
      unit: 'days',
      logarithmic: true,
    },
    strength: {
      kind: 'number',
      title: 'Strength',
      help: 'Share of the new score that freshness decides: 0 keeps the order of relevance.',
      default: 0.3,
      minimum: 0,
      maximum: 1,
    },
    combine: {
      kind: 'choice',
      title: 'Combine',
      help: 'multiply: relevance falls with age; add: freshness counts by itself.',
      default: 'multiply',
      choices: ['multiply', 'add'],
    },
    keep: {
      kind: 'number',
      title: 'Keep',
      help: 'Items in the list.',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
  },
  references: [],
  cost: 'O(candidates · log candidates)',
});
