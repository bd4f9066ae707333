import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, Vectors } from '#shared/contract/values.ts';
import { heldOut, historyOf, rowsOf } from '#shared/values/history.ts';
import type { History } from '#shared/values/history.ts';
import { itemCategories } from '#shared/values/item-categories.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/** Whose tastes are simulated: requests of the lists, one per real user. */
export interface Tastes {
  /** Row of the request of each taste, the same in every list. */
  readonly requests: Int32Array;
  readonly users: Int32Array;
}

/**
 * The requests that all lists answer: the test requests, or all where there is no test part. Lists that are shown later have to answer
 * the same requests, but may be empty.
 */
export function tastesOf(lists: readonly Candidates[], later: readonly Candidates[] = []): Tastes {
  const [first] = lists;
  for (const [at, list] of [...lists, ...later].entries()) {
    const same =
      list.requests.user.length === first.requests.user.length &&
      list.requests.user.every((user, r) => user === first.requests.user[r]);
    if (!same) {
      throw new RunboardError('bad-board', `list ${at + 1} answers other requests than list 1`, {
        remedy: 'wire lists that come from the same split',
      });
    }
  }
  let requests = requestsOfPart(first.requests, 2);
  if (requests.length === 0) requests = Int32Array.from(first.requests.user, (_, r) => r);
  requests = requests.filter((r) => lists.every((list) => list.offsets[r + 1] > list.offsets[r]));
  if (requests.length === 0)
    throw new RunboardError('bad-data', 'no request has a list to show', {
      remedy: 'check that the pipeline above gives items',
    });
  return { requests, users: requests.map((r) => first.requests.user[r]) };
}

export interface TasteWeights {
  readonly appeal: number;
  readonly wanted: number;
  readonly taste: number;
  readonly popularity: number;
  readonly noise: number;
}

/** Attraction of each variant's list entries: taste t and entry k at [t * pool + k]; NaN beyond the end of a list. */
export interface Attraction {
  readonly pool: number;
  /** How many entries list v has for taste t, at most `pool`. */
  readonly lengths: readonly Int32Array[];
  readonly items: readonly Int32Array[];
  readonly values: readonly Float64Array[];
  /**
   * Where a user's memory of an entry lies, from 0 to `width`: two items never share a memory, and an item that several lists
   * show is remembered from one to the other.
   */
  readonly memory: readonly Int32Array[];
  readonly width: number;
  /** The item behind memory m of taste t at [t * width + m]; -1 beyond the last. */
  readonly remembered: Int32Array;
}

/**
 * How likely a user clicks an item that is looked at: appeal · exp(s) / mean of exp(s) over what the control shows, where s is the weighted sum of
 * held-out interest, taste (standardised), popularity (standardised) and unexplained liking. Never above 0.95 / (1 + largest lift), so that a planted lift
 * stays what it says.
 */
export function attractionOf(
  lists: readonly Candidates[],
  tastes: Tastes,
  shape: {
    pool: number;
    places: number;
    largestLift: number;
    seed: number;
    weights: TasteWeights;
    vectors: Vectors | null;
  },
): Attraction {
  const { pool, weights } = shape;
  const count = tastes.users.length;
  const lengths = lists.map((list) =>
    tastes.requests.map((r) => Math.min(pool, list.offsets[r + 1] - list.offsets[r])),
  );
  const items = lists.map((list, v) => entriesOf(list, tastes, pool, lengths[v]));
  const values = lists.map(() => new Float64Array(count * pool).fill(NaN));
  const fit = tasteFit(lists[0], shape.vectors);
  const known = popularityOf(lists[0]);
  const fits = lists.map(() => new Float64Array(count * pool));
  const shown = { sum: 0, squares: 0, count: 0 };
  for (let t = 0; t < count; t++) {
    fit.setUser(tastes.users[t]);
    const relevant = new Set(heldOut(lists[0].split, lists[0].requests, tastes.requests[t]).items);
    for (let v = 0; v < lists.length; v++) {
      for (let k = 0; k < lengths[v][t]; k++) {
        const at = t * pool + k;
        const item = items[v][at];
        fits[v][at] = fit.of(item);
        if (v === 0) addTo(shown, fits[v][at]);
        values[v][at] =
          (relevant.has(item) ? weights.wanted : 0) +
          weights.popularity * known[item] +
          weights.noise * hashedNormal(shape.seed, tastes.users[t], item);
      }
    }
  }
  const mean = shown.sum / shown.count;
  const deviation = Math.sqrt(Math.max(0, shown.squares / shown.count - mean * mean)) || 1;
  let total = 0;
  let entries = 0;
  for (let v = 0; v < lists.length; v++) {
    for (let at = 0; at < values[v].length; at++) {
      if (Number.isNaN(values[v][at])) continue;
      values[v][at] = Math.exp(values[v][at] + (weights.taste * (fits[v][at] - mean)) / deviation);
      if (v === 0 && at % pool < shape.places) {
        total += values[v][at];
        entries++;
      }
    }
  }
  const cap = 0.95 / (1 + Math.max(0, shape.largestLift));
  const scale = (weights.appeal * entries) / total;
  for (const list of values) for (let at = 0; at < list.length; at++) list[at] = Math.min(cap, list[at] * scale);
  return { pool, lengths, items, values, ...memoriesOf(items, pool) };
}

