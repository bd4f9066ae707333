import type { ReactFlowInstance } from '@xyflow/react';
import type { Action } from '#renderer/ui/action.ts';
import { aligned, type Alignment } from './align.ts';
import type { BoardPorts } from './board-context.ts';
import { copyParts, pasteParts, readSheet, type Sheet } from './store/clipboard.ts';
import { removeParts, toggleMode } from './store/commands.ts';
import { redo, undo } from './store/document.ts';
import { addFrame, addNote, place } from './store/layout-commands.ts';
import { select, type BoardEdge, type BoardNode } from './view.ts';
import { indexOf } from './ports.ts';

export type Flow = ReactFlowInstance<BoardNode, BoardEdge>;

/** What only the mounted board can do. */
export interface BoardHands {
  readonly flow: Flow;
  openQuickAdd(): void;
  openFind(): void;
  openConnect(): void;
  toggleMap(): void;
  centre(): { x: number; y: number };
}

let lastCopied: Sheet | null = null;

/** What is selected, as text for the clipboard; null where nothing is. */
export function copySelection(ports: BoardPorts): string | null {
  const { selected } = ports.view.getState();
  if (selected.length === 0) return null;
  lastCopied = copyParts(ports.document.getState().design, selected);
  return JSON.stringify(lastCopied);
}

/** Sets down what the clipboard holds, beside where it came from. */
export function pasteText(ports: BoardPorts, text: string | null): void {
  const sheet = text === null ? lastCopied : readSheet(text);
  if (sheet === null) return ports.onSay('The clipboard holds no parts of a board.');
  select(ports.view, pasteParts(ports.document, sheet, { x: 32, y: 32 }));
}

function downstream(ports: BoardPorts, way: 'into' | 'outOf'): void {
  const index = indexOf(ports.document.getState().design.board);
  const found = new Set(ports.view.getState().selected);
  const stack = [...found];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    for (const edge of index[way].get(id) ?? []) {
      const next = way === 'into' ? edge.from : edge.to;
      if (!found.has(next)) stack.push(next);
      found.add(next);
    }
  }
  select(ports.view, [...found]);
}

async function tidy(ports: BoardPorts, hands: BoardHands): Promise<void> {
  const { tidyPlaces } = await import('./tidy.ts');
  const places = await tidyPlaces(ports.document.getState().design.board);
  if (places === null) return ports.onSay('This board is too large to tidy in one go.');
  place(ports.document, 'Tidy', places);
  requestAnimationFrame(() => void hands.flow.fitView({ padding: 0.08, duration: 220 }));
}

function frameAround(ports: BoardPorts, hands: BoardHands): void {
  const nodes = ports.view.getState().nodes.filter((node) => node.selected === true && node.type !== 'frame');
  const at = hands.centre();
  const box =
    nodes.length === 0 ? { x: at.x - 160, y: at.y - 90, width: 320, height: 180 } : hands.flow.getNodesBounds(nodes);
  const id = addFrame(
    ports.document,
    nodes.length === 0 ? box : { x: box.x - 24, y: box.y - 44, width: box.width + 48, height: box.height + 68 },
  );
  select(ports.view, [id]);
  ports.view.setState({ editing: id });
}

