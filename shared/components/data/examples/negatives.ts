import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, Split } from '#shared/contract/values.ts';
import type { Random } from '#shared/contract/random.ts';
import type { DrawnRows } from './drawn-rows.ts';
import { historyOf, rowsOf } from '#shared/values/history.ts';

/** Draws an item for a user, or -1 where there is none to draw. */
type Draw = (user: number, random: Random) => number;

function uniformDraw(split: Split): Draw {
  const items = split.dataset.items.ids.length;
  return (_, random) => random.integer(items);
}

/** In proportion to (training events)^power, by binary search in the running sum. */
function popularityDraw(split: Split, power: number): Draw {
  const counts = new Float64Array(split.dataset.items.ids.length);
  for (const row of split.train) counts[split.dataset.events.item[row]]++;
  let total = 0;
  const sums = counts.map((count) => (total += count > 0 ? count ** power : 0));
  return (_, random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** From the lists of the user's own requests; the part that asked does not matter, labels are never looked at. */
function candidateDraw(candidates: Candidates): Draw {
  const { user } = candidates.requests;
  const requestOf = new Map<number, number>();
  for (let r = user.length - 1; r >= 0; r--) requestOf.set(user[r], r);
  return (who, random) => {
    const r = requestOf.get(who);
    if (r === undefined || candidates.offsets[r + 1] === candidates.offsets[r]) return -1;
    return candidates.items[candidates.offsets[r] + random.integer(candidates.offsets[r + 1] - candidates.offsets[r])];
  };
}

/**
 * What may not be drawn as a negative for a row of a part: what the user is known to have chosen by then. Later choices
 * may be drawn: leaving them out of training would tell the model what it is to predict.
 */
function knownItems(split: Split, part: number): (user: number) => ReadonlySet<number> {
  const histories = [historyOf(split, 'train')];
  if (part >= 1) histories.push(historyOf(split, 'validation'));
  if (part === 2) histories.push(historyOf(split, 'test'));
  let last = -1;
  let known = new Set<number>();
  return (user) => {
    if (user === last) return known;
    last = user;
    known = new Set();
    for (const { offsets, items } of histories)
      for (let at = offsets[user]; at < offsets[user + 1]; at++) known.add(items[at]);
    return known;
  };
}

/** How often drawing is tried again when an item is already known, before the draw is given up. */
const attempts = 50;

function drawFor(user: number, known: ReadonlySet<number>, draw: Draw, random: Random): number {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const item = draw(user, random);
    if (item < 0 || !known.has(item)) return item;
  }
  return -1;
}

/** Where negatives come from, and how many. */
export interface NegativeSettings {
  readonly source: 'negatives-uniform' | 'negatives-popularity' | 'negatives-candidates';
  readonly perPositive: number;
  readonly popularityPower: number;
}

function drawOf(split: Split, candidates: Candidates | undefined, settings: NegativeSettings): Draw {
  if (settings.source === 'negatives-uniform') return uniformDraw(split);
  if (settings.source === 'negatives-popularity') return popularityDraw(split, settings.popularityPower);
  if (candidates !== undefined) return candidateDraw(candidates);
  throw new RunboardError('bad-board', 'negatives are to be drawn from candidates, and none are wired', {
    where: 'candidates',
    remedy: 'wire a retriever to the port "candidates", or draw negatives-uniform',
  });
}

const partNames = ['train', 'validation', 'test'] as const;

/**
 * Chosen events as positives, and `perPositive` drawn items against each, with the time of the positive. A negative
 * shares its positive's training row, so that fitted features leave out the same label for both.
 */
export function sampledNegatives(
  split: Split,
  candidates: Candidates | undefined,
  settings: NegativeSettings,
  positiveFrom: number,
  random: Random,
): DrawnRows & { readonly missed: number } {
  const draw = drawOf(split, candidates, settings);
  const { events } = split.dataset;
  const hasValues = split.dataset.roles['value'] !== undefined;
  const out: {
    user: number[];
    item: number[];
    source: number[];
    trainRow: number[];
    label: number[];
    part: number[];
    time: number[];
  } = {
    user: [],
    item: [],
    source: [],
    trainRow: [],
    label: [],
    part: [],
    time: [],
  };
  const add = (row: number, item: number, part: number, label: number): void => {
    out.user.push(events.user[row]);
    out.item.push(item);
    out.source.push(row);
    out.trainRow.push(part === 0 ? row : -1);
    out.label.push(label);
    out.part.push(part);
    out.time.push(events.time[row]);
  };
  let missed = 0;
  partNames.forEach((name, part) => {
    const known = knownItems(split, part);
    for (const row of rowsOf(split, name)) {
      if (hasValues && events.value[row] < positiveFrom) continue;
      add(row, events.item[row], part, 1);
      for (let n = 0; n < settings.perPositive; n++) {
        const item = drawFor(events.user[row], known(events.user[row]), draw, random);
        if (item < 0) missed++;
        else add(row, item, part, 0);
      }
    }
  });
  const kind = {
    'negatives-uniform': 'drawn uniformly',
    'negatives-popularity': 'drawn by popularity',
    'negatives-candidates': 'drawn from candidates',
  }[settings.source];
  const user = Int32Array.from(out.user);
  return {
    user,
    item: Int32Array.from(out.item),
    source: Int32Array.from(out.source),
    trainRow: Int32Array.from(out.trainRow),
    label: Float32Array.from(out.label),
    part: Uint8Array.from(out.part),
    time: Float64Array.from(out.time),
    key: user,
    weight: null,
    labelling: `1 positive to ${settings.perPositive} negatives ${kind}`,
    missed,
  };
}
