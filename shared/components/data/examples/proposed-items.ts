import { RunboardError } from '#shared/contract/failure.ts';
import type { Random } from '#shared/contract/random.ts';
import type { Candidates, Split } from '#shared/contract/values.ts';
import { shuffle } from '#shared/kernels/random.ts';
import { heldOut } from '#shared/values/history.ts';
import type { DrawnRows } from './drawn-rows.ts';

/** Of the validation requests, one in this many is kept back to stop training by. */
const keptBack = 5;

/** Rows of candidates, with the score that the retriever gave them. */
export interface ProposedRows extends DrawnRows {
  readonly score: Float32Array;
}

/**
 * What retrieval proposed, labelled by what the user went on to choose. The retrievers have learned from train only, so
 * their lists for validation requests are honest: four in five of these requests are learned from, the fifth stops the
 * training, and test requests are scored. Of what was proposed and not chosen, `perPositive` items are drawn for each
 * chosen one (all of them in test); requests whose list holds nothing chosen teach nothing and are left out of training.
 */
export function proposedItems(
  split: Split,
  candidates: Candidates | undefined,
  settings: { readonly perPositive: number; readonly positive: number },
  random: Random,
): ProposedRows {
  if (candidates === undefined) {
    throw new RunboardError('bad-board', 'examples are to be made of candidates, and none are wired', {
      where: 'candidates',
      remedy: 'wire a retriever or a merge to the port "candidates"',
    });
  }
  const { requests, offsets } = candidates;
  const hasValues = split.dataset.roles['value'] !== undefined;
  const places: Int32Array[] = [];
  const labels: Float32Array[] = [];
  const parts = new Uint8Array(requests.user.length);
  let validation = 0;
  for (let r = 0; r < requests.user.length; r++) {
    parts[r] = requests.part[r] === 2 ? 2 : validation++ % keptBack === keptBack - 1 ? 1 : 0;
    const chosen = chosenItems(split, candidates, r, hasValues ? settings.positive : -Infinity);
    places[r] =
      parts[r] === 2 ? allOf(offsets[r], offsets[r + 1]) : drawnOf(candidates, r, chosen, settings.perPositive, random);
    labels[r] = Float32Array.from(places[r], (at) => (chosen.has(candidates.items[at]) ? 1 : 0));
  }
  return asRows(candidates, places, labels, parts, settings.perPositive);
}

function chosenItems(split: Split, candidates: Candidates, r: number, positive: number): ReadonlySet<number> {
  const { items, rows } = heldOut(split, candidates.requests, r);
  const { value } = split.dataset.events;
  return new Set([...items].filter((_, at) => value[rows[at]] >= positive));
}

function allOf(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

/** Places of the chosen items and of some that were not, in list order; none where nothing was chosen. */
function drawnOf(
  candidates: Candidates,
  r: number,
  chosen: ReadonlySet<number>,
  perPositive: number,
  random: Random,
): Int32Array {
  const places = allOf(candidates.offsets[r], candidates.offsets[r + 1]);
  const positives = places.filter((at) => chosen.has(candidates.items[at]));
  if (positives.length === 0) return positives;
  const others = shuffle(
    places.filter((at) => !chosen.has(candidates.items[at])),
    random,
  ).subarray(0, perPositive * positives.length);
  const drawn = new Int32Array(positives.length + others.length);
  drawn.set(positives);
  drawn.set(others, positives.length);
  return drawn.sort();
}

function asRows(
  candidates: Candidates,
  places: readonly Int32Array[],
  labels: readonly Float32Array[],
  parts: Uint8Array,
  perPositive: number,
): ProposedRows {
  const { requests, items, scores } = candidates;
  const count = places.reduce((sum, one) => sum + one.length, 0);
  const rows: ProposedRows = {
    user: new Int32Array(count),
    item: new Int32Array(count),
    source: new Int32Array(count).fill(-1),
    trainRow: new Int32Array(count).fill(-1),
    label: new Float32Array(count),
    part: new Uint8Array(count),
    time: new Float64Array(count),
    key: new Int32Array(count),
    weight: null,
    labelling: `candidates, chosen or not, ${perPositive} others for each chosen one`,
    score: new Float32Array(count),
  };
  let next = 0;
  for (let r = 0; r < places.length; r++) {
    const end = next + places[r].length;
    rows.user.fill(requests.user[r], next, end);
    rows.part.fill(parts[r], next, end);
    rows.time.fill(requests.time[r], next, end);
    rows.key.fill(r, next, end);
    rows.label.set(labels[r], next);
    for (const at of places[r]) {
      rows.item[next] = items[at];
      rows.score[next++] = scores[at];
    }
  }
  return rows;
}
