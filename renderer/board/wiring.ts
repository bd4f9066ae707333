import type {
  Connection,
  Edge as FlowEdge,
  FinalConnectionState,
  HandleType,
  OnConnectStartParams,
} from '@xyflow/react';
import { useMemo } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { portsOf } from '#renderer/client/catalogue.ts';
import type { Asking } from './asking.ts';
import type { BoardPorts } from './board-context.ts';
import { judgeWire } from './ports.ts';
import { connect, reconnect, removeParts, type Wire } from './store/commands.ts';
import type { BoardEdge } from './projection.ts';
import { refuse } from './refusing.ts';

type Loose = Pick<Connection, 'source' | 'target' | 'sourceHandle' | 'targetHandle'>;
type Press = MouseEvent | TouchEvent;
type Board = Design['board'];

function wireOf(connection: Loose): Wire {
  return {
    from: { node: connection.source, port: connection.sourceHandle ?? 'out' },
    to: { node: connection.target, port: connection.targetHandle ?? 'in' },
  };
}

export interface Wiring {
  onConnect(connection: Connection): void;
  onConnectStart(event: Press, start: OnConnectStartParams): void;
  onConnectEnd(event: Press, state: FinalConnectionState): void;
  onReconnect(edge: BoardEdge, connection: Connection): void;
  onReconnectStart(event: unknown, edge: BoardEdge): void;
  onReconnectEnd(event: unknown, edge: BoardEdge, side: HandleType, state: FinalConnectionState): void;
  isValidConnection(connection: Connection | FlowEdge): boolean;
}

interface Here {
  readonly node: string;
  readonly port: string;
  readonly outgoing: boolean;
}

/** The wires from here to each port of a node, and why those that are refused are. */
function waysTo(
  board: Board,
  here: Here,
  id: string,
): readonly { wire: Wire; verdict: ReturnType<typeof judgeWire> }[] {
  const node = board.nodes.find((one) => one.id === id);
  if (node === undefined) return [];
  return portsOf(node)[here.outgoing ? 'inputs' : 'outputs'].map((port) => {
    const [near, far] = [
      { node: here.node, port: here.port },
      { node: id, port: port.id },
    ];
    const wire = here.outgoing ? { from: near, to: far } : { from: far, to: near };
    return { wire, verdict: judgeWire(board, wire.from, wire.to) };
  });
}

/** The nodes that a wire from here may end in. */
function reachable(board: Board, here: Here): ReadonlySet<string> {
  const found = board.nodes.filter(
    (node) => node.id === here.node || waysTo(board, here, node.id).some(({ verdict }) => verdict.refusal === null),
  );
  return new Set(found.map((node) => node.id));
}

function under(event: Press): { readonly at: { x: number; y: number }; readonly element: Element | null } {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { at: { x, y }, element: globalThis.document.elementFromPoint(x, y) };
}

/** Until a wire is let go: the board knows that one is drawn, and Escape lets go of it without drawing it. */
function holdWire(event: Press, onDropped: () => void): void {
  const board = event.target instanceof Element ? event.target.closest<HTMLElement>('.board') : null;
  board?.setAttribute('data-wiring', '');
  const over = new AbortController();
  const end = (): void => {
    board?.removeAttribute('data-wiring');
    over.abort();
  };
  const press = (key: KeyboardEvent): void => {
    if (key.key !== 'Escape') return;
    key.stopPropagation();
    onDropped();
    // React Flow knows no other way to end it.
    globalThis.document.dispatchEvent(new globalThis.MouseEvent('mouseup'));
    end();
  };
  globalThis.addEventListener('keydown', press, { capture: true, signal: over.signal });
  for (const name of ['mouseup', 'touchend', 'blur'] as const)
    globalThis.addEventListener(name, end, { signal: over.signal });
}

/** Drawing wires: what is refused says why, and a wire dropped on empty canvas asks what to add. */
export function useWiring(ports: BoardPorts, ask: Asking['ask']): Wiring {
  return useMemo(() => {
    const { document, view } = ports;
    // Without the wire whose end is being moved: it does not stand in its own way.
    let board: Board = document.getState().design.board;
    let moved: BoardEdge | null = null;
    let dropped = false;
    const judge = (connection: Loose): ReturnType<typeof judgeWire> => {
      const wire = wireOf(connection);
      return judgeWire(board, wire.from, wire.to);
    };
    const draw = (wire: Wire, feedback: boolean): void => {
      if (moved === null) connect(document, { ...wire, kind: feedback ? 'feedback' : undefined });
      else reconnect(document, moved.id, { ...wire, kind: feedback ? 'feedback' : undefined });
    };
    /** On a node but on none of its ports: the first port that takes it. */
    const dropOn = (id: string, here: Here): void => {
      if (id === here.node) return;
      const ways = waysTo(board, here, id);
      const way = ways.find(({ verdict }) => verdict.refusal === null);
      refuse(view, way === undefined ? (ways[0]?.verdict.refusal ?? null) : null);
      if (way !== undefined) draw(way.wire, way.verdict.feedback);
    };
    return {
      onConnect: (connection) => {
        if (dropped) return;
        const verdict = judge(connection);
        refuse(view, verdict.refusal);
        if (verdict.refusal === null) draw(wireOf(connection), verdict.feedback);
      },
      onConnectStart: (event, start) => {
        dropped = false;
        refuse(view, null);
        const all = document.getState().design.board;
        board = moved === null ? all : { ...all, edges: all.edges.filter((edge) => edge.id !== moved?.id) };
        const here = { node: start.nodeId ?? '', port: start.handleId ?? '', outgoing: start.handleType === 'source' };
        view.setState({ connectable: reachable(board, here) });
        holdWire(event, () => {
          dropped = true;
          refuse(view, null);
        });
      },
      onConnectEnd: (event, state) => {
        view.setState({ connectable: null });
        if (dropped || state.isValid === true || state.fromHandle === null || state.fromNode === null) return;
        if (state.toHandle !== null) return;
        const { at, element } = under(event);
        const end = { node: state.fromNode.id, port: state.fromHandle.id ?? '' };
        const box = element?.closest<HTMLElement>('[data-node]')?.dataset['node'];
        if (box !== undefined) return dropOn(box, { ...end, outgoing: state.fromHandle.type === 'source' });
        if (element?.classList.contains('react-flow__pane') !== true) return;
        if (moved !== null) removeParts(document, [moved.id], { label: 'Disconnect' });
        else ask('add', at, { end, side: state.fromHandle.type });
      },
      onReconnectStart: (_, edge) => {
        moved = edge;
      },
      onReconnect: (edge, connection) => {
        if (dropped) return;
        const verdict = judge(connection);
        refuse(view, verdict.refusal);
        const same =
          connection.source === edge.source &&
          connection.target === edge.target &&
          connection.sourceHandle === edge.sourceHandle &&
          connection.targetHandle === edge.targetHandle;
        if (verdict.refusal === null && !same) draw(wireOf(connection), verdict.feedback);
      },
      onReconnectEnd: () => {
        moved = null;
      },
      isValidConnection: (connection) => {
        const { refusal } = judge(connection as Loose);
        refuse(view, refusal);
        return refusal === null;
      },
    };
  }, [ports, ask]);
}
