import type {
  CategoryColumn,
  Column,
  Cross,
  Dataset,
  Feature,
  Split,
  Table,
  TagsColumn,
} from '#shared/contract/values.ts';
import { hashText } from '#shared/kernels/random.ts';
import { tagsOf } from './derived-columns.ts';
import { identity, joinTable } from './join.ts';

/** What is to be described: one entry per row. */
export interface Pairs {
  readonly rows: number;
  /** Null for flat tables. */
  readonly user: Int32Array | null;
  readonly item: Int32Array | null;
  /** Row of `context` that a row was made from, or -1; null where there is none, as for candidates. */
  readonly event: Int32Array | null;
  /** Columns of events, impressions or a flat table. */
  readonly context: Table | null;
  /** The training row (of events or impressions) whose own label must not be seen, or -1; null for rows not learned from. */
  readonly trainRow: Int32Array | null;
  /** Score of the pair by a retriever; null where there is none. */
  readonly score: Float32Array | null;
}

type Named = Pick<Feature, 'name' | 'from'>;

/**
 * The named features of pairs of user and item, in that order: columns of users and items, ids, columns of the event,
 * the retriever's score, and crosses of these. Used for examples and for candidates alike, so that a ranker sees at
 * serving time what it was trained on. What is not known for a pair (the device of a request not yet made) is missing.
 */
export function describePairs(split: Split, wanted: readonly Named[], pairs: Pairs): Feature[] {
  return wanted.map(({ name, from }) => {
    if (from !== 'cross') return describeOne(split.dataset, name, from, pairs);
    const cross = split.crosses.find((one) => `cross.${one.name}` === name);
    if (cross === undefined)
      throw new Error(`the split has no ${name}; it has ${split.crosses.map((one) => one.name).join(', ') || 'none'}`);
    const side = (of: string): Feature =>
      describeOne(split.dataset, of, of.slice(0, of.indexOf('.')) as Feature['from'], pairs);
    return { name, from, column: crossColumns(side(cross.left).column, side(cross.right).column, cross) };
  });
}

function describeOne(dataset: Dataset, name: string, from: Feature['from'], pairs: Pairs): Feature {
  const column = name.slice(from.length + 1);
  const nowhere = (): Int32Array => new Int32Array(pairs.rows).fill(-1);
  switch (from) {
    case 'user':
    case 'item': {
      const entities = from === 'user' ? dataset.users : dataset.items;
      const rows = (from === 'user' ? pairs.user : pairs.item) ?? nowhere();
      if (column === 'id') return identity(from, entities, rows);
      return joinTable(from, entities.table, [column], rows, pairs.trainRow)[0];
    }
    case 'pair':
      return { name, from, column: { kind: 'number', values: pairs.score ?? new Float32Array(pairs.rows).fill(NaN) } };
    case 'row':
    case 'event':
    case 'cross':
      return joinTable(
        from === 'row' ? 'row' : 'event',
        pairs.context ?? dataset.events.table,
        [column],
        pairs.event ?? nowhere(),
        pairs.trainRow,
      )[0];
  }
}

type Names = readonly string[];
const hashesOf = new WeakMap<Names, Uint32Array>();

/** Hash of every name, made once per list of names. */
function nameHashes(names: Names): Uint32Array {
  let hashes = hashesOf.get(names);
  if (hashes === undefined) hashesOf.set(names, (hashes = Uint32Array.from(names, (name) => hashText(name))));
  return hashes;
}

const bucketNames = new Map<number, string[]>();

/** Names of hash buckets: "#0", "#1", … One list per size, so that columns made apart share it. */
export function bucketsNamed(buckets: number): readonly string[] {
  let names = bucketNames.get(buckets);
  if (names === undefined)
    bucketNames.set(buckets, (names = Array.from({ length: buckets }, (_, bucket) => `#${bucket}`)));
  return names;
}

function crossable(column: Column): TagsColumn {
  if (column.kind === 'tags' || column.kind === 'category') return tagsOf(column);
  throw new Error(`a column of kind ${column.kind} cannot be crossed; bucket it first`);
}

/**
 * Each combination of a name of the left column and a name of the right one, hashed into a bucket:
 * bucket = hash(right name, started from hash(left name)) mod buckets. A category where both sides are, else tags.
 */
export function crossColumns(left: Column, right: Column, cross: Pick<Cross, 'buckets'>): CategoryColumn | TagsColumn {
  const [a, b] = [crossable(left), crossable(right)];
  const [leftHashes, rightHashes] = [nameHashes(a.names), nameHashes(b.names)];
  const names = bucketsNamed(cross.buckets);
  const rows = a.offsets.length - 1;
  const bucketOf = (l: number, r: number): number => mix(leftHashes[l], rightHashes[r]) % cross.buckets;
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    offsets[row + 1] = offsets[row] + (a.offsets[row + 1] - a.offsets[row]) * (b.offsets[row + 1] - b.offsets[row]);
  }
  const codes = new Int32Array(offsets[rows]);
  for (let row = 0, next = 0; row < rows; row++) {
    for (let l = a.offsets[row]; l < a.offsets[row + 1]; l++) {
      for (let r = b.offsets[row]; r < b.offsets[row + 1]; r++) codes[next++] = bucketOf(a.codes[l], b.codes[r]);
    }
  }
  if (left.kind === 'tags' || right.kind === 'tags') return { kind: 'tags', offsets, codes, names };
  const single = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) if (offsets[row + 1] > offsets[row]) single[row] = codes[offsets[row]];
  return { kind: 'category', codes: single, names };
}

/** Two hashes into one; the order of the two matters. */
function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ right;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}
