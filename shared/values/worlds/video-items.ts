import { Xoshiro } from '#shared/kernels/random.ts';
import { AliasTable } from './alias-table.ts';
import { categories, tasteWidth, unit, writeUnit, type TasteSpace } from './taste-space.ts';

/** The catalogue of a video world, as arrays: what is planted, and what a viewer sees. */
export interface VideoItems {
  readonly count: number;
  readonly cluster: Int32Array;
  /** items × tasteWidth, unit length each. */
  readonly vectors: Float32Array;
  /** How much an item is watched at equal taste and age; log-normal, hence a long tail. */
  readonly popularity: Float64Array;
  /** How good an item is at equal taste: standard normal. */
  readonly quality: Float32Array;
  /** Day of appearance, from the first day of the world; negative for what was there before. */
  readonly born: Float32Array;
  /** Days after which the charm of the new has halved. */
  readonly halfLife: Float32Array;
  readonly seconds: Int32Array;
  /** 0 where it is free. */
  readonly price: Float32Array;
}

/** Share of the catalogue that appears while the world runs. */
const bornLater = 0.25;
const longestAge = 400;
const spread = 1.6;

export function drawVideoItems(count: number, days: number, space: TasteSpace, seed: number): VideoItems {
  const random = new Xoshiro(seed, 'items');
  const clusters = new AliasTable(space.clusters);
  clusters.build(space.share);
  const items: VideoItems = {
    count,
    cluster: new Int32Array(count),
    vectors: new Float32Array(count * tasteWidth),
    popularity: new Float64Array(count),
    quality: new Float32Array(count),
    born: new Float32Array(count),
    halfLife: new Float32Array(count),
    seconds: new Int32Array(count),
    price: new Float32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const cluster = clusters.draw(random);
    items.cluster[i] = cluster;
    const own = unit(random);
    writeUnit(
      items.vectors,
      i,
      own.map((x, j) => 0.55 * x + space.directions[cluster * tasteWidth + j]),
    );
    items.quality[i] = random.normal();
    items.popularity[i] = Math.exp(spread * random.normal() + 0.35 * items.quality[i]);
    items.born[i] = random.next() < bornLater ? random.next() * days : -random.next() * longestAge;
    items.halfLife[i] = 7 + random.next() * 30;
    items.seconds[i] = Math.round(60 * Math.exp(3.2 + 0.8 * random.normal()));
    items.price[i] = random.next() < 0.7 ? 0 : Math.round(1 + random.next() * 14) - 0.01;
  }
  return items;
}

/** How much an item draws on a day: nothing before it is born, most when it is new. */
export function drawOf(items: VideoItems, item: number, day: number): number {
  const age = day - items.born[item];
  if (age < 0) return 0;
  return items.popularity[item] * (0.35 + 0.65 * 2 ** (-age / items.halfLife[item]));
}

export interface VideoTexts {
  readonly title: string;
  readonly category: string;
  /** Between bars. */
  readonly tags: string;
  readonly description: string;
}

/** What is written of an item: words of its cluster, and a few that say nothing. */
export function textsOf(items: VideoItems, item: number, space: TasteSpace, seed: number): VideoTexts {
  const random = new Xoshiro(seed, `text ${item}`);
  const cluster = items.cluster[item];
  const words = space.words[cluster];
  const word = (): string => words[random.integer(words.length)];
  const category = categories[space.category[cluster]];
  const second = random.next() < 0.2 ? categories[random.integer(categories.length)] : category;
  const first = word();
  const other = word();
  const title = `The ${capital(first)} ${joins[random.integer(joins.length)]} the ${capital(other)} ${item + 1}`;
  const tags = [...new Set([category, second, first])].join('|');
  const description = `${moods[random.integer(moods.length)]} ${category.toLowerCase()} about a ${word()}, a ${word()} and a ${word()}, ${endings[random.integer(endings.length)]}`;
  return { title, category, tags, description };
}

const joins = ['and', 'of', 'beyond', 'against', 'before', 'without'];
const moods = ['A quiet', 'A fast', 'A warm', 'A dark', 'A strange', 'A bright'];
const endings = [
  'told in one night',
  'based on a true story',
  'in five parts',
  'with an open end',
  'from an award-winning team',
  'made by newcomers',
];

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
