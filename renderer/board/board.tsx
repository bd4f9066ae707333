import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  type OnNodesChange,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react';
import type { Design } from '#shared/contract/design.ts';
import { paletteEntries } from '#renderer/client/catalogue.ts';
import { isTyping, type Action } from '#renderer/ui/action.ts';
import { Menu } from '#renderer/ui/menu.tsx';
import { boardActions, copySelection, pasteText, type BoardHands, type Flow } from './actions.ts';
import { BoardContext, useBoard, useDesign, useView, type BoardPorts } from './board-context.ts';
import { boardKey, selectionInWords } from './board-keys.ts';
import './board.css';
import { EdgeView } from './edge-view.tsx';
import { FrameView, NoteView } from './frame-view.tsx';
import { HelperLines, useHelperLines } from './helper-lines.tsx';
import { LaneBands } from './lane-bands.tsx';
import { bandsOf, laneAt } from './lanes.ts';
import { contextMenu } from './board-menu.ts';
import { NodeView } from './node-view.tsx';
import { ConnectTo, Find, QuickAdd, type Asked } from './overlays.tsx';
import { addNode, bind } from './store/commands.ts';
import { place, type Placing } from './store/layout-commands.ts';
import { Toolbar } from './toolbar.tsx';
import { movedParts, select, takeNodeChanges, type BoardEdge, type BoardNode } from './view.ts';
import { useWiring } from './wiring.ts';

const nodeTypes = { box: NodeView, frame: FrameView, note: NoteView };
const edgeTypes = { wire: EdgeView };
const middleButton = [1];
const handButtons = [0, 1];
const grid: [number, number] = [4, 4];
const addKeys = ['Shift', 'Control', 'Meta'];

/** How a palette entry travels while it is dragged. */
export const paletteDragType = 'application/x-runboard-entry';

function Far(): null {
  const far = useStore((state) => state.transform[2] < 0.5);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-far', far);
  }, [far]);
  return null;
}

function laneColour(node: BoardNode): string {
  return node.type === 'box' ? 'var(--line-strong)' : 'transparent';
}

interface Asking {
  readonly asked: Asked | null;
  readonly hands: BoardHands;
  ask(what: Asked['what'], at: { x: number; y: number } | null, wire?: Asked['wire']): void;
  close(): void;
}

function middleOf(wrapper: HTMLElement | null): { x: number; y: number } {
  const box = wrapper?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
}

/** The lists that open over the board: adding, finding, connecting; and what only the mounted board can do. */
function useAsking(
  flow: Flow,
  wrapper: RefObject<HTMLDivElement | null>,
  pointer: RefObject<{ x: number; y: number }>,
  onMap: () => void,
): Asking {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback(
    (what: Asked['what'], at: { x: number; y: number } | null, wire: Asked['wire'] = null): void => {
      const middle = middleOf(wrapper.current);
      setAsked({
        what,
        at: at ?? { x: middle.x - 170, y: middle.y - 190 },
        place: flow.screenToFlowPosition(at ?? middle),
        wire,
      });
    },
    [flow, wrapper],
  );
  const hands: BoardHands = useMemo(
    () => ({
      flow,
      openQuickAdd: () => ask('add', wrapper.current?.matches(':hover') === true ? pointer.current : null),
      openFind: () => ask('find', null),
      openConnect: () => ask('connect', null),
      toggleMap: onMap,
      centre: () => flow.screenToFlowPosition(middleOf(wrapper.current)),
    }),
    [ask, flow, onMap, pointer, wrapper],
  );
  const close = useCallback(() => {
    setAsked(null);
    wrapper.current?.focus();
  }, [wrapper]);
  return { asked, hands, ask, close };
}

/** Shows the whole board, also when its place changes, until the person has moved it. */
function useFirstLook(
  flow: Flow,
  wrapper: RefObject<HTMLDivElement | null>,
): { onInit(): void; onMoveStart(event: unknown): void } {
  const { document } = useBoard();
  const moved = useRef(false);
  const look = useCallback(
    () => openAt(flow, document.getState().design.board, wrapper.current),
    [flow, document, wrapper],
  );
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      if (!moved.current) look();
    });
    if (wrapper.current !== null) watcher.observe(wrapper.current);
    return () => watcher.disconnect();
  }, [look, wrapper]);
  return useMemo(
    () => ({
      onInit: look,
      onMoveStart: (event) => {
        if (event !== null) moved.current = true;
      },
    }),
    [look],
  );
}

