import { ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStoreApi } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import {
  memo,
  useCallback,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { isTyping, type Action } from '#renderer/ui/action.ts';
import { boardActions } from './actions.ts';
import { useAsking, type Point } from './asking.ts';
import { BoardContext, useBoard, useLookOnly, useView, type BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { boardKey } from './board-keys.ts';
import { BoardMap } from './board-map.tsx';
import './board.css';
import './detail.css';
import { useCanvasEvents } from './canvas-events.ts';
import { useClipboardEvents } from './clipboard-events.ts';
import { EdgeView } from './edge-view.tsx';
import { FrameView, NoteView } from './frame-view.tsx';
import { useGliding, type Gliding } from './gliding.ts';
import { HelperLines, useHelperLines } from './helper-lines.tsx';
import { LaneBands } from './lane-bands.tsx';
import { detailAt, useLevelOfDetail } from './level-of-detail.ts';
import { firstLook, reveal, useFirstLook } from './looking-around.ts';
import { NodeView } from './node-view.tsx';
import type { Size } from './node-size.ts';
import { OverBoard } from './over-board.tsx';
import { usePortPress } from './port-press.ts';
import type { BoardEdge, BoardNode } from './projection.ts';
import { Toolbar } from './toolbar.tsx';
import { select } from './view.ts';
import { useRouted } from './wire-routes.ts';
import { useWiring } from './wiring.ts';

const nodeTypes = { box: NodeView, frame: FrameView, note: NoteView };
const edgeTypes = { wire: EdgeView };
const middleButton = [1];
const handButtons = [0, 1];
const grid: [number, number] = [4, 4];
const noEdges: BoardEdge[] = [];
const addKeys = ['Shift', 'Control', 'Meta'];

/** What React Flow would do otherwise and shall not. */
const fixed = {
  nodeTypes,
  edgeTypes,
  zoomOnScroll: false,
  zoomOnDoubleClick: false,
  panOnScroll: true,
  selectionKeyCode: null,
  deleteKeyCode: null,
  multiSelectionKeyCode: addKeys,
  selectionMode: SelectionMode.Partial,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
  elevateNodesOnSelect: false,
  elevateEdgesOnSelect: false,
  snapToGrid: true,
  snapGrid: grid,
  connectionRadius: 26,
  minZoom: 0.08,
  maxZoom: 2.5,
} as const;

/** Above this many parts only those in view are mounted: with fewer, mounting them while the board is moved costs more. */
const manyParts = 2_000;

const spokenHelp =
  'Board. Arrows walk, slash adds, C connects, Enter goes to the inspector, F6 goes on to the next pane, question mark lists all keys, Shift+Tab leaves.';

/** Sizes and ports are told (projection.ts): React Flow need not measure each node and port that it has drawn. */
function useToldSizes(): void {
  const flow = useStoreApi();
  useState(() => flow.setState({ updateNodeInternals: () => {} }));
}

interface DrawingProps {
  readonly events: ReturnType<typeof useCanvasEvents> &
    ReturnType<typeof useWiring> &
    ReturnType<typeof useFirstLook> &
    Pick<Gliding, 'viewport' | 'onViewportChange'>;
  readonly hand: boolean;
  readonly children: ReactNode;
}

/** Nodes and edges under React Flow. Only this is rendered while something is dragged; what is around it stays. */
const Drawing = memo(function Drawing({ events, hand, children }: DrawingProps): ReactElement {
  const nodes = useView((state) => state.nodes);
  const edges = useView((state) => state.edges);
  const routed = useRouted();
  const lookOnly = useLookOnly();
  return (
    <ReactFlow<BoardNode, BoardEdge>
      {...fixed}
      {...events}
      nodes={nodes}
      edges={routed ? edges : noEdges}
      nodesDraggable={!lookOnly}
      nodesConnectable={!lookOnly}
      selectionOnDrag={!hand}
      panOnDrag={hand ? handButtons : middleButton}
      onlyRenderVisibleElements={nodes.length > manyParts}
    >
      {children}
    </ReactFlow>
  );
});

interface CanvasProps {
  /** How large the board is at first. */
  readonly place: Size;
  onActions(actions: readonly Action[]): void;
}

function Canvas({ place, onActions }: CanvasProps): ReactElement {
  const ports = useBoard();
  const lookOnly = useLookOnly();
  const flow: Flow = useReactFlow<BoardNode, BoardEdge>();
  const board = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point>({ x: 0, y: 0 });
  const [hand, setHand] = useState(false);
  const [map, setMap] = useState(true);
  const [menuAt, setMenuAt] = useState<Point | null>(null);
  const toggleMap = useCallback(() => setMap((before) => !before), []);
  const asking = useAsking(flow, board, pointer, toggleMap);
  const { ask, hands } = asking;
  const lines = useHelperLines(ports.view);
  const canvas = useCanvasEvents(ports, { flow, board, lines, onMenu: setMenuAt });
  const wiring = useWiring(ports, ask);
  const [opening] = useState(() => firstLook(ports.document.getState().design.board, place));
  const press = usePortPress(board, ports);
  useToldSizes();
  const gliding = useGliding(
    board,
    opening,
    useView((state) => state.nodes.length > manyParts),
  );
  const first = useFirstLook(flow, board, gliding);
  const events = useMemo(() => {
    const { viewport, onViewportChange } = gliding;
    return { ...canvas, ...wiring, ...first, viewport, onViewportChange };
  }, [canvas, wiring, first, gliding]);
  useLevelOfDetail(board, gliding.look);
  useClipboardEvents(ports, board);
  const furniture = useMemo(
    () => (
      <>
        <LaneBands />
        <HelperLines lines={lines.lines} />
        <Toolbar hand={hand} hands={hands} look={gliding.look} onHand={setHand} onActions={onActions} />
        {map ? <BoardMap look={gliding.look} /> : null}
        <div className="shield" />
      </>
    ),
    [lines, hand, hands, gliding, onActions, map],
  );
  const goTo = (id: string): void => {
    select(ports.view, [id]);
    void flow.fitView({ nodes: [{ id }], maxZoom: 1.1, padding: 1.2, duration: 220 });
    board.current?.focus();
  };
  const keys = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (plain && (event.key === 'v' || event.key === 'h') && !isTyping(event.target)) setHand(event.key === 'h');
    boardKey(event, ports, boardActions(ports, hands), (node) => reveal(flow, node, board.current));
  };
  const addHere = (event: MouseEvent): void => {
    const onPane = (event.target as Element).classList.contains('react-flow__pane');
    if (onPane && ports.document.getState().readOnly === null) ask('add', { x: event.clientX, y: event.clientY });
  };
  return (
    <div
      ref={board}
      className={`board ${hand ? 'board-hand' : ''} ${lookOnly ? 'board-look-only' : ''}`}
      data-detail={detailAt(opening.zoom)}
      tabIndex={0}
      role="application"
      aria-label={spokenHelp}
      onKeyDown={keys}
      onPointerMove={(event) => (pointer.current = { x: event.clientX, y: event.clientY })}
      onDoubleClick={addHere}
      {...press}
    >
      <Drawing events={events} hand={hand}>
        {furniture}
      </Drawing>
      <OverBoard asking={asking} menuAt={menuAt} onMenu={setMenuAt} onGo={goTo} />
    </div>
  );
}

/** The board of one design. It knows its size before anything is drawn on it: all is laid out once, as it is looked at first. */
export function Board({
  ports,
  onActions,
}: {
  ports: BoardPorts;
  onActions(actions: readonly Action[]): void;
}): ReactElement {
  const [place, setPlace] = useState<Size | null>(null);
  const measure = useCallback((element: HTMLDivElement | null) => {
    if (element !== null) setPlace(element.getBoundingClientRect());
  }, []);
  return (
    <BoardContext value={ports}>
      <ReactFlowProvider>
        <div ref={measure} className="board-room">
          {place === null ? null : <Canvas place={place} onActions={onActions} />}
        </div>
      </ReactFlowProvider>
    </BoardContext>
  );
}
