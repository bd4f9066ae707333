import { useStoreApi, type ConnectionState, type HandleType } from '@xyflow/react';
import { XYHandle } from '@xyflow/system';
import { useEffect, useMemo, type MouseEvent, type RefObject, type TouchEvent } from 'react';
import type { BoardPorts } from './board-context.ts';

type FlowStore = ReturnType<typeof useStoreApi>;

/** A port on the page. */
interface Dot {
  readonly element: HTMLElement;
  readonly node: string;
  readonly port: string;
  readonly side: HandleType;
}

function dotAt(target: EventTarget): Dot | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('.port.connectable') : null;
  if (element === null) return null;
  const { nodeid: node = '', handleid: port = '' } = element.dataset;
  return { element, node, port, side: element.classList.contains('target') ? 'target' : 'source' };
}

/** Lets React Flow draw a wire from a port, as from a handle of its own. */
function draw(flow: FlowStore, event: globalThis.MouseEvent | globalThis.TouchEvent, dot: Dot): void {
  const now = flow.getState();
  XYHandle.onPointerDown(event, {
    handleDomNode: dot.element,
    nodeId: dot.node,
    handleId: dot.port,
    isTarget: dot.side === 'target',
    autoPanOnConnect: now.autoPanOnConnect,
    autoPanSpeed: now.autoPanSpeed,
    connectionMode: now.connectionMode,
    connectionRadius: now.connectionRadius,
    dragThreshold: now.connectionDragThreshold,
    domNode: now.domNode,
    nodeLookup: now.nodeLookup,
    lib: now.lib,
    flowId: now.rfId,
    panBy: now.panBy,
    updateConnection: now.updateConnection,
    cancelConnection: now.cancelConnection,
    onConnectStart: now.onConnectStart,
    onConnect: (connection) => flow.getState().onConnect?.(connection),
    onConnectEnd: (...end) => flow.getState().onConnectEnd?.(...end),
    isValidConnection: (connection) => flow.getState().isValidConnection?.(connection) ?? true,
    getTransform: () => flow.getState().transform,
    getFromHandle: () => flow.getState().connection.fromHandle,
  });
}

type Ends = Pick<ConnectionState, 'fromHandle' | 'toHandle' | 'isValid'>;

/** Marks both ends of the wire that is being drawn; answers what takes the marks away again. */
function mark(board: HTMLElement, flow: FlowStore, { fromHandle, toHandle, isValid }: Ends): () => void {
  const marked: [Element, string][] = [];
  const add = (handle: Ends['fromHandle'], ...names: readonly string[]): void => {
    if (handle === null) return;
    const id = CSS.escape(`${flow.getState().rfId}-${handle.nodeId}-${handle.id ?? ''}-${handle.type}`);
    const element = board.querySelector(`.port[data-id="${id}"]`);
    if (element === null) return;
    for (const name of names) marked.push([element, name]);
    element.classList.add(...names);
  };
  add(fromHandle, 'connectingfrom');
  add(toHandle, 'connectingto', ...(isValid === true ? ['valid'] : []));
  return () => marked.forEach(([element, name]) => element.classList.remove(name));
}

/** Keeps the marks of the wire that is being drawn, from a port or from the end of a wire. */
function useMarks(board: RefObject<HTMLElement | null>, flow: FlowStore): void {
  useEffect(() => {
    let clear = (): void => {};
    const leave = flow.subscribe(({ connection }, before) => {
      const last = before.connection;
      const same =
        connection.fromHandle?.id === last.fromHandle?.id &&
        connection.inProgress === last.inProgress &&
        connection.toHandle?.id === last.toHandle?.id &&
        connection.toHandle?.nodeId === last.toHandle?.nodeId &&
        connection.isValid === last.isValid;
      if (same || board.current === null) return;
      clear();
      clear = connection.inProgress ? mark(board.current, flow, connection) : () => {};
      if (connection.inProgress) board.current.dataset['wireFrom'] = connection.fromHandle.type;
      else delete board.current.dataset['wireFrom'];
    });
    return () => {
      leave();
      clear();
    };
  }, [board, flow]);
}

export interface PortPress {
  onMouseDown(event: MouseEvent): void;
  onTouchStart(event: TouchEvent): void;
}

/** A drag from a port draws a wire. */
export function usePortPress(board: RefObject<HTMLElement | null>, ports: BoardPorts): PortPress {
  const flow = useStoreApi();
  useMarks(board, flow);
  return useMemo(() => {
    const begin = (event: MouseEvent | TouchEvent): void => {
      if (('button' in event && event.button !== 0) || ports.document.getState().readOnly !== null) return;
      const dot = dotAt(event.target);
      if (dot !== null) draw(flow, event.nativeEvent, dot);
    };
    return { onMouseDown: begin, onTouchStart: begin };
  }, [flow, ports]);
}
