import { Xoshiro } from '#shared/kernels/random.ts';

/** Length of a taste vector. */
export const tasteWidth = 16;

export const categories = [
  'Drama',
  'Comedy',
  'Action',
  'Thriller',
  'Science fiction',
  'Romance',
  'Documentary',
  'Animation',
  'Horror',
  'Fantasy',
  'Music',
  'Sport',
] as const;

/** Words that titles and descriptions of a category are made of. */
const vocabulary: Readonly<Record<(typeof categories)[number], string>> = {
  Drama: 'family house letter silence winter mother father promise village debt truth return inheritance farewell',
  Comedy: 'wedding neighbour holiday mistake roommate lottery cousin party office cat disguise reunion prank dinner',
  Action: 'chase convoy agent bridge explosion rescue border mission squad escape harbour bounty strike storm',
  Thriller: 'witness alibi detective stranger cellar ransom code suspect shadow confession motel phone clue night',
  'Science fiction':
    'orbit colony android signal planet wormhole captain reactor memory clone station comet machine moon',
  Romance: 'summer kiss bakery train bookshop sea island piano heart rain letter dance balcony sunrise',
  Documentary:
    'river archive glacier market history ocean expedition factory forest city bees library mountain vaccine',
  Animation: 'dragon robot rabbit balloon toy penguin lantern tree cloud fox pirate kite garden star',
  Horror: 'mansion ritual mirror doll crypt whisper fog grave curse attic scream asylum wolf blood',
  Fantasy: 'kingdom sword witch prophecy crown forest spell griffin castle quest elf ring giant portal',
  Music: 'concert band singer tour stage guitar choir rhythm record opera festival jazz encore drummer',
  Sport: 'final coach stadium race underdog goal champion marathon league ring team record season trophy',
};

/** Kinds of taste: each belongs to a category, has a direction in taste space, words and a share of the catalogue. */
export interface TasteSpace {
  readonly clusters: number;
  /** clusters × tasteWidth, unit length each. */
  readonly directions: Float32Array;
  readonly category: Int32Array;
  /** Share of the catalogue, summing to 1. */
  readonly share: Float64Array;
  readonly words: readonly (readonly string[])[];
  /** How sharply users prefer clusters that lie in the direction of their taste. */
  readonly sharpness: number;
}

/** Draws the kinds of taste of a world: more of them in larger catalogues. Clusters of a category lie near each other. */
export function drawTasteSpace(items: number, seed: number): TasteSpace {
  const random = new Xoshiro(seed, 'taste space');
  const clusters = Math.max(1, Math.min(120, Math.max(12, Math.round(items / 125))));
  const directions = new Float32Array(clusters * tasteWidth);
  const category = new Int32Array(clusters);
  const share = new Float64Array(clusters);
  const centres = Array.from(categories, () => unit(random));
  const words: string[][] = [];
  let total = 0;
  for (let k = 0; k < clusters; k++) {
    category[k] = k % categories.length;
    const own = unit(random);
    writeUnit(
      directions,
      k,
      own.map((x, j) => 0.9 * x + 0.6 * centres[category[k]][j]),
    );
    share[k] = Math.exp(0.5 * random.normal());
    total += share[k];
    const pool = vocabulary[categories[category[k]]].split(' ');
    words.push(Array.from({ length: 6 }, () => pool[random.integer(pool.length)]));
  }
  for (let k = 0; k < clusters; k++) share[k] /= total;
  return { clusters, directions, category, share, words, sharpness: 8 + Math.log(clusters / 40) };
}

/** A random direction. */
export function unit(random: Xoshiro): number[] {
  const vector = Array.from({ length: tasteWidth }, () => random.normal());
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}

/** Writes a vector, scaled to unit length, as row `row`. */
export function writeUnit(table: Float32Array, row: number, vector: readonly number[]): void {
  const length = Math.hypot(...vector) || 1;
  for (let j = 0; j < tasteWidth; j++) table[row * tasteWidth + j] = vector[j] / length;
}

/** Inner product of row a of one table with row b of another. */
export function affinity(left: Float32Array, a: number, right: Float32Array, b: number): number {
  let sum = 0;
  const from = a * tasteWidth;
  const to = b * tasteWidth;
  for (let j = 0; j < tasteWidth; j++) sum += left[from + j] * right[to + j];
  return sum;
}

/** 1 / (1 + e^-x) */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
