import type { ParamValues, Params } from '../../shared/contract/params.ts';
import type { Candidates, Dataset, Impressions, Split } from '../../shared/contract/values.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';
import { heldOut } from '../../shared/values/history.ts';
import { checkerboard } from './small-worlds.ts';

/** The parameters that a spec prescribes, with some changed. */
export function defaultsOf<P extends Params>(params: P, changes: Partial<ParamValues<P>> = {}): ParamValues<P> {
  const defaults = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
  return { ...(defaults as ParamValues<P>), ...changes };
}

/** Lists of `length` items for every request: the held-out items at `place`, the others in an order drawn by `seed`. */
export function listsOf(split: Split, length: number, place: number, seed = 1): Candidates {
  const { requests } = split;
  const offsets = Int32Array.from({ length: requests.user.length + 1 }, (_, r) => r * length);
  const items = new Int32Array(requests.user.length * length);
  for (let r = 0; r < requests.user.length; r++) {
    const random = new Xoshiro(seed, `list ${requests.user[r]}`);
    const wanted = [...new Set(heldOut(split, requests, r).items)];
    const others = Array.from({ length: split.dataset.items.ids.length }, (_, item) => item).filter(
      (item) => !wanted.includes(item),
    );
    const drawn = others
      .map((item) => ({ item, key: random.next() }))
      .sort((a, b) => a.key - b.key)
      .map((one) => one.item);
    drawn.splice(place, 0, ...wanted);
    items.set(drawn.slice(0, length), r * length);
  }
  return {
    type: 'list',
    split,
    requests,
    offsets,
    items,
    scores: Float32Array.from(items, (_, i) => 1 - (i % length) / length),
    sources: ['by hand'],
    source: new Uint32Array(items.length).fill(1),
    propensity: null,
    reason: null,
    reasons: [],
  };
}

/** Forty users and items, and two policies: one that puts held-out items tenth, one that puts them first. */
export function twoPolicies(): { split: Split; weak: Candidates; strong: Candidates } {
  const split = checkerboard(40, 40);
  return { split, weak: listsOf(split, 20, 9), strong: listsOf(split, 20, 0) };
}

/** A data set with a log of an experiment: rows of [user, day, variant code (-1: before), click, conversion, revenue]. */
export function experimentOf(
  rows: readonly (readonly [number, number, number, number, number, number])[],
  names: readonly string[] = ['A', 'B'],
): Dataset {
  const base = checkerboard(2, 4).dataset;
  const users = rows.reduce((most, row) => Math.max(most, row[0] + 1), 0);
  const column = (at: number): { kind: 'number'; values: Float32Array } => ({
    kind: 'number',
    values: Float32Array.from(rows, (row) => row[at]),
  });
  const impressions: Impressions = {
    user: Int32Array.from(rows, (row) => row[0]),
    item: Int32Array.from(rows, (_, i) => i % 4),
    time: Float64Array.from(rows, (row, i) => row[1] * 86_400 + i / 1_000_000),
    request: Int32Array.from(rows, (_, i) => i),
    position: new Int32Array(rows.length).fill(1),
    propensity: new Float64Array(rows.length).fill(NaN),
    click: Float32Array.from(rows, (row) => row[3]),
    table: {
      rows: rows.length,
      columns: {
        variant: { kind: 'category', codes: Int32Array.from(rows, (row) => row[2]), names },
        conversion: column(4),
        revenue: column(5),
      },
    },
  };
  return {
    ...base,
    users: { ids: Array.from({ length: users }, (_, u) => `u${u}`), table: { rows: users, columns: {} } },
    impressions,
    roles: { ...base.roles, 'impression.click': 'click' },
  };
}
