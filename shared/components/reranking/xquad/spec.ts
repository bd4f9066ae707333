import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'xquad',
  version: 1,
  stage: 'reranking',
  kind: 'rerank',
  title: 'xQuAD',
  summary: 'Covers the interests of the user: the more of one is in the list, the less it counts.',
  icon: 'puzzle',
  inputs: {
    lists: { types: ['candidates', 'list'], title: 'Lists', help: 'What is put in a new order.' },
  },
  outputs: {
    lists: { type: 'list', title: 'List' },
  },
  params: {
    lambda: {
      kind: 'number',
      title: 'Coverage',
      help: '0 keeps the order of relevance, 1 looks at coverage of interests alone.',
      default: 0.3,
      minimum: 0,
      maximum: 1,
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
    coverage: {
      kind: 'choice',
      title: 'Coverage by an item',
      help: 'whole: one item covers each of its categories; share: it covers them in equal shares, so that more of them are wanted.',
      default: 'share',
      choices: ['share', 'whole'],
    },
    column: {
      kind: 'text',
      title: 'Category column',
      help: 'Item column of names or tags; empty for the one in role item.category.',
      default: '',
      advanced: true,
    },
  },
  references: [
    'Santos, Macdonald & Ounis, Exploiting Query Reformulations for Web Search Result Diversification, WWW 2010',
    'Abdollahpouri, Burke & Mobasher, Managing Popularity Bias with Personalized Re-Ranking, FLAIRS 2019',
  ],
  cost: 'O(keep · candidates · categories per item)',
});
