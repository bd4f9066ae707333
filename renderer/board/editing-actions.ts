import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import { copyParts, pasteParts } from './store/clipboard.ts';
import { removeParts } from './store/commands.ts';
import { redo, undo } from './store/document.ts';
import { select } from './view.ts';

function lower(text: string | undefined): string {
  return text === undefined ? '' : text.charAt(0).toLowerCase() + text.slice(1);
}

/** Undo and redo, named after what they take back. */
export function undoActions({ document }: BoardPorts): readonly Action[] {
  const { done, undone } = document.getState();
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
  ];
}

/** What changes the parts that are selected. */
export function editingActions({ document, view }: BoardPorts): readonly Action[] {
  const { selected, selectedEdges } = view.getState();
  const all = [...selected, ...selectedEdges];
  const none = all.length === 0;
  const duplicate = (): void =>
    select(view, pasteParts(document, copyParts(document.getState().design, selected), { x: 32, y: 32 }, 'Duplicate'));
  return [
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
      run: () => removeParts(document, all, { healing: true }),
    },
    {
      id: 'rename',
      title: 'Rename',
      group: 'Edit',
      keys: ['F2'],
      disabled: selected.length !== 1,
      run: () => view.setState({ editing: selected[0] }),
    },
  ];
}
