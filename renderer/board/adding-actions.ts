import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';
import { freePlace } from './free-place.ts';
import { addFrame, addNote, newNote, ungroup } from './store/layout-commands.ts';
import { select } from './view.ts';

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

/** The frames that are selected, and those around nodes that are. */
function framesOf(ports: BoardPorts): ReadonlySet<string> {
  const { nodes, frames = [] } = ports.document.getState().design.board;
  const selected = new Set(ports.view.getState().selected);
  const chosen = frames.filter((frame) => selected.has(frame.id)).map((frame) => frame.id);
  if (chosen.length > 0) return new Set(chosen);
  return new Set(nodes.flatMap((node) => (selected.has(node.id) && node.frame !== undefined ? [node.frame] : [])));
}

export function addingActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { document, view } = ports;
  const { selected } = view.getState();
  const frames = framesOf(ports);
  return [
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
      id: 'wires',
      title: 'Choose a wire of this node …',
      group: 'Select',
      keys: ['W'],
      disabled: selected.length !== 1,
      run: () => hands.openWires(),
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
      id: 'ungroup',
      title: frames.size > 1 ? 'Take the frames away' : 'Take the frame away',
      group: 'Add',
      keys: ['Ctrl+Shift+G'],
      disabled: frames.size === 0,
      run: () => ungroup(document, frames),
    },
    {
      id: 'note',
      title: 'Add a note',
      group: 'Add',
      keys: ['N'],
      icon: 'sticky-note',
      run: () => {
        const id = addNote(document, freePlace(document.getState().design.board, hands.centre(), newNote));
        select(view, [id]);
        view.setState({ editing: id });
      },
    },
  ];
}
