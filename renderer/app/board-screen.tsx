import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode, type Ref } from 'react';
import { useStore } from 'zustand';
import type { Design } from '#shared/contract/design.ts';
import { Board } from '#renderer/board/board.tsx';
import type { BoardPorts } from '#renderer/board/board-context.ts';
import { misfitOf } from '#renderer/board/ports.ts';
import { bindFitting, paletteDragType } from '#renderer/board/setting-down.ts';
import { addNode, setEdgeKind, setNode, setParam, unbind } from '#renderer/board/store/commands.ts';
import { change } from '#renderer/board/store/document.ts';
import { setFrameTitle, setNoteText } from '#renderer/board/store/layout-commands.ts';
import { bandsOf } from '#renderer/board/lanes.ts';
import { select } from '#renderer/board/view.ts';
import { kindOf, type PaletteEntry } from '#renderer/client/catalogue.ts';
import {
  DesignInspector,
  EdgeInspector,
  ManyInspector,
  type DesignEdits,
} from '#renderer/inspector/design-inspector.tsx';
import '#renderer/inspector/inspector.css';
import { NodeInspector, type NodeEdits } from '#renderer/inspector/node-inspector.tsx';
import { FrameInspector, NoteInspector } from '#renderer/inspector/part-inspector.tsx';
import { Outline } from '#renderer/palette/outline.tsx';
import { Palette } from '#renderer/palette/palette.tsx';
import type { Action } from '#renderer/ui/action.ts';
import { ResizeEdge } from '#renderer/ui/resize-edge.tsx';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import { BottomPanel, type BottomTab, type RightTab } from './bottom-panel.tsx';
import type { Panes } from './panes.ts';
import { ReadOnlyLine } from './read-only-line.tsx';
import type { OpenTab } from './workspace.ts';

interface BoardScreenProps {
  readonly tab: OpenTab;
  readonly panes: Panes;
  onPanes(panes: Partial<Panes>): void;
  onActions(actions: readonly Action[]): void;
}

function useEdits(tab: OpenTab): NodeEdits & DesignEdits {
  const { runner, workspace } = useApp();
  return useMemo(() => {
    const { document } = tab;
    return {
      onParam: (node, name, value) => setParam(document, node, name, value),
      onBind: (node, component) => bindFitting(tab, node, component),
      misfitOf: (node, component) => misfitOf(document.getState().design.board, node, component),
      onUnbind: (node) => unbind(document, node),
      onFields: (node, label, fields, merge) => setNode(document, node, label, fields, merge ?? null),
      onRun: (until) => void runner.start(tab, until),
      onEdgeKind: (edge, kind) => setEdgeKind(document, edge, kind),
      onDesign: (label, fields, merge) =>
        change(document, label, (design) => void Object.assign(design, fields), merge),
      onChooseData: () => workspace.setState({ screen: 'data' }),
    };
  }, [tab, runner, workspace]);
}

function Inspector({ tab }: { tab: OpenTab }): ReactElement {
  const edits = useEdits(tab);
  const design = useStore(tab.document, (state) => state.design);
  const selected = useStore(tab.view, (state) => state.selected);
  const edges = useStore(tab.view, (state) => state.selectedEdges);
  const count = selected.length + edges.length;
  if (count > 1) return <ManyInspector count={count} />;
  const node = design.board.nodes.find((one) => one.id === selected[0]);
  if (node !== undefined) return <NodeInspector key={node.id} node={node} edits={edits} />;
  const frame = design.board.frames?.find((one) => one.id === selected[0]);
  const note = design.board.notes?.find((one) => one.id === selected[0]);
  if (frame !== undefined)
    return (
      <FrameInspector
        frame={frame}
        nodes={design.board.nodes.filter((one) => one.frame === frame.id).length}
        onTitle={(to) => setFrameTitle(tab.document, frame.id, to)}
      />
    );
  if (note !== undefined)
    return <NoteInspector note={note} onText={(text) => setNoteText(tab.document, note.id, text)} />;
  const edge = design.board.edges.find((one) => one.id === edges[0]);
  const title = (id: string): string => design.board.nodes.find((one) => one.id === id)?.title ?? id;
  if (edge !== undefined)
    return (
      <EdgeInspector
        edge={edge}
        from={title(edge.from)}
        to={title(edge.to)}
        onKind={(kind) => edits.onEdgeKind(edge.id, kind)}
      />
    );
  return <DesignInspector design={design} edits={edits} />;
}

/** Where an entry of the palette is added: right of what is in its lane, or below all. */
function endOfLane(board: Design['board'], { kind }: PaletteEntry): { x: number; y: number } {
  const bands = bandsOf(board);
  const band = bands.find((one) => one.lane === kindOf(kind).lane);
  if (band !== undefined) return { x: band.x + band.width + 20, y: band.y + 34 };
  const below = bands.length === 0 ? 0 : Math.max(...bands.map((one) => one.y + one.height)) + 40;
  return { x: bands[0]?.x ?? 0, y: below };
}

