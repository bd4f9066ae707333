import type { NodeChange, ReactFlowProps } from '@xyflow/react';
import { useMemo, type RefObject } from 'react';
import type { Point } from './asking.ts';
import type { BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { Boxing } from './boxing.ts';
import { stepOf, takeEdgeChanges, takeNodeChanges } from './flow-changes.ts';
import type { Helper } from './helper-lines.tsx';
import { Motion } from './motion.ts';
import type { BoardEdge, BoardNode } from './projection.ts';
import { holdShield } from './shield.ts';
import { entryGone, entryOverBoard, setDownCopies, setDownEntry, setDownMoved } from './setting-down.ts';
import { select } from './view.ts';

type Events = Pick<
  ReactFlowProps<BoardNode, BoardEdge>,
  | 'onNodesChange'
  | 'onEdgesChange'
  | 'onNodeDragStart'
  | 'onSelectionDragStart'
  | 'onNodeDragStop'
  | 'onSelectionDragStop'
  | 'onSelectionStart'
  | 'onNodeClick'
  | 'onNodeDoubleClick'
  | 'onNodeContextMenu'
  | 'onEdgeContextMenu'
  | 'onPaneContextMenu'
  | 'onSelectionContextMenu'
  | 'onDragEnter'
  | 'onDragOver'
  | 'onDragLeave'
  | 'onDrop'
>;

interface Held {
  readonly altKey: boolean;
}

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
    const motion = new Motion(view);
    const boxing = new Boxing(view, flow);
    let copying = false;
    const pickUp = (event: Held): void => {
      copying = event.altKey;
      if (copying) board.current?.setAttribute('data-copying', '');
      holdShield(board.current);
    };
    const setDown = (): void => {
      lines.clear();
      motion.settle();
      if (copying) setDownCopies(ports);
      else setDownMoved(ports);
      board.current?.removeAttribute('data-copying');
    };
    const openMenu = (event: Pressed): void => {
      event.preventDefault();
      onMenu({ x: event.clientX, y: event.clientY });
    };
    return {
      onNodesChange: (changes: NodeChange<BoardNode>[]) => {
        if (boxing.on) return boxing.take(changes);
        const step = stepOf(view, document, lines.snap(changes));
        if (step !== null && board.current !== null) return motion.move(board.current, step);
        // Where a drag ends is where its last step was shown, snapped as it was.
        if (changes.every((one) => one.type === 'position' && one.dragging === false)) return motion.settle();
        takeNodeChanges(view, changes);
      },
      // The wires of what lies in a box are selected with it.
      onEdgesChange: (changes) => boxing.on || takeEdgeChanges(view, changes),
      onNodeDragStart: pickUp,
      onSelectionDragStart: pickUp,
      onNodeDragStop: setDown,
      onSelectionDragStop: setDown,
      onSelectionStart: () => boxing.start(board.current),
      onNodeClick: ({ target }, node) => {
        const output = target instanceof Element && target.closest('.port:not(.target)') !== null;
        if (output) ports.onPreview(node.id, 'quietly');
      },
      onNodeDoubleClick: (_, node) => {
        if (node.type === 'box' && document.getState().readOnly === null) view.setState({ editing: node.id });
      },
      onNodeContextMenu: (event, node) => {
        if (!view.getState().selected.includes(node.id)) select(view, [node.id]);
        openMenu(event);
      },
      onEdgeContextMenu: (event, edge) => {
        select(view, [], [edge.id]);
        openMenu(event);
      },
      // What is offered there is for the board, not for what was selected elsewhere.
      onPaneContextMenu: (event) => {
        select(view, []);
        openMenu(event);
      },
      onSelectionContextMenu: openMenu,
      onDragEnter: (event) => entryOverBoard(event, ports),
      onDragOver: (event) => entryOverBoard(event, ports),
      onDragLeave: (event) => {
        // From one part of the board to another it is still over the board.
        if (event.relatedTarget instanceof Element && board.current?.contains(event.relatedTarget)) return;
        entryGone();
      },
      onDrop: (event) => setDownEntry(event, ports, flow),
    };
  }, [ports, flow, board, lines, onMenu]);
}
