import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Xoshiro } from '../../shared/kernels/random.ts';

/** The size of the interactions that peers and we are measured on. */
export const peerSize = { users: 20_000, items: 3_000, events: 1_000_000 } as const;

export interface PeerEvents {
  readonly user: Int32Array;
  readonly item: Int32Array;
}

/** Interactions with a long tail (item ranks drawn by a square law), users and items paired through 16 groups of taste. */
export function peerEvents(): PeerEvents {
  const random = new Xoshiro(1, 'peer events');
  const { users, items, events } = peerSize;
  const user = new Int32Array(events);
  const item = new Int32Array(events);
  for (let e = 0; e < events; e++) {
    user[e] = random.integer(users);
    const drawn = Math.floor(random.next() ** 2 * items);
    // Three in four events stay within the user's group of items.
    item[e] = random.next() < 0.75 ? Math.min(items - 1, drawn - (drawn % 16) + (user[e] % 16)) : drawn;
  }
  return { user, item };
}

/** The same as a file of little-endian 32-bit pairs (user, item), for peers in other languages; made once. */
export function peerFile(): string {
  const folder = join(import.meta.dirname, '.peers');
  const path = join(folder, 'events.i32');
  if (!existsSync(path)) {
    const { user, item } = peerEvents();
    const pairs = new Int32Array(user.length * 2);
    for (let e = 0; e < user.length; e++) {
      pairs[2 * e] = user[e];
      pairs[2 * e + 1] = item[e];
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, pairs);
  }
  return path;
}
