import type { Random } from '#shared/contract/random.ts';
import type { Events, Requests } from '#shared/contract/values.ts';

/**
 * One request per user with held-out events, validation first, by user index. At most `most` users per part where it is
 * above 0, drawn by reservoir sampling. The time of a request is that of the user's first held-out event.
 */
export function makeRequests(
  events: Pick<Events, 'user' | 'time'>,
  parts: Uint8Array,
  userCount: number,
  most: number,
  random: Random,
): Requests {
  const found = [1, 2].map((part) => {
    const first = new Float64Array(userCount).fill(NaN);
    const asked = new Uint8Array(userCount);
    for (let r = 0; r < parts.length; r++) {
      if (parts[r] !== part) continue;
      const user = events.user[r];
      if (asked[user] === 0 || events.time[r] < first[user]) first[user] = events.time[r];
      asked[user] = 1;
    }
    return { part, first, users: sample(asked, most, random) };
  });
  const total = found.reduce((sum, { users }) => sum + users.length, 0);
  const requests = { user: new Int32Array(total), time: new Float64Array(total), part: new Uint8Array(total) };
  let at = 0;
  for (const { part, first, users } of found) {
    for (const user of users) {
      requests.user[at] = user;
      requests.time[at] = first[user];
      requests.part[at] = part;
      at++;
    }
  }
  return requests;
}

function sample(asked: Uint8Array, most: number, random: Random): Int32Array {
  const chosen: number[] = [];
  let seen = 0;
  for (let user = 0; user < asked.length; user++) {
    if (asked[user] === 0) continue;
    seen++;
    if (most === 0 || chosen.length < most) chosen.push(user);
    else {
      const slot = random.integer(seen);
      if (slot < most) chosen[slot] = user;
    }
  }
  return Int32Array.from(chosen).sort();
}
