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

/** Collects rows in arrays that are made once, for as many rows as there can be. */
class RowWriter {
  private readonly split: Split;
  private readonly user: Int32Array;
  private readonly item: Int32Array;
  private readonly source: Int32Array;
  private readonly trainRow: Int32Array;
  private readonly label: Float32Array;
  private readonly part: Uint8Array;
  private readonly time: Float64Array;
  private rows = 0;

  constructor(split: Split, room: number) {
    this.split = split;
    this.user = new Int32Array(room);
    this.item = new Int32Array(room);
    this.source = new Int32Array(room);
    this.trainRow = new Int32Array(room);
    this.label = new Float32Array(room);
    this.part = new Uint8Array(room);
    this.time = new Float64Array(room);
  }

  /** A row made from an event, with its own item or one drawn against it. */
  add(event: number, item: number, part: number, label: number): void {
    const at = this.rows++;
    const { user, time } = this.split.dataset.events;
    this.user[at] = user[event];
    this.item[at] = item;
    this.source[at] = event;
    // A negative shares its positive's training row, so that fitted features leave out the same label for both.
    this.trainRow[at] = part === 0 ? event : -1;
    this.label[at] = label;
    this.part[at] = part;
    this.time[at] = time[event];
  }

  finish(labelling: string): DrawnRows {
    const user = this.user.slice(0, this.rows);
    return {
      user,
      item: this.item.slice(0, this.rows),
      source: this.source.slice(0, this.rows),
      trainRow: this.trainRow.slice(0, this.rows),
      label: this.label.slice(0, this.rows),
      part: this.part.slice(0, this.rows),
      time: this.time.slice(0, this.rows),
      key: user,
      weight: null,
      labelling,
    };
  }
}

const partNames = ['train', 'validation', 'test'] as const;

const drawnHow = {
  'negatives-uniform': 'drawn uniformly',
  'negatives-popularity': 'drawn by popularity',
  'negatives-candidates': 'drawn from candidates',
} as const;

/** Chosen events as positives, and `perPositive` drawn items against each, with the time of the positive. */
export function sampledNegatives(
  split: Split,
  candidates: Candidates | undefined,
  settings: NegativeSettings,
  positiveFrom: number,
  random: Random,
): DrawnRows & { readonly missed: number } {
  const draw = drawOf(split, candidates, settings);
  const { user, item, value } = split.dataset.events;
  const hasValues = split.dataset.roles['value'] !== undefined;
  const events = split.train.length + split.validation.length + split.test.length;
  const rows = new RowWriter(split, events * (1 + settings.perPositive));
  let missed = 0;
  partNames.forEach((name, part) => {
    const known = knownItems(split, part);
    for (const event of rowsOf(split, name)) {
      if (hasValues && value[event] < positiveFrom) continue;
      rows.add(event, item[event], part, 1);
      for (let n = 0; n < settings.perPositive; n++) {
        const drawn = drawFor(user[event], known(user[event]), draw, random);
        if (drawn < 0) missed++;
        else rows.add(event, drawn, part, 0);
      }
    }
  });
  return { ...rows.finish(`1 positive to ${settings.perPositive} negatives ${drawnHow[settings.source]}`), missed };
}
