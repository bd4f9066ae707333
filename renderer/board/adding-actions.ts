import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';
import { addFrame, addNote } from './store/layout-commands.ts';
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

export function addingActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { document, view } = ports;
  const { selected } = view.getState();
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
