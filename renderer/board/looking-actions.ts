import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';

export function lookingActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { flow } = hands;
  const { selected } = ports.view.getState();
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
      disabled: selected.length === 0,
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
      id: 'preview',
      title: 'Look at what it gives',
      group: 'View',
      keys: ['O'],
      icon: 'eye',
      disabled: selected.length !== 1,
      run: () => ports.onPreview(selected[0]),
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
