import type { Requests, Split } from '#shared/contract/values.ts';
import { rowsOf } from '#shared/values/history.ts';

/** Lists with a tie across the cut above this share: the numbers are partly a matter of chance. */
const tieAlarm = 0.01;

/**
 * How much of what was learned from is later than what is asked for. `share` is of the known events (train, and
 * validation where the test part is asked for); 0 where the data has no time.
 */
function futureShare(split: Split, part: 1 | 2): number {
  const { time } = split.dataset.events;
  const asked = part === 2 ? split.test : split.validation;
  let earliest = Infinity;
  for (let i = 0; i < asked.length; i++) if (time[asked[i]] < earliest) earliest = time[asked[i]];
  const known = rowsOf(split, part === 2 ? 'train+validation' : 'train');
  let later = 0;
  for (let i = 0; i < known.length; i++) if (time[known[i]] > earliest) later++;
  return known.length === 0 ? 0 : later / known.length;
}

/** What the split does to the numbers, for people; empty where nothing. */
export function splitWarnings(split: Split, part: 1 | 2): string[] {
  const share = futureShare(split, part);
  const percent = share > 0 && share < 0.001 ? 'under 0.1 %' : `${(100 * share).toFixed(1)} %`;
  if (split.protocol.leaksFuture) {
    return [
      `the split "${split.protocol.name}" leaks the future (${percent} of the events learned from are later than the first one asked for): numbers are higher than they would be live, and do not compare with those of a split by time`,
    ];
  }
  if (share > 0) {
    return [
      `${percent} of the events learned from are later than the first one asked for: train and ${part === 2 ? 'test' : 'validation'} overlap in time under the split "${split.protocol.name}"`,
    ];
  }
  return [];
}

/** The alarm for ties across a cut-off, for people; null below the alarm. */
export function tieWarning(tied: number, lists: number, k: number): string | null {
  if (lists === 0 || tied / lists <= tieAlarm) return null;
  return `${tied} of ${lists} lists (${((100 * tied) / lists).toFixed(1)} %) have equal scores on both sides of place ${k}: which items made the list was drawn by lot, so another draw would give other numbers`;
}

/** Whether two sets of requests ask the same. */
export function sameRequests(a: Requests, b: Requests): boolean {
  if (a === b) return true;
  if (a.user.length !== b.user.length) return false;
  for (let r = 0; r < a.user.length; r++) if (a.user[r] !== b.user[r] || a.part[r] !== b.part[r]) return false;
  return true;
}
