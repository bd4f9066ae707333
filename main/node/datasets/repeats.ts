import type { Events } from '#shared/contract/values.ts';
import { stretch, type Pause } from './pauses.ts';

/** How many events equal an earlier one in user, item, time and value. Open addressing over row numbers. */
export async function countRepeats(
  events: Pick<Events, 'user' | 'item' | 'time' | 'value'>,
  pause: Pause,
): Promise<number> {
  const { user, item, time, value } = events;
  const rows = user.length;
  let size = 16;
  while (size < rows * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  let repeats = 0;
  for (let r = 0; r < rows; r++) {
    if (r % stretch === 0) await pause();
    let hash = Math.imul(user[r], 0x9e3779b1) ^ Math.imul(item[r], 0x85ebca6b) ^ Math.imul(time[r] | 0, 0xc2b2ae35);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x27d4eb2f) & (size - 1);
    for (;;) {
      const other = slots[slot];
      if (other === -1) {
        slots[slot] = r;
        break;
      }
      if (
        user[other] === user[r] &&
        item[other] === item[r] &&
        Object.is(time[other], time[r]) &&
        Object.is(value[other], value[r])
      ) {
        repeats++;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return repeats;
}