function editing(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { document, view } = ports;
  const { done, undone } = document.getState();
  const { selected, selectedEdges } = view.getState();
  const all = [...selected, ...selectedEdges];
  const none = all.length === 0;
  const duplicate = (): void =>
    select(view, pasteParts(document, copyParts(document.getState().design, selected), { x: 32, y: 32 }, 'Duplicate'));
  return [
    {
      id: 'undo',
      title: done.length === 0 ? 'Undo' : `Undo ${lower(done.at(-1)?.label)}`,
      group: 'Edit',
      keys: ['Ctrl+Z'],
      icon: 'undo-2',
      disabled: done.length === 0,
      run: () => undo(document),
    },
    {
      id: 'redo',
      title: undone.length === 0 ? 'Redo' : `Redo ${lower(undone.at(-1)?.label)}`,
      group: 'Edit',
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      icon: 'redo-2',
      disabled: undone.length === 0,
      run: () => redo(document),
    },
    {
      id: 'duplicate',
      title: 'Duplicate',
      group: 'Edit',
      keys: ['Ctrl+D'],
      icon: 'copy-plus',
      disabled: selected.length === 0,
      run: duplicate,
    },
    {
      id: 'delete',
      title: 'Delete',
      group: 'Edit',
      keys: ['Delete', 'Backspace'],
      icon: 'trash-2',
      disabled: none,
      run: () => removeParts(document, all),
    },
    {
      id: 'delete-heal',
      title: 'Delete and join the neighbours',
      group: 'Edit',
      keys: ['Ctrl+Delete', 'Ctrl+Backspace'],
      disabled: selected.length === 0,
      run: () => removeParts(document, all, true),
    },
    {
      id: 'rename',
      title: 'Rename',
      group: 'Edit',
      keys: ['F2'],
      disabled: selected.length !== 1,
      run: () => view.setState({ editing: selected[0] }),
    },
    {
      id: 'select-all',
      title: 'Select all',
      group: 'Select',
      keys: ['Ctrl+A'],
      run: () =>
        select(
          view,
          view.getState().nodes.map((node) => node.id),
        ),
    },
    {
      id: 'select-none',
      title: 'Select nothing',
      group: 'Select',
      keys: ['Escape'],
      disabled: none,
      run: () => select(view, []),
    },
    {
      id: 'select-upstream',
      title: 'Select what leads here',
      group: 'Select',
      keys: ['Shift+ArrowLeft'],
      disabled: selected.length === 0,
      run: () => downstream(ports, 'into'),
    },
    {
      id: 'select-downstream',
      title: 'Select what follows',
      group: 'Select',
      keys: ['Shift+ArrowRight'],
      disabled: selected.length === 0,
      run: () => downstream(ports, 'outOf'),
    },
    { id: 'add', title: 'Add a node', group: 'Add', keys: ['/', 'Tab'], icon: 'plus', run: () => hands.openQuickAdd() },
    {
      id: 'connect',
      title: 'Connect to …',
      group: 'Add',
      keys: ['C'],
      icon: 'link',
      disabled: selected.length !== 1,
      run: () => hands.openConnect(),
    },
    {
      id: 'frame',
      title: selected.length > 0 ? 'Frame the selection' : 'Add a frame',
      group: 'Add',
      keys: ['Ctrl+G'],
      icon: 'frame',
      run: () => frameAround(ports, hands),
    },
    {
      id: 'note',
      title: 'Add a note',
      group: 'Add',
      keys: ['N'],
      icon: 'sticky-note',
      run: () => {
        const id = addNote(document, hands.centre());
        select(view, [id]);
        view.setState({ editing: id });
      },
    },
  ];
}

function lower(text: string | undefined): string {
  return text === undefined ? '' : text.charAt(0).toLowerCase() + text.slice(1);
}

function running(ports: BoardPorts): readonly Action[] {
  const { document, view } = ports;
  const { selected } = view.getState();
  return [
    {
      id: 'run-here',
      title: 'Run to here',
      group: 'Run',
      keys: ['Ctrl+Enter'],
      icon: 'play',
      disabled: selected.length !== 1,
      run: () => ports.onRun(selected[0]),
    },
    {
      id: 'off',
      title: 'Turn off or on',
      group: 'Run',
      keys: ['D'],
      icon: 'power',
      disabled: selected.length === 0,
      run: () => toggleMode(document, selected, 'off'),
    },
    {
      id: 'bypass',
      title: 'Bypass or take part again',
      group: 'Run',
      keys: ['Ctrl+B'],
      icon: 'step-forward',
      disabled: selected.length === 0,
      run: () => toggleMode(document, selected, 'bypass'),
    },
    {
      id: 'inspect',
      title: 'Go to the inspector',
      group: 'Select',
      keys: ['Enter'],
      disabled: selected.length !== 1,
      run: () => ports.onInspect(),
    },
  ];
}