/** The component that the selected node is bound to. */
function useCurrent(tab: OpenTab): string | null {
  const id = useStore(tab.view, ({ selected }) => selected[0]);
  return useStore(
    tab.document,
    ({ design }) => design.board.nodes.find((node) => node.id === id)?.binding?.component ?? null,
  );
}

function OutlineOf({ tab }: { tab: OpenTab }): ReactElement {
  const design = useStore(tab.document, (state) => state.design);
  const selected = useStore(tab.view, (state) => state.selected);
  return <Outline design={design} selected={selected} onGo={(id) => select(tab.view, [id])} />;
}

function Left({ tab }: { tab: OpenTab }): ReactElement {
  const [shown, setShown] = useState<'add' | 'outline'>('add');
  const current = useCurrent(tab);
  const add = useCallback(
    (entry: PaletteEntry) => {
      const { board } = tab.document.getState().design;
      select(tab.view, [addNode(tab.document, entry, endOfLane(board, entry))]);
    },
    [tab],
  );
  return (
    <>
      <div className="pane-tabs">
        <Tabs
          label="Left pane"
          items={[
            { id: 'add', title: 'Add' },
            { id: 'outline', title: 'Outline' },
          ]}
          current={shown}
          onChoose={setShown}
        />
      </div>
      {shown === 'add' ? <ReadOnlyLine tab={tab} /> : null}
      {shown === 'add' ? <Palette dragType={paletteDragType} current={current} onAdd={add} /> : <OutlineOf tab={tab} />}
    </>
  );
}

const sides = {
  left: { label: 'Palette and outline', edge: 'Width of the palette', minimum: 160, maximum: 380, direction: 1 },
  right: { label: 'Inspector', edge: 'Width of the inspector', minimum: 220, maximum: 560, direction: -1 },
} as const;

/** A pane beside the board, and the line that makes it wider. */
function SidePane({
  side,
  width,
  ref,
  children,
  onWidth,
}: {
  side: 'left' | 'right';
  width: number;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
  onWidth(width: number): void;
}): ReactElement {
  const { label, edge, ...range } = sides[side];
  const line = <ResizeEdge axis="x" label={edge} value={width} {...range} onChange={onWidth} />;
  return (
    <>
      {side === 'right' ? line : null}
      <aside ref={ref} className="pane" data-part style={{ width }} aria-label={label}>
        {children}
      </aside>
      {side === 'left' ? line : null}
    </>
  );
}

/** The board of a design between palette and inspector, with the evidence below. */
export function BoardScreen({ tab, panes, onPanes, onActions }: BoardScreenProps): ReactElement {
  const { runner } = useApp();
  const inspector = useRef<HTMLElement>(null);
  const [bottom, setBottom] = useState<BottomTab>('funnel');
  const [right, setRight] = useState<RightTab>('runs');
  const ports: BoardPorts = useMemo(
    () => ({
      document: tab.document,
      view: tab.view,
      onRun: (until) => void runner.start(tab, until),
      onCancel: () => void runner.cancel(tab),
      onInspect: () =>
        (inspector.current?.querySelector('input, select, textarea, button') as HTMLElement | null)?.focus(),
      onShowLog: (node) => {
        select(tab.view, [node]);
        onPanes({ bottomOpen: true });
        setBottom('log');
      },
      onPreview: (node, how) => {
        if (how === 'quietly' && tab.runs.getState().nodes[node]?.result == null) return;
        select(tab.view, [node]);
        onPanes({ bottomOpen: true });
        setRight('preview');
      },
      onSay: say,
    }),
    [tab, runner, onPanes],
  );
  const status = useStore(tab.runs, (state) => state.status);
  useEffect(() => {
    if (status === 'running') onPanes({ bottomOpen: true });
  }, [status, onPanes]);
  const take = useCallback((actions: readonly Action[]) => onActions(actions), [onActions]);
  return (
    <div className="board-screen">
      <div className="board-row">
        {panes.leftOpen ? (
          <SidePane side="left" width={panes.left} onWidth={(left) => onPanes({ left })}>
            <Left tab={tab} />
          </SidePane>
        ) : null}
        <main className="board-place" data-part>
          <Board key={tab.key} ports={ports} onActions={take} />
        </main>
        {panes.rightOpen ? (
          <SidePane side="right" ref={inspector} width={panes.right} onWidth={(right) => onPanes({ right })}>
            <ReadOnlyLine tab={tab} />
            <Inspector tab={tab} />
          </SidePane>
        ) : null}
      </div>
      {panes.bottomOpen ? (
        <ResizeEdge
          axis="y"
          label="Height of the evidence"
          value={panes.bottom}
          minimum={120}
          maximum={560}
          direction={-1}
          onChange={(height) => onPanes({ bottom: height })}
        />
      ) : null}
      <section
        className={`bottom ${panes.bottomOpen ? '' : 'bottom-closed'}`}
        data-part
        style={{ height: panes.bottomOpen ? panes.bottom : 34 }}
        aria-label="Evidence"
      >
        <BottomPanel
          tab={tab}
          open={panes.bottomOpen}
          shown={bottom}
          onShow={setBottom}
          right={right}
          onRight={setRight}
          onOpen={(open) => onPanes({ bottomOpen: open })}
        />
      </section>
    </div>
  );
}