/** Numbers the distinct items of each taste over all lists. */
function memoriesOf(items: readonly Int32Array[], pool: number): Pick<Attraction, 'memory' | 'remembered' | 'width'> {
  const memory = items.map((own) => new Int32Array(own.length));
  const tastes = items[0].length / pool;
  const known: number[][] = [];
  let width = 1;
  for (let t = 0; t < tastes; t++) {
    const own: number[] = [];
    for (const [v, list] of items.entries()) {
      for (let at = t * pool; at < (t + 1) * pool && list[at] >= 0; at++) {
        let m = own.indexOf(list[at]);
        if (m < 0) m = own.push(list[at]) - 1;
        memory[v][at] = m;
      }
    }
    width = Math.max(width, own.length);
    known.push(own);
  }
  const remembered = new Int32Array(tastes * width).fill(-1);
  known.forEach((own, t) => remembered.set(own, t * width));
  return { memory, width, remembered };
}

function addTo(moments: { sum: number; squares: number; count: number }, value: number): void {
  moments.sum += value;
  moments.squares += value * value;
  moments.count++;
}

function entriesOf(list: Candidates, tastes: Tastes, pool: number, lengths: Int32Array): Int32Array {
  const items = new Int32Array(tastes.requests.length * pool).fill(-1);
  for (let t = 0; t < tastes.requests.length; t++) {
    const from = list.offsets[tastes.requests[t]];
    items.set(list.items.subarray(from, from + lengths[t]), t * pool);
  }
  return items;
}

interface TasteFit {
  setUser(user: number): void;
  of(item: number): number;
}

/** Fit of items to the user in question: inner products of vectors, else categories, else nothing. */
function tasteFit(list: Candidates, vectors: Vectors | null): TasteFit {
  if (vectors !== null) {
    const { width, users, items } = vectors;
    let from = 0;
    return {
      setUser: (user) => void (from = user * width),
      of(item) {
        let sum = 0;
        for (let f = 0; f < width; f++) sum += users[from + f] * items[item * width + f];
        return sum;
      },
    };
  }
  return categoryFit(list);
}

/** Mean over an item's categories of ln((share of the user + 0.02) / (share of everybody + 0.02)). */
function categoryFit(list: Candidates): TasteFit {
  const { split } = list;
  const categories = itemCategories(split.dataset);
  if (categories === null) return { setUser: () => undefined, of: () => 0 };
  const histories = (['train', 'validation', 'test'] as const).map((part) => historyOf(split, part));
  const everybody = new Float64Array(categories.names.length);
  const own = new Float64Array(categories.names.length);
  const count = (into: Float64Array, item: number): void => {
    for (let at = categories.offsets[item]; at < categories.offsets[item + 1]; at++) into[categories.codes[at]]++;
  };
  for (const part of ['train', 'validation', 'test'] as const)
    for (const row of rowsOf(split, part)) count(everybody, split.dataset.events.item[row]);
  toShares(everybody);
  return {
    setUser(user) {
      own.fill(0);
      for (const history of histories) for (const item of itemsOf(history, user)) count(own, item);
      toShares(own);
    },
    of(item) {
      const from = categories.offsets[item];
      const to = categories.offsets[item + 1];
      let sum = 0;
      for (let at = from; at < to; at++)
        sum += Math.log((own[categories.codes[at]] + 0.02) / (everybody[categories.codes[at]] + 0.02));
      return to > from ? sum / (to - from) : 0;
    },
  };
}

function itemsOf(history: History, user: number): Int32Array {
  return history.items.subarray(history.offsets[user], history.offsets[user + 1]);
}

function toShares(counts: Float64Array): void {
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total > 0) for (let i = 0; i < counts.length; i++) counts[i] /= total;
}

/** ln(1 + events) of each item, standardised over the catalogue. */
function popularityOf(list: Candidates): Float64Array {
  const { items, events } = list.split.dataset;
  const known = new Float64Array(items.ids.length);
  for (const item of events.item) known[item]++;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < known.length; i++) {
    known[i] = Math.log1p(known[i]);
    sum += known[i];
    squares += known[i] * known[i];
  }
  const mean = sum / known.length;
  const deviation = Math.sqrt(Math.max(0, squares / known.length - mean * mean)) || 1;
  return known.map((value) => (value - mean) / deviation);
}

/** A standard normal number that belongs to (seed, user, item), whichever list shows the item. */
function hashedNormal(seed: number, user: number, item: number): number {
  const first = (mixed(seed ^ Math.imul(user + 1, 0x9e3779b1) ^ Math.imul(item + 1, 0x85ebca6b)) + 0.5) / 4294967296;
  const second = mixed((first * 4294967296) ^ Math.imul(item + 7, 0xc2b2ae35)) / 4294967296;
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}

function mixed(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