/** Everything that lies over the board: hint, refusal, lists, menu, and what is selected in words. */
function Over({
  asking,
  actions,
  menuAt,
  onMenu,
  onGo,
}: {
  asking: Asking;
  actions: readonly Action[];
  menuAt: { x: number; y: number } | null;
  onMenu(at: null): void;
  onGo(id: string): void;
}): ReactElement {
  const ports = useBoard();
  const { asked, close } = asking;
  const refusal = useView((state) => state.refusal);
  const selected = useView((state) => state.selected);
  const empty = useDesign((design) => design.board.nodes.length === 0 && (design.board.notes ?? []).length === 0);
  return (
    <>
      {empty ? <p className="board-hint">Double-click to add the first node, or drag one from the left.</p> : null}
      {refusal === null ? null : (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <p className="visually-hidden" aria-live="polite">
        {selectionInWords(ports, selected)}
      </p>
      {asked?.what === 'add' ? <QuickAdd asked={asked} onClose={close} /> : null}
      {asked?.what === 'find' ? <Find asked={asked} onClose={close} onGo={onGo} /> : null}
      {asked?.what === 'connect' ? <ConnectTo asked={asked} onClose={close} /> : null}
      {menuAt === null ? null : (
        <Menu
          label="Board"
          at={menuAt}
          items={contextMenu(actions, () => pasteText(ports, null))}
          onClose={() => onMenu(null)}
        />
      )}
    </>
  );
}

/** What can be done now: made again when the selection or the design has changed. */
function useActions(
  ports: BoardPorts,
  hands: BoardHands,
  onActions: (actions: readonly Action[]) => void,
): readonly Action[] {
  const selected = useView((state) => state.selected);
  const selectedEdges = useView((state) => state.selectedEdges);
  const design = useDesign((state) => state);
  const actions = useMemo(() => boardActions(ports, hands), [ports, hands, selected, selectedEdges, design]);
  useEffect(() => onActions(actions), [actions, onActions]);
  return actions;
}

const still = {
  zoomOnScroll: false,
  zoomOnDoubleClick: false,
  panOnScroll: true,
  selectionKeyCode: null,
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
  elevateNodesOnSelect: false,
  snapToGrid: true,
  connectionRadius: 26,
  minZoom: 0.08,
  maxZoom: 2.5,
} as const;

function Canvas({ onActions }: { onActions(actions: readonly Action[]): void }): ReactElement {
  const ports = useBoard();
  const { document, view } = ports;
  const flow: Flow = useReactFlow<BoardNode, BoardEdge>();
  const nodes = useView((state) => state.nodes);
  const edges = useView((state) => state.edges);
  const wrapper = useRef<HTMLDivElement>(null);
  const pointer = useRef({ x: 0, y: 0 });
  const [hand, setHand] = useState(false);
  const [map, setMap] = useState(true);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const lines = useHelperLines(view);
  const asking = useAsking(
    flow,
    wrapper,
    pointer,
    useCallback(() => setMap((before) => !before), []),
  );
  const actions = useActions(ports, asking.hands, onActions);
  const wiring = useWiring(ports, flow, (at, wire) => asking.ask('add', at, wire));
  const look = useFirstLook(flow, wrapper);
  useClipboard(ports, wrapper);
  const onNodesChange: OnNodesChange<BoardNode> = useCallback(
    (changes) => takeNodeChanges(view, document, lines.snap(changes)),
    [view, document, lines],
  );
  const dropped = (): void => {
    lines.clear();
    const moved = movedParts(view, document);
    if (moved.size > 0)
      place(document, moved.size === 1 ? 'Move' : `Move ${moved.size} parts`, withLanes(ports, moved));
  };
  const goTo = (id: string): void => {
    select(view, [id]);
    void flow.fitView({ nodes: [{ id }], maxZoom: 1.1, padding: 1.2, duration: 220 });
    wrapper.current?.focus();
  };
  const openMenu = (event: { preventDefault(): void; clientX: number; clientY: number }): void => {
    event.preventDefault();
    setMenuAt({ x: event.clientX, y: event.clientY });
  };
  const keys = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (plain && (event.key === 'v' || event.key === 'h') && !isTyping(event.target)) setHand(event.key === 'h');
    boardKey(event, ports, actions, (node) => reveal(flow, node, wrapper.current));
  };
  return (
    <div
      ref={wrapper}
      className={`board ${hand ? 'board-hand' : ''}`}
      tabIndex={0}
      role="application"
      aria-label="Board. Arrows walk, slash adds, C connects, Enter goes to the inspector, question mark lists all keys, Shift+Tab leaves."
      onKeyDown={keys}
      onPointerMove={(event) => (pointer.current = { x: event.clientX, y: event.clientY })}
      onDoubleClick={(event) => {
        if ((event.target as Element).classList.contains('react-flow__pane'))
          asking.ask('add', { x: event.clientX, y: event.clientY });
      }}
    >
      <ReactFlow<BoardNode, BoardEdge>
        {...still}
        {...look}
        {...wiring}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeDragStop={dropped}
        onSelectionDragStop={dropped}
        onNodeDoubleClick={(_, node) => node.type === 'box' && view.setState({ editing: node.id })}
        onNodeContextMenu={(event, node) => {
          if (!view.getState().selected.includes(node.id)) select(view, [node.id]);
          openMenu(event);
        }}
        onEdgeContextMenu={(event, edge) => {
          select(view, [], [edge.id]);
          openMenu(event);
        }}
        onPaneContextMenu={openMenu}
        onSelectionContextMenu={openMenu}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => dropEntry(event, ports, flow)}
        selectionOnDrag={!hand}
        selectionMode={SelectionMode.Partial}
        panOnDrag={hand ? handButtons : middleButton}
        multiSelectionKeyCode={addKeys}
        snapGrid={grid}
        onlyRenderVisibleElements={nodes.length > 500}
      >
        <Far />
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dot)" />
        <LaneBands />
        <HelperLines lines={lines.lines} />
        <Toolbar hand={hand} actions={actions} onHand={setHand} />
        {map ? (
          <MiniMap
            pannable
            zoomable
            className="map"
            nodeColor={laneColour}
            maskColor="var(--map-mask)"
            ariaLabel="Map of the board"
          />
        ) : null}
      </ReactFlow>
      <Over asking={asking} actions={actions} menuAt={menuAt} onMenu={setMenuAt} onGo={goTo} />
    </div>
  );
}

