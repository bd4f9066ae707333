import { RunboardError } from '#shared/contract/failure.ts';
import type { Random } from '#shared/contract/random.ts';
import type { Impressions, Split } from '#shared/contract/values.ts';
import type { DrawnRows } from './drawn-rows.ts';

function firstTime(split: Split, rows: Int32Array): number {
  let first = Infinity;
  for (const row of rows) {
    const time = split.dataset.events.time[row];
    if (time < first) first = time;
  }
  return first;
}

/** Key that impressions of one request share: the request, or else the user. */
function requestKeys({ request, user }: Impressions): Int32Array {
  return request.some((one) => one >= 0) ? request : user;
}

/**
 * The part of each impression. Where the split is by time: train before the first validation event, test from the first
 * test event on. Where it is random: whole requests, drawn in the proportions of the split.
 */
function partsOf(split: Split, impressions: Impressions, keys: Int32Array, random: Random): Uint8Array {
  const { train, validation, test } = split;
  const total = train.length + validation.length + test.length;
  const part = new Uint8Array(keys.length);
  if (!split.protocol.leaksFuture) {
    const validationFrom = firstTime(split, validation);
    const testFrom = firstTime(split, test);
    for (let i = 0; i < part.length; i++) {
      const time = impressions.time[i];
      part[i] = time >= testFrom ? 2 : time >= validationFrom ? 1 : 0;
    }
    return part;
  }
  const drawn = new Map<number, number>();
  for (let i = 0; i < part.length; i++) {
    let one = drawn.get(keys[i]);
    if (one === undefined) {
      const at = random.next() * total;
      one = at < train.length ? 0 : at < train.length + validation.length ? 1 : 2;
      drawn.set(keys[i], one);
    }
    part[i] = one;
  }
  return part;
}

/** 1 / propensity, divided by its mean, cut off at `maximum`. Unknown propensities weigh 1. */
export function inversePropensities(propensity: Float64Array, maximum: number): Float32Array {
  let sum = 0;
  let known = 0;
  for (const one of propensity) {
    if (!(one > 0)) continue;
    sum += 1 / one;
    known++;
  }
  return Float32Array.from(propensity, (one) => (one > 0 ? Math.min(maximum, known / (one * sum)) : 1));
}

/** Examples from what was shown: clicked or not. */
export function shownItems(split: Split, random: Random, weighting: { inverse: boolean; maximum: number }): DrawnRows {
  const { impressions } = split.dataset;
  if (impressions === null) {
    throw new RunboardError('bad-data', `${split.dataset.name} has no impressions`, {
      where: 'source',
      remedy: 'import a table of impressions, or take labels from values or drawn negatives',
    });
  }
  const key = requestKeys(impressions);
  const part = partsOf(split, impressions, key, random);
  const source = Int32Array.from({ length: part.length }, (_, row) => row);
  return {
    user: impressions.user,
    item: impressions.item,
    source,
    trainRow: source.map((row) => (part[row] === 0 ? row : -1)),
    label: impressions.click,
    part,
    time: impressions.time,
    key,
    weight: weighting.inverse ? inversePropensities(impressions.propensity, weighting.maximum) : null,
    labelling: weighting.inverse ? 'impressions, weighted by inverse propensity' : 'impressions',
  };
}
