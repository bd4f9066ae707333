import type { Candidates } from '#shared/contract/values.ts';
import type { LoggedRows } from './logged-rows.ts';

/** What the judged policy would have done at every logged row. */
export interface Judged {
  /** π_e of the logged item at its place. */
  readonly evaluated: Float64Array;
  /** π_e of the logged sequence down to the place. */
  readonly sequence: Float64Array;
  /** The policy's own item at the row's place; -1 where its list is shorter. */
  readonly own: Int32Array;
}

/**
 * The policy shows its list as it is, or with chance ε a random order of its first L = min(pool, length) items: item at place with
 * probability (1 - ε) [own item] + ε [in the pool] / L; a sequence down to place k with (1 - ε) [all own] + ε (L - k)! / L!.
 */
export function judge(rows: LoggedRows, policy: Candidates, explore: number, pool: number): Judged {
  const evaluated = new Float64Array(rows.rows);
  const sequence = new Float64Array(rows.rows);
  const own = new Int32Array(rows.rows);
  for (let s = 0; s + 1 < rows.slates.length; s++) {
    const first = rows.slates[s];
    const from = policy.offsets[rows.request[first]];
    const length = policy.offsets[rows.request[first] + 1] - from;
    const depth = Math.min(pool, length);
    let allOwn = 1;
    let shuffled = explore;
    for (let row = first; row < rows.slates[s + 1]; row++) {
      const place = rows.place[row];
      own[row] = place < length ? policy.items[from + place] : -1;
      const inPlace = own[row] === rows.item[row];
      const inPool = explore > 0 && policy.items.subarray(from, from + depth).includes(rows.item[row]);
      if (!inPlace) allOwn = 0;
      shuffled = inPool && depth > place ? shuffled / (depth - place) : 0;
      evaluated[row] = (inPlace ? 1 - explore : 0) + (inPool ? explore / depth : 0);
      sequence[row] = allOwn * (1 - explore) + shuffled;
    }
  }
  return { evaluated, sequence, own };
}
