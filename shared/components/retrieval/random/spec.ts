import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'random',
  version: 1,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'Random',
  summary: 'Proposes items drawn at random from the whole catalogue: the floor that every retriever must beat.',
  icon: 'dices',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Whose requests are answered, and what is hidden from them.' },
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
  },
  references: [],
  cost: 'O(requests · keep)',
});
