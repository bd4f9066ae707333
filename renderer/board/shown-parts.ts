import type { Design } from '#shared/contract/design.ts';
import { indexOf } from './ports.ts';

type Board = Design['board'];
type Index = ReturnType<typeof indexOf>;

/**
 * Answers what is found of a part of a board, looked for once per state of the board. What is the same as in the state
 * before stays the same object: thousands of parts ask after every change, and one compares quickly.
 */
export function keptByPart<T extends object>(
  find: (index: Index, id: string) => T,
  isSame: (a: T, b: T) => boolean,
): (board: Board, id: string) => T {
  const states = new WeakMap<Index, { readonly found: Map<string, T>; readonly before: ReadonlyMap<string, T> }>();
  let last: ReadonlyMap<string, T> = new Map();
  return (board, id) => {
    const index = indexOf(board);
    let state = states.get(index);
    if (state === undefined) {
      state = { found: new Map(), before: last };
      last = state.found;
      states.set(index, state);
    }
    const known = state.found.get(id);
    if (known !== undefined) return known;
    const found = find(index, id);
    const old = state.before.get(id);
    const kept = old !== undefined && isSame(old, found) ? old : found;
    state.found.set(id, kept);
    return kept;
  };
}
