import type { Candidates, Split } from '../../shared/contract/values.ts';
import { CandidateLists } from '../../shared/values/candidate-lists.ts';
import { datasetOf, splitOf } from './small-worlds.ts';

/** Lists written by hand: rows of [item, score], one per request; requests beyond the rows get empty lists. */
export function handLists(
  split: Split,
  rows: readonly (readonly (readonly [number, number])[])[],
  source = 'by hand',
  type: Candidates['type'] = 'candidates',
): Candidates {
  const lists = new CandidateLists(split, split.requests, 4);
  for (let r = 0; r < split.requests.user.length; r++) {
    const row = rows[r] ?? [];
    lists.add(
      Int32Array.from(row, ([item]) => item),
      Float32Array.from(row, ([, score]) => score),
    );
  }
  return lists.finish(source, type);
}

/** The items of request r, first place first. */
export function itemsOf(candidates: Candidates, r: number): number[] {
  return [...candidates.items.subarray(candidates.offsets[r], candidates.offsets[r + 1])];
}

/** Why each item of request r is where it is; empty where nothing says. */
export function reasonsOf(candidates: Candidates, r: number): string[] {
  return Array.from(candidates.items.subarray(candidates.offsets[r], candidates.offsets[r + 1]), (_item, i) =>
    candidates.reason === null ? '' : candidates.reasons[candidates.reason[candidates.offsets[r] + i]],
  );
}

const day = 86_400;

/**
 * Six films: 0, 1 and 2 drama, 3 comedy, 4 drama and comedy, 5 without genre; film i appeared on day 10 i and films 0
 * and 1 are editions of one title. User 0 has seen film 2 on day 90, user 1 films 0 and 3 on day 10 and 99; both are
 * asked for on day 100 (test). User 2 has seen nothing.
 */
export function filmWorld(): Split {
  const dataset = datasetOf(
    [
      [0, 2, 90 * day, 1],
      [1, 0, 10 * day, 1],
      [1, 3, 99 * day, 1],
      [0, 0, 100 * day, 1],
      [1, 1, 100 * day, 1],
      [2, 3, 100 * day, 1],
    ],
    {
      users: 3,
      items: 6,
      itemTable: {
        rows: 6,
        columns: {
          genres: {
            kind: 'tags',
            offsets: Int32Array.of(0, 1, 2, 3, 4, 6, 6),
            codes: Int32Array.of(0, 0, 0, 1, 0, 1),
            names: ['Drama', 'Comedy'],
          },
          created: { kind: 'number', values: Float64Array.from([0, 10, 20, 30, 40, 50], (d) => d * day) },
          title: { kind: 'text', values: ['Rain', ' rain', 'Snow', 'Laughs', 'Smiles', ''] },
        },
      },
    },
  );
  return splitOf(
    {
      ...dataset,
      roles: { ...dataset.roles, 'item.category': 'genres', 'item.created': 'created', 'item.title': 'title' },
    },
    { train: [0, 1, 2], test: [3, 4, 5] },
  );
}
