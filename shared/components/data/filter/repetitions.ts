import type { Events } from '#shared/contract/values.ts';

export type Repetition = 'keep' | 'equal' | 'first per item' | 'last per item';

/** Unmarks the rows that repeat another. Open addressing over row numbers: O(events). */
export function dropRepetitions(
  events: Pick<Events, 'user' | 'item' | 'time' | 'value'>,
  rows: Uint8Array,
  how: Repetition,
): void {
  if (how === 'keep') return;
  const { user, item, time, value } = events;
  let size = 16;
  while (size < rows.length * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  for (let r = 0; r < rows.length; r++) {
    if (rows[r] === 0) continue;
    let hash = Math.imul(user[r], 0x9e3779b1) ^ Math.imul(item[r], 0x85ebca6b);
    if (how === 'equal') hash ^= Math.imul(time[r] | 0, 0xc2b2ae35);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x27d4eb2f) & (size - 1);
    for (;;) {
      const other = slots[slot];
      if (other === -1) {
        slots[slot] = r;
        break;
      }
      const same =
        user[other] === user[r] &&
        item[other] === item[r] &&
        (how !== 'equal' || (Object.is(time[other], time[r]) && value[other] === value[r]));
      if (same) {
        // Of rows without times, or with equal ones, the order of the data set decides.
        const later = !(time[r] < time[other]);
        const wins = how === 'last per item' ? later : how === 'first per item' && !later;
        rows[wins ? other : r] = 0;
        if (wins) slots[slot] = r;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
}
