import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'content',
  version: 1,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'Content similarity',
  summary:
    'Proposes items that look like what the user chose: by categories, words or given vectors, without learning from others.',
  icon: 'tags',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Its items are compared; its requests are answered.' },
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
    by: {
      kind: 'choice',
      title: 'By',
      help: 'What makes items alike: their categories, the words of title and text, or a column of vectors. Auto takes vectors, else categories, else words.',
      default: 'auto',
      choices: ['auto', 'category', 'words', 'vectors'],
    },
    column: {
      kind: 'text',
      title: 'Column',
      help: 'Item column that holds the categories or vectors; empty: the one in role item.category, or the first of vectors.',
      default: '',
      advanced: true,
    },
    recent: {
      kind: 'number',
      title: 'Recent items',
      help: "How many of the user's last items make up the taste.",
      default: 20,
      minimum: 1,
      maximum: 10_000,
      integer: true,
      unit: 'items',
    },
    fallback: {
      kind: 'choice',
      title: 'Without a history',
      help: 'What users get of whose items nothing is known.',
      default: 'popularity',
      choices: ['popularity', 'nothing'],
      advanced: true,
    },
  },
  references: ['Lops, de Gemmis & Semeraro 2011, Content-based recommender systems: state of the art and trends'],
  cost: 'O(words of the items) to open, O(items that share a word or category) per request, O(items · width) with vectors',
});
