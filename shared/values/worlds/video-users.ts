import { Xoshiro } from '#shared/kernels/random.ts';
import { AliasTable } from './alias-table.ts';
import { tasteWidth, writeUnit, type TasteSpace } from './taste-space.ts';

export const countries = ['DE', 'FR', 'GB', 'US', 'BR', 'IN', 'JP', 'NG'] as const;
export const devices = ['tv', 'phone', 'tablet', 'laptop'] as const;

/** The audience of a video world, as arrays. */
export interface VideoUsers {
  readonly count: number;
  /** Taste on the first and on the last day, users × tasteWidth, unit length each; in between it moves evenly. */
  readonly tasteBefore: Float32Array;
  readonly tasteAfter: Float32Array;
  /** Sessions per day relative to others. */
  readonly activity: Float64Array;
  /** Day of joining; negative for those who were there before. */
  readonly joined: Float32Array;
  readonly age: Int32Array;
  readonly country: Int32Array;
  /** The device used most. */
  readonly device: Int32Array;
  /** 1 for those who pay monthly. */
  readonly premium: Uint8Array;
}

const joinLater = 0.12;
/** How far taste moves from first to last day: 0 not at all, 1 to a new taste altogether. */
const drift = 0.35;

/** Users like two to four clusters; which ones depends on their age, so that profile tells something about taste. */
export function drawVideoUsers(count: number, days: number, space: TasteSpace, seed: number): VideoUsers {
  const random = new Xoshiro(seed, 'users');
  const users: VideoUsers = {
    count,
    tasteBefore: new Float32Array(count * tasteWidth),
    tasteAfter: new Float32Array(count * tasteWidth),
    activity: new Float64Array(count),
    joined: new Float32Array(count),
    age: new Int32Array(count),
    country: new Int32Array(count),
    device: new Int32Array(count),
    premium: new Uint8Array(count),
  };
  const byAge = [0, 1, 2].map((group) => clusterTable(space, new Xoshiro(seed, `age group ${group}`)));
  for (let u = 0; u < count; u++) {
    const group = random.integer(3);
    users.age[u] = [14, 28, 46][group] + random.integer([14, 18, 30][group]);
    const before = mixture(space, byAge[group], random);
    const after = mixture(space, byAge[group], random);
    writeUnit(users.tasteBefore, u, before);
    writeUnit(
      users.tasteAfter,
      u,
      before.map((x, j) => (1 - drift) * x + drift * after[j]),
    );
    users.activity[u] = Math.exp(0.7 * random.normal());
    users.joined[u] = random.next() < joinLater ? random.next() * days * 0.8 : -1 - random.integer(1000);
    users.country[u] = random.integer(countries.length);
    users.device[u] = group === 0 && random.next() < 0.6 ? 1 : random.integer(devices.length);
    users.premium[u] = random.next() < 0.3 ? 1 : 0;
  }
  return users;
}

function clusterTable(space: TasteSpace, random: Xoshiro): AliasTable {
  const table = new AliasTable(space.clusters);
  table.build(space.share.map((share) => share * Math.exp(0.8 * random.normal())));
  return table;
}

function mixture(space: TasteSpace, clusters: AliasTable, random: Xoshiro): number[] {
  const vector = new Array<number>(tasteWidth).fill(0);
  const liked = 2 + random.integer(3);
  for (let n = 0; n < liked; n++) {
    const cluster = clusters.draw(random);
    const weight = 0.5 + random.next();
    for (let j = 0; j < tasteWidth; j++) vector[j] += weight * space.directions[cluster * tasteWidth + j];
  }
  return vector.map((x) => x + 0.08 * random.normal());
}

/** Writes the taste of a user on a day, with `along` from 0 (first day) to 1 (last), into row 0 of `out`. */
export function tasteOn(users: VideoUsers, user: number, along: number, out: Float32Array): void {
  let square = 0;
  const from = user * tasteWidth;
  for (let j = 0; j < tasteWidth; j++) {
    out[j] = (1 - along) * users.tasteBefore[from + j] + along * users.tasteAfter[from + j];
    square += out[j] * out[j];
  }
  const scale = 1 / Math.sqrt(square);
  for (let j = 0; j < tasteWidth; j++) out[j] *= scale;
}
