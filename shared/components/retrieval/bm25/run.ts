import type { TextIndex } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { hiddenItems } from '#shared/values/history.ts';
import { itemWords, type ItemField } from '#shared/values/item-words.ts';
import { recentItems } from '#shared/values/recent-items.ts';
import { spec } from './spec.ts';

interface Ready {
  readonly index: TextIndex;
  /** The words that each item brings into a query. */
  readonly words: readonly string[];
}

export const component = implement<typeof spec, null, Ready>(spec, {
  open(_, { split }, { fields, query, words }, context) {
    const { dataset } = split;
    const documents = wordsIn(dataset, fields, 'fields');
    const spoken = words !== '' || query.length === 0 ? documents : wordsIn(dataset, query, 'query');
    return { index: context.ports.textIndex(documents), words: spoken };
  },

  apply({ index, words: spoken }, { split }, { keep, recent, words }, context) {
    const { requests } = split;
    const lists = new CandidateLists(split, requests, Math.min(keep, split.dataset.items.ids.length));
    for (let r = 0; r < requests.user.length; r++) {
      if (r % 16 === 0) context.progress(r / requests.user.length);
      const query =
        words === '' ? Array.from(recentItems(split, requests, r, recent), (item) => spoken[item]).join(' ') : words;
      const hidden = new Set(hiddenItems(split, requests, r));
      // Hidden items match their own words best: leave room for all of them.
      const found = index.search(query, keep + hidden.size);
      const open = Array.from(found.documents.keys())
        .filter((place) => !hidden.has(found.documents[place]))
        .slice(0, keep);
      lists.add(
        Int32Array.from(open, (place) => found.documents[place]),
        Float32Array.from(open, (place) => found.scores[place]),
      );
    }
    return { candidates: lists.finish(context.nodeTitle) };
  },

  close: ({ index }) => index.close(),
});

function wordsIn(dataset: Dataset, fields: readonly string[], where: string): string[] {
  if (fields.length === 0) {
    throw new RunboardError('bad-parameter', 'no field of the items is to be indexed', {
      where,
      remedy: 'name at least one of title, category, text',
    });
  }
  return itemWords(dataset, fields as readonly ItemField[]);
}
