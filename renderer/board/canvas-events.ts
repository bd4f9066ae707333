import type { NodeChange, ReactFlowProps } from '@xyflow/react';
import { useMemo, type RefObject } from 'react';
import type { Point } from './asking.ts';
import type { BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { startBoxing, takeNodeChanges } from './flow-changes.ts';
import type { Helper } from './helper-lines.tsx';
import type { BoardEdge, BoardNode } from './projection.ts';
import { holdShield } from './shield.ts';
import { setDownEntry, setDownMoved } from './setting-down.ts';
import { select } from './view.ts';

type Events = Pick<
  ReactFlowProps<BoardNode, BoardEdge>,
  | 'onNodesChange'
  | 'onNodeDragStart'
  | 'onSelectionDragStart'
  | 'onNodeDragStop'
  | 'onSelectionDragStop'
  | 'onSelectionStart'
  | 'onNodeDoubleClick'
  | 'onNodeContextMenu'
  | 'onEdgeContextMenu'
  | 'onPaneContextMenu'
  | 'onSelectionContextMenu'
  | 'onDragOver'
  | 'onDrop'
>;

interface Pressed {
  readonly clientX: number;
  readonly clientY: number;
  preventDefault(): void;
}

/** The board on the page, and what is around it. */
interface Mounted {
  readonly flow: Flow;
  readonly board: RefObject<HTMLElement | null>;
  readonly lines: Helper;
  onMenu(at: Point): void;
}

/**
 * What happens on the canvas. The same functions for as long as the board is mounted: React Flow hands them to every
 * node and edge, and a new one would draw all of them again.
 */
export function useCanvasEvents(ports: BoardPorts, { flow, board, lines, onMenu }: Mounted): Events {
  return useMemo(() => {
    const { document, view } = ports;
    const setDown = (): void => {
      lines.clear();
      setDownMoved(ports);
    };
    const openMenu = (event: Pressed): void => {
      event.preventDefault();
      onMenu({ x: event.clientX, y: event.clientY });
    };
    return {
      onNodesChange: (changes: NodeChange<BoardNode>[]) => takeNodeChanges(view, document, lines.snap(changes)),
      onNodeDragStart: () => holdShield(board.current),
      onSelectionDragStart: () => holdShield(board.current),
      onNodeDragStop: setDown,
      onSelectionDragStop: setDown,
      onSelectionStart: () => startBoxing(view),
      onNodeDoubleClick: (_, node) => {
        if (node.type === 'box') view.setState({ editing: node.id });
      },
      onNodeContextMenu: (event, node) => {
        if (!view.getState().selected.includes(node.id)) select(view, [node.id]);
        openMenu(event);
      },
      onEdgeContextMenu: (event, edge) => {
        select(view, [], [edge.id]);
        openMenu(event);
      },
      onPaneContextMenu: openMenu,
      onSelectionContextMenu: openMenu,
      onDragOver: (event) => event.preventDefault(),
      onDrop: (event) => setDownEntry(event, ports, flow),
    };
  }, [ports, flow, board, lines, onMenu]);
}
