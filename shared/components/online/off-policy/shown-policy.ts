import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset } from '#shared/contract/values.ts';
import type { Attraction, JudgedPolicy } from './judged-policy.ts';
import { impressionsOf, readLog } from './logged-rows.ts';
import type { LoggedRows } from './logged-rows.ts';

/** Marks the rows of the log that a policy wrote. */
export function rowsOfPolicy(log: Dataset, said: string, policy: string): Uint8Array {
  const impressions = impressionsOf(log);
  // The variants of an experiment are its policies.
  const known = said === '' ? ['policy', log.roles['impression.variant'] ?? '', 'variant'] : [said];
  const column = known.find((one) => impressions.table.columns[one] !== undefined) ?? known[0];
  const named = impressions.table.columns[column] as Column | undefined;
  if (named === undefined || (named.kind !== 'category' && named.kind !== 'text')) {
    throw new RunboardError('bad-data', `the impressions have no column ${column} that names the policy`, {
      where: 'policyColumn',
      remedy: `name one of the columns ${Object.keys(impressions.table.columns).join(', ') || '(there are none)'}`,
    });
  }
  const nameOf = (row: number): string =>
    named.kind === 'text' ? named.values[row] : (named.names[named.codes[row]] ?? '');
  const marked = new Uint8Array(impressions.user.length);
  const names = new Set<string>();
  let found = false;
  for (let row = 0; row < marked.length; row++) {
    const name = nameOf(row);
    if (names.size < 20) names.add(name);
    if (name !== policy) continue;
    marked[row] = 1;
    found = true;
  }
  if (!found) {
    throw new RunboardError('bad-parameter', `no impression was made by the policy ${policy}`, {
      where: column,
      remedy: `choose one of ${[...names].filter((name) => name !== '').join(', ')}`,
    });
  }
  return marked;
}

/**
 * A policy that was shown itself, in other rows of the log: what it would have shown elsewhere is counted from them, item by place. It
 * may not look at users, and what it did on average has to stand for what it would have done: right for a policy without context. The
 * counts, not the mean of its logged propensities: rows are there because they were drawn, so that mean favours the hours in which an
 * item was likely.
 */
export function shownPolicy(name: string, log: Dataset, wanted: Uint8Array, own: Uint8Array): JudgedPolicy {
  const rows = readLog(log, null, wanted);
  const { item, position, click } = impressionsOf(log);
  const { places, items } = rows;
  const counts = new Float64Array(items * places);
  const shown = new Float64Array(places);
  const mine: number[] = [];
  for (let row = 0; row < own.length; row++) {
    const place = position[row] - 1;
    if (own[row] === 0 || place < 0 || place >= places) continue;
    counts[item[row] * places + place]++;
    shown[place]++;
    mine.push(row);
  }
  const share = counts.map((count, cell) => (count === 0 ? 0 : count / shown[cell % places]));
  return {
    name,
    rows,
    evaluated: Float64Array.from(rows.item, (one, row) => share[one * places + rows.place[row]]),
    sequence: null,
    expects: byPlace(rows, (place, attraction) => {
      let sum = 0;
      for (let one = 0; one < items; one++) {
        const chance = share[one * places + place];
        if (chance > 0) sum += chance * attraction(one);
      }
      return sum;
    }),
    shown: {
      clicks: Float64Array.from(mine, (row) => click[row]),
      cluster: Int32Array.from(mine, (_, at) => at),
      clusters: mine.length,
    },
  };
}

/** What depends on the place only is computed once per place and attraction. */
function byPlace(
  { place, places }: LoggedRows,
  expected: (place: number, attraction: Attraction) => number,
): JudgedPolicy['expects'] {
  let last: Attraction | null = null;
  const known = new Float64Array(places);
  return (row, attraction) => {
    if (attraction !== last) known.fill(NaN);
    last = attraction;
    const at = place[row];
    if (Number.isNaN(known[at])) known[at] = expected(at, attraction);
    return known[at];
  };
}
