import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'bm25',
  version: 1,
  stage: 'retrieval',
  kind: 'store.text',
  title: 'BM25 text search',
  summary: 'Searches the words of all items for the words of what the user chose last.',
  icon: 'text-search',
  inputs: {
    split: { types: ['split'], title: 'Split', help: 'Its items are indexed; its requests are answered.' },
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
    fields: {
      kind: 'texts',
      title: 'Fields',
      help: 'Which words of an item are indexed, by role of the column; what the data set lacks is left out.',
      default: ['title', 'category', 'text'],
      choices: ['title', 'category', 'text'],
    },
    query: {
      kind: 'texts',
      title: 'Query',
      help: 'Which words of the recent items make up the query; empty: the same fields as are indexed.',
      default: ['title', 'category'],
      choices: ['title', 'category', 'text'],
    },
    recent: {
      kind: 'number',
      title: 'Recent items',
      help: "How many of the user's last items make up the query.",
      default: 5,
      minimum: 1,
      maximum: 100,
      integer: true,
      unit: 'items',
    },
    words: {
      kind: 'text',
      title: 'Words',
      help: 'A query asked for every user instead of the words of the recent items; empty: none.',
      default: '',
      advanced: true,
    },
  },
  references: [
    'Robertson & Zaragoza 2009, The probabilistic relevance framework: BM25 and beyond',
    'SQLite FTS5, https://www.sqlite.org/fts5.html',
  ],
  cost: 'O(words of the items) to open, O(documents that hold a word of the query) per request',
});
