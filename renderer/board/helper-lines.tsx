import { ViewportPortal, type NodeChange } from '@xyflow/react';
import { useMemo, useState, type ReactElement } from 'react';
import type { BoardNode, BoardView } from './view.ts';

export interface Lines {
  readonly x: number | null;
  readonly y: number | null;
}

const reach = 5;
const none: Lines = { x: null, y: null };

interface Found {
  readonly by: number;
  readonly line: number | null;
}

/** The nearest of three lines (start, middle, end) of one box to those of the others. */
function nearest(own: readonly [number, number], others: readonly (readonly [number, number])[]): Found {
  let found: Found = { by: 0, line: null };
  let least = reach + 0.01;
  const marks = ([start, size]: readonly [number, number]): readonly number[] => [
    start,
    start + size / 2,
    start + size,
  ];
  for (const other of others) {
    for (const mine of marks(own)) {
      for (const theirs of marks(other)) {
        if (Math.abs(theirs - mine) < least)
          [least, found] = [Math.abs(theirs - mine), { by: theirs - mine, line: theirs }];
      }
    }
  }
  return found;
}

export interface Helper {
  readonly lines: Lines;
  snap(changes: NodeChange<BoardNode>[]): NodeChange<BoardNode>[];
  clear(): void;
}

/** Snaps a dragged node to the edges and middles of others, and shows which. */
export function useHelperLines(view: BoardView): Helper {
  const [lines, setLines] = useState<Lines>(none);
  return useMemo(() => {
    const show = (next: Lines): void =>
      setLines((before) => (before.x === next.x && before.y === next.y ? before : next));
    const snap = (changes: NodeChange<BoardNode>[]): NodeChange<BoardNode>[] => {
      const dragged = changes.filter(
        (one) => one.type === 'position' && one.dragging === true && one.position !== undefined,
      );
      if (dragged.length !== 1 || changes.length !== 1) return changes;
      const change = dragged[0] as Extract<NodeChange<BoardNode>, { type: 'position' }>;
      const { nodes } = view.getState();
      const node = nodes.find((one) => one.id === change.id);
      if (node === undefined || change.position === undefined || node.type === 'frame') return changes;
      const others = nodes.filter((one) => one.id !== node.id && one.type === 'box');
      const x = nearest(
        [change.position.x, node.width ?? 0],
        others.map((one) => [one.position.x, one.width ?? 0] as const),
      );
      const y = nearest(
        [change.position.y, node.height ?? 0],
        others.map((one) => [one.position.y, one.height ?? 0] as const),
      );
      show({ x: x.line, y: y.line });
      return [{ ...change, position: { x: change.position.x + x.by, y: change.position.y + y.by } }];
    };
    return { lines, snap, clear: () => show(none) };
  }, [view, lines]);
}

export function HelperLines({ lines }: { lines: Lines }): ReactElement {
  return (
    <ViewportPortal>
      {lines.x === null ? null : (
        <div
          className="helper-line"
          style={{ transform: `translate(${lines.x}px, -10000px)`, width: 1, height: 20_000 }}
        />
      )}
      {lines.y === null ? null : (
        <div
          className="helper-line"
          style={{ transform: `translate(-10000px, ${lines.y}px)`, width: 20_000, height: 1 }}
        />
      )}
    </ViewportPortal>
  );
}