const alignments: readonly {
  readonly how: Alignment;
  readonly title: string;
  readonly keys: readonly string[];
  readonly icon: Action['icon'];
}[] = [
  { how: 'left', title: 'Align left', keys: ['Alt+Shift+A'], icon: 'align-start-vertical' },
  { how: 'center', title: 'Align centres', keys: ['Alt+Shift+H'], icon: 'align-center-vertical' },
  { how: 'right', title: 'Align right', keys: ['Alt+Shift+D'], icon: 'align-end-vertical' },
  { how: 'top', title: 'Align top', keys: ['Alt+Shift+W'], icon: 'align-start-horizontal' },
  { how: 'middle', title: 'Align middles', keys: ['Alt+Shift+V'], icon: 'align-center-horizontal' },
  { how: 'bottom', title: 'Align bottom', keys: ['Alt+Shift+S'], icon: 'align-end-horizontal' },
  { how: 'spread-x', title: 'Spread horizontally', keys: [], icon: 'align-horizontal-distribute-center' },
  { how: 'spread-y', title: 'Spread vertically', keys: [], icon: 'align-vertical-distribute-center' },
];

function arranging(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { document, view } = ports;
  const few = view.getState().selected.length < 2;
  const chosen = (): BoardNode[] => view.getState().nodes.filter((node) => node.selected === true);
  return [
    ...alignments.map(({ how, title, keys, icon }) => ({
      id: `align-${how}`,
      title,
      group: 'Arrange',
      keys,
      icon,
      disabled: few,
      run: () => place(document, title, aligned(chosen(), how)),
    })),
    {
      id: 'tidy',
      title: 'Tidy the board',
      group: 'Arrange',
      keys: ['Ctrl+Shift+L'],
      icon: 'wand-sparkles',
      run: () => void tidy(ports, hands),
    },
  ];
}

function looking(hands: BoardHands): readonly Action[] {
  const { flow } = hands;
  return [
    {
      id: 'zoom-in',
      title: 'Zoom in',
      group: 'View',
      keys: ['Ctrl+=', 'Ctrl++'],
      icon: 'zoom-in',
      run: () => void flow.zoomIn({ duration: 120 }),
    },
    {
      id: 'zoom-out',
      title: 'Zoom out',
      group: 'View',
      keys: ['Ctrl+-'],
      icon: 'zoom-out',
      run: () => void flow.zoomOut({ duration: 120 }),
    },
    {
      id: 'zoom-full',
      title: 'Zoom to 100 %',
      group: 'View',
      keys: ['Ctrl+0'],
      run: () => void flow.zoomTo(1, { duration: 160 }),
    },
    {
      id: 'fit',
      title: 'Fit the board',
      group: 'View',
      keys: ['Shift+1'],
      icon: 'maximize',
      run: () => void flow.fitView({ padding: 0.08, duration: 200 }),
    },
    {
      id: 'fit-selection',
      title: 'Fit the selection',
      group: 'View',
      keys: ['Shift+2'],
      run: () =>
        void flow.fitView({
          nodes: flow.getNodes().filter((node) => node.selected),
          padding: 0.3,
          maxZoom: 1.4,
          duration: 200,
        }),
    },
    {
      id: 'map',
      title: 'Show or hide the map',
      group: 'View',
      keys: ['Alt+M'],
      icon: 'map',
      run: () => hands.toggleMap(),
    },
    {
      id: 'find',
      title: 'Find on the board',
      group: 'View',
      keys: ['Ctrl+F'],
      icon: 'search',
      run: () => hands.openFind(),
    },
  ];
}

/** Everything that can be done on the board, as keys, menus and the command palette offer it. */
export function boardActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  return [...editing(ports, hands), ...running(ports), ...arranging(ports, hands), ...looking(hands)];
}
