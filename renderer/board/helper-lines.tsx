import type { NodeChange } from '@xyflow/react';
import { memo, useMemo, type CSSProperties, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BoardLayer } from './board-layer.tsx';
import type { BoardNode } from './projection.ts';
import type { BoardView } from './view.ts';

interface Lines {
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
  for (const [start, size] of others) {
    for (let theirs = 0; theirs <= 2; theirs++) {
      for (let mine = 0; mine <= 2; mine++) {
        const line = start + (size * theirs) / 2;
        const by = line - own[0] - (own[1] * mine) / 2;
        if (Math.abs(by) < least) [least, found] = [Math.abs(by), { by, line }];
      }
    }
  }
  return found;
}

interface Sides {
  readonly nodes: readonly BoardNode[];
  readonly without: BoardNode;
  readonly across: readonly (readonly [number, number])[];
  readonly down: readonly (readonly [number, number])[];
}

/** Where the other boxes begin and how large they are, across and down. */
function sidesOf(nodes: readonly BoardNode[], without: BoardNode): Sides {
  const others = nodes.filter((node) => node !== without && node.type === 'box');
  return {
    nodes,
    without,
    across: others.map(({ position, width = 0 }) => [position.x, width] as const),
    down: others.map(({ position, height = 0 }) => [position.y, height] as const),
  };
}

export interface Helper {
  readonly lines: StoreApi<Lines>;
  snap(changes: NodeChange<BoardNode>[]): NodeChange<BoardNode>[];
  clear(): void;
}

/** Snaps a dragged node to the edges and middles of others, and shows which. */
export function useHelperLines(view: BoardView): Helper {
  return useMemo(() => {
    const lines = createStore<Lines>(() => none);
    const show = (next: Lines): void => {
      const before = lines.getState();
      if (before.x !== next.x || before.y !== next.y) lines.setState(next);
    };
    // Found once per drag: while it goes on, nothing else moves.
    let sides: Sides | null = null;
    const snap = (changes: NodeChange<BoardNode>[]): NodeChange<BoardNode>[] => {
      const [change] = changes;
      const one = changes.length === 1 && change.type === 'position' && change.dragging === true;
      if (!one || change.position === undefined) return changes;
      const { nodes } = view.getState();
      const node = nodes.find(({ id }) => id === change.id);
      if (node === undefined || node.type === 'frame') return changes;
      if (sides?.nodes !== nodes || sides.without !== node) sides = sidesOf(nodes, node);
      const x = nearest([change.position.x, node.width ?? 0], sides.across);
      const y = nearest([change.position.y, node.height ?? 0], sides.down);
      show({ x: x.line, y: y.line });
      return [{ ...change, position: { x: change.position.x + x.by, y: change.position.y + y.by } }];
    };
    return { lines, snap, clear: () => show(none) };
  }, [view]);
}

/** They are always there: what comes and goes would have the whole board laid out again. */
function shown(at: number | null, transform: string): CSSProperties {
  return { visibility: at === null ? 'hidden' : 'visible', transform };
}

export const HelperLines = memo(function HelperLines({ lines }: { lines: StoreApi<Lines> }): ReactElement {
  const { x, y } = useStore(lines);
  return (
    <BoardLayer place="behind">
      <div className="helper-line helper-line-down" style={shown(x, `translateX(${x ?? 0}px)`)} />
      <div className="helper-line helper-line-across" style={shown(y, `translateY(${y ?? 0}px)`)} />
    </BoardLayer>
  );
});
