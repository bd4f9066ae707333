import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates } from '#shared/contract/values.ts';

/** Keeps, for merged lists, which of all sources proposed an item. */
export interface JoinedSources {
  readonly names: readonly string[];
  /** Notes the merged items of request r; `lists` has, per item, the bits of the inputs that hold it. */
  note(r: number, items: Int32Array, lists: Uint32Array): void;
  /** The bits of all noted items, request by request. */
  finish(): Uint32Array;
}

/** Sources of the same name are one source. Throws bad-board above 32 of them. */
export function joinSources(inputs: readonly Candidates[]): JoinedSources {
  const names = [...new Set(inputs.flatMap(({ sources }) => sources))];
  if (names.length > 32) {
    throw new RunboardError('bad-board', `${names.length} different sources come together; 32 can be told apart`, {
      where: 'candidates',
      remedy: 'merge fewer retrievers',
    });
  }
  const bits = inputs.map(({ sources }) => sources.map((name) => 1 << names.indexOf(name)));
  let noted = new Uint32Array(1024);
  let size = 0;
  return {
    names,
    note(r, items, lists) {
      if (size + items.length > noted.length) noted = grown(noted, size + items.length);
      const from = size;
      size += items.length;
      noted.fill(0, from, size);
      for (let s = 0; s < inputs.length; s++) addBits(noted, { from, items, lists }, inputs[s], s, r, bits[s]);
    },
    finish: () => noted.slice(0, size),
  };
}

interface NotedItems {
  readonly from: number;
  readonly items: Int32Array;
  readonly lists: Uint32Array;
}

/** Adds the sources that input s names for the items that are in it. */
function addBits(
  noted: Uint32Array,
  { from, items, lists }: NotedItems,
  input: Candidates,
  s: number,
  r: number,
  bits: readonly number[],
): void {
  // An input with one source says nothing more than that the item is in it.
  const places = bits.length === 1 ? null : placesOf(input, r);
  for (let i = 0; i < items.length; i++) {
    if ((lists[items[i]] & (1 << s)) === 0) continue;
    if (places === null) noted[from + i] |= bits[0];
    else {
      const own = input.source[places.get(items[i]) ?? -1] ?? 0;
      for (let b = 0; b < bits.length; b++) if ((own & (1 << b)) !== 0) noted[from + i] |= bits[b];
    }
  }
}

function placesOf({ items, offsets }: Candidates, r: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let p = offsets[r]; p < offsets[r + 1]; p++) places.set(items[p], p);
  return places;
}

function grown(values: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, 2 * values.length));
  larger.set(values);
  return larger;
}
