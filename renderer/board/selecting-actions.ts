import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import { indexOf } from './ports.ts';
import { select } from './view.ts';

/** Selects, beside what is selected, everything that leads there or follows from it. */
function follow(ports: BoardPorts, way: 'into' | 'outOf'): void {
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

export function selectingActions(ports: BoardPorts): readonly Action[] {
  const { view } = ports;
  const { selected, selectedEdges } = view.getState();
  const none = selected.length + selectedEdges.length === 0;
  return [
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
      run: () => follow(ports, 'into'),
    },
    {
      id: 'select-downstream',
      title: 'Select what follows',
      group: 'Select',
      keys: ['Shift+ArrowRight'],
      disabled: selected.length === 0,
      run: () => follow(ports, 'outOf'),
    },
    {
      id: 'inspect',
      title: 'Go to the inspector',
      group: 'Select',
      keys: ['Enter'],
      disabled: selected.length + selectedEdges.length !== 1,
      run: () => ports.onInspect(),
    },
  ];
}
