import type { Events } from '#shared/contract/values.ts';

/** What is left by the least numbers of events per user and per item. */
export interface Core {
  /** 1 for rows, users, items that stay. */
  readonly rows: Uint8Array;
  readonly users: Uint8Array;
  readonly items: Uint8Array;
  readonly rounds: number;
}

/**
 * Leaves out users with fewer than `userEvents` and items with fewer than `itemEvents` events, again and again until
 * nothing changes (k-core). Only rows with `rows[r]` 1 count. Every round costs O(events); rounds are few in practice.
 */
export function coreOf(
  events: Pick<Events, 'user' | 'item'>,
  rows: Uint8Array,
  userCount: number,
  itemCount: number,
  least: { readonly userEvents: number; readonly itemEvents: number },
): Core {
  const { user, item } = events;
  const kept = rows.slice();
  const users = new Uint8Array(userCount).fill(1);
  const items = new Uint8Array(itemCount).fill(1);
  for (let rounds = 1; ; rounds++) {
    const perUser = new Int32Array(userCount);
    const perItem = new Int32Array(itemCount);
    for (let r = 0; r < kept.length; r++) {
      if (kept[r] === 0) continue;
      perUser[user[r]]++;
      perItem[item[r]]++;
    }
    for (let u = 0; u < userCount; u++) if (perUser[u] < least.userEvents) users[u] = 0;
    for (let i = 0; i < itemCount; i++) if (perItem[i] < least.itemEvents) items[i] = 0;
    let dropped = 0;
    for (let r = 0; r < kept.length; r++) {
      if (kept[r] === 1 && (users[user[r]] === 0 || items[item[r]] === 0)) {
        kept[r] = 0;
        dropped++;
      }
    }
    if (dropped === 0) return { rows: kept, users, items, rounds };
  }
}