const opening = { room: 24, readable: 0.74, most: 1.15 } as const;

/** The first look: the whole board where it can be read, else all of its height from the left. */
function openAt(flow: Flow, board: Design['board'], wrapper: HTMLElement | null): void {
  const bands = bandsOf(board);
  const box = wrapper?.getBoundingClientRect();
  if (bands.length === 0 || box === undefined) return;
  const [left, top] = [Math.min(...bands.map((band) => band.x)), Math.min(...bands.map((band) => band.y))];
  const width = Math.max(...bands.map((band) => band.x + band.width)) - left;
  const height = Math.max(...bands.map((band) => band.y + band.height)) - top;
  const [wide, tall] = [(box.width - 2 * opening.room) / width, (box.height - 2 * opening.room) / height];
  const zoom = Math.min(opening.most, Math.max(0.1, Math.min(wide, tall), Math.min(opening.readable, tall)));
  const spare = {
    x: Math.max(0, box.width - 2 * opening.room - width * zoom),
    y: Math.max(0, box.height - 2 * opening.room - height * zoom),
  };
  void flow.setViewport({
    x: opening.room + spare.x / 2 - left * zoom,
    y: opening.room + spare.y / 2 - top * zoom,
    zoom,
  });
}

/** A dragged node takes the lane that it was set down in. */
function withLanes(ports: BoardPorts, moved: ReadonlyMap<string, { x: number; y: number }>): Map<string, Placing> {
  const { board } = ports.document.getState().design;
  const bands = bandsOf({ ...board, nodes: board.nodes.filter((node) => !moved.has(node.id)) });
  const heights = new Map(ports.view.getState().nodes.map((node) => [node.id, node.height ?? 0]));
  return new Map([...moved].map(([id, at]) => [id, { ...at, lane: laneAt(bands, at.y + (heights.get(id) ?? 0) / 2) }]));
}

function reveal(flow: Flow, node: BoardNode, wrapper: HTMLElement | null): void {
  const box = wrapper?.getBoundingClientRect();
  if (box === undefined) return;
  const at = flow.flowToScreenPosition(node.position);
  const inside = at.x > box.left + 20 && at.y > box.top + 20 && at.x < box.right - 160 && at.y < box.bottom - 80;
  if (!inside) void flow.setCenter(node.position.x + 90, node.position.y + 28, { zoom: flow.getZoom(), duration: 160 });
}

function dropEntry(event: DragEvent, ports: BoardPorts, flow: Flow): void {
  const entry = paletteEntries.find((one) => one.id === event.dataTransfer.getData(paletteDragType));
  if (entry === undefined) return;
  event.preventDefault();
  const over = (event.target as Element).closest('[data-node]')?.getAttribute('data-node') ?? null;
  if (over !== null && entry.component !== undefined) {
    bind(ports.document, over, entry.component);
    select(ports.view, [over]);
    return;
  }
  const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  select(ports.view, [addNode(ports.document, entry, { x: at.x - 90, y: at.y - 27 })]);
}

function useClipboard(ports: BoardPorts, wrapper: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const here = (): boolean =>
      wrapper.current?.contains(globalThis.document.activeElement) === true &&
      globalThis.document.activeElement?.tagName !== 'INPUT';
    const copy = (event: ClipboardEvent): void => {
      if (!here()) return;
      const text = copySelection(ports);
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (here()) pasteText(ports, event.clipboardData?.getData('text/plain') ?? '');
    };
    globalThis.document.addEventListener('copy', copy);
    globalThis.document.addEventListener('paste', paste);
    return () => {
      globalThis.document.removeEventListener('copy', copy);
      globalThis.document.removeEventListener('paste', paste);
    };
  }, [ports, wrapper]);
}

/** The board of one design. */
export function Board({
  ports,
  onActions,
}: {
  ports: BoardPorts;
  onActions(actions: readonly Action[]): void;
}): ReactElement {
  return (
    <BoardContext value={ports}>
      <ReactFlowProvider>
        <Canvas onActions={onActions} />
      </ReactFlowProvider>
    </BoardContext>
  );
}
