import type { Action } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import { toggleMode } from './store/commands.ts';

export function runningActions(ports: BoardPorts): readonly Action[] {
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
  ];
}
