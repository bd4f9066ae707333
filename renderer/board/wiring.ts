import type { Connection, Edge as FlowEdge, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import { useMemo } from 'react';
import { portsOf } from '#renderer/client/catalogue.ts';
import type { Asking } from './asking.ts';
import type { BoardPorts } from './board-context.ts';
import { judgeWire } from './ports.ts';
import { connect, reconnect, type Wire } from './store/commands.ts';
import type { BoardEdge } from './projection.ts';

type Loose = Pick<Connection, 'source' | 'target' | 'sourceHandle' | 'targetHandle'>;

function wireOf(connection: Loose): Wire {
  return {
    from: { node: connection.source, port: connection.sourceHandle ?? 'out' },
    to: { node: connection.target, port: connection.targetHandle ?? 'in' },
  };
}

export interface Wiring {
  onConnect(connection: Connection): void;
  onConnectStart(event: MouseEvent | TouchEvent, start: OnConnectStartParams): void;
  onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void;
  onReconnect(edge: BoardEdge, connection: Connection): void;
  isValidConnection(connection: Connection | FlowEdge): boolean;
}

/** The nodes that a wire from here may end in. */
function reachable(ports: BoardPorts, start: OnConnectStartParams): ReadonlySet<string> {
  const { board } = ports.document.getState().design;
  const here = { node: start.nodeId ?? '', port: start.handleId ?? '' };
  const outgoing = start.handleType === 'source';
  const takes = (id: string, port: string): boolean =>
    (outgoing ? judgeWire(board, here, { node: id, port }) : judgeWire(board, { node: id, port }, here)).refusal ===
    null;
  const found = board.nodes.filter(
    (node) =>
      node.id === here.node || portsOf(node)[outgoing ? 'inputs' : 'outputs'].some((port) => takes(node.id, port.id)),
  );
  return new Set(found.map((node) => node.id));
}

/** Drawing wires: what is refused says why, and a wire dropped on empty canvas asks what to add. */
export function useWiring(ports: BoardPorts, ask: Asking['ask']): Wiring {
  return useMemo(() => {
    const { document, view } = ports;
    const judge = (connection: Loose): ReturnType<typeof judgeWire> => {
      const wire = wireOf(connection);
      return judgeWire(document.getState().design.board, wire.from, wire.to);
    };
    let fade: ReturnType<typeof setTimeout> | undefined;
    const refuse = (text: string | null): void => {
      clearTimeout(fade);
      if (view.getState().refusal !== text) view.setState({ refusal: text });
      if (text !== null) fade = setTimeout(() => view.setState({ refusal: null }), 5_000);
    };
    const onEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
      view.setState({ connectable: null });
      if (state.isValid === true || state.fromHandle === null || state.fromNode === null) return;
      if (state.toHandle !== null) return;
      const at = 'changedTouches' in event ? event.changedTouches[0] : event;
      const over = (globalThis.document.elementFromPoint(at.clientX, at.clientY) as Element | null)?.classList.contains(
        'react-flow__pane',
      );
      if (over !== true) return;
      ask(
        'add',
        { x: at.clientX, y: at.clientY },
        { end: { node: state.fromNode.id, port: state.fromHandle.id ?? '' }, side: state.fromHandle.type },
      );
    };
    return {
      onConnect: (connection) => {
        const verdict = judge(connection);
        refuse(verdict.refusal);
        if (verdict.refusal === null)
          connect(document, { ...wireOf(connection), kind: verdict.feedback ? 'feedback' : undefined });
      },
      onConnectStart: (_, start) => {
        refuse(null);
        view.setState({ connectable: reachable(ports, start) });
      },
      onConnectEnd: onEnd,
      onReconnect: (edge, connection) => {
        const verdict = judge(connection);
        refuse(verdict.refusal);
        if (verdict.refusal === null) reconnect(document, edge.id, wireOf(connection));
      },
      isValidConnection: (connection) => {
        const { refusal } = judge(connection as Loose);
        refuse(refusal);
        return refusal === null;
      },
    };
  }, [ports, ask]);
}
