import { useStore } from '@xyflow/react';
import type { ReactNode, ReactPortal } from 'react';
import { createPortal } from 'react-dom';

const places = {
  /** Moves with the board, behind its nodes and wires. */
  behind: '.react-flow__viewport-portal',
  /** Above the wires, below the nodes. */
  labels: '.react-flow__edgelabel-renderer',
} as const;

type Place = keyof typeof places;
const found = new WeakMap<Element, Partial<Record<Place, Element>>>();

/** The element of a layer: looked up once per board, where React Flow's own portals search at every change. */
function elementOf(board: Element, place: Place): Element | null {
  const known = found.get(board);
  const element = known?.[place] ?? board.querySelector(places[place]);
  if (element !== null) found.set(board, { ...known, [place]: element });
  return element;
}

/** Draws something into a layer of the board. */
export function BoardLayer({ place, children }: { place: Place; children: ReactNode }): ReactPortal | null {
  const board = useStore((state) => state.domNode);
  const element = board === null ? null : elementOf(board, place);
  return element === null ? null : createPortal(children, element);
}
