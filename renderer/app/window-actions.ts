import type { Action } from '#renderer/ui/action.ts';
import { goToPart } from '#renderer/ui/parts.ts';
import type { AppParts } from './app-context.ts';
import type { Panes } from './panes.ts';
import { chooseTheme } from './theme.ts';
import { takeTour } from './tour-store.ts';
import { emptyDesign, openTab, unsaved, type OpenTab, type Screen } from './workspace.ts';

export interface WindowHands {
  readonly panes: Panes;
  /** Whether changes go to their files by themselves. */
  readonly autosave: boolean;
  onAutosave(on: boolean): void;
  onPanes(changed: Partial<Panes>): void;
  onSave(tab: OpenTab): void;
  onSaveAs(tab: OpenTab): void;
  onRestore(tab: OpenTab): void;
  onClose(tab: OpenTab): void;
  onCommands(): void;
  onShortcuts(): void;
  onAbout(): void;
}

function files({ workspace }: AppParts, hands: WindowHands, tab: OpenTab | null): readonly Action[] {
  const none = tab === null;
  return [
    {
      id: 'new',
      title: 'New design',
      group: 'File',
      keys: ['Ctrl+Alt+N'],
      icon: 'file-plus',
      run: () => void openTab(workspace, unsaved(emptyDesign())),
    },
    {
      id: 'save',
      title: 'Save',
      group: 'File',
      keys: ['Ctrl+S'],
      icon: 'save',
      disabled: none,
      run: () => tab !== null && hands.onSave(tab),
    },
    {
      id: 'save-as',
      title: 'Save as …',
      group: 'File',
      keys: ['Ctrl+Shift+S'],
      disabled: none,
      run: () => tab !== null && hands.onSaveAs(tab),
    },
    {
      id: 'autosave',
      title: hands.autosave ? 'Stop saving changes by itself' : 'Save changes by itself',
      group: 'File',
      keys: [],
      run: () => hands.onAutosave(!hands.autosave),
    },
    {
      id: 'restore',
      title: 'Go back to an earlier state …',
      group: 'File',
      keys: [],
      icon: 'history',
      disabled: none,
      run: () => tab !== null && hands.onRestore(tab),
    },
    {
      id: 'close',
      title: 'Close the design',
      group: 'File',
      keys: ['Ctrl+Alt+W'],
      disabled: none,
      run: () => tab !== null && hands.onClose(tab),
    },
    {
      id: 'start',
      title: 'Start page',
      group: 'File',
      keys: [],
      icon: 'house',
      run: () => workspace.setState({ current: null }),
    },
  ];
}

function views({ workspace }: AppParts, hands: WindowHands, tab: OpenTab | null): readonly Action[] {
  const go = (screen: Screen, title: string, keys: string): Action => ({
    id: `view-${screen}`,
    title: `Go to ${title}`,
    group: 'Go',
    keys: [keys],
    disabled: tab === null,
    run: () => workspace.setState({ screen }),
  });
  const { panes, onPanes } = hands;
  return [
    go('board', 'the board', 'Alt+1'),
    go('writeup', 'the write-up', 'Alt+2'),
    go('experiments', 'the experiments', 'Alt+3'),
    go('data', 'the data', 'Alt+4'),
    { id: 'next-part', title: 'Go to the next part of the board', group: 'Go', keys: ['F6'], run: () => goToPart(1) },
    {
      id: 'part-before',
      title: 'Go to the part of the board before',
      group: 'Go',
      keys: ['Shift+F6'],
      run: () => goToPart(-1),
    },
    {
      id: 'pane-left',
      title: panes.leftOpen ? 'Hide the palette' : 'Show the palette',
      group: 'View',
      keys: ['Alt+P'],
      icon: 'panel-left',
      disabled: tab === null,
      run: () => onPanes({ leftOpen: !panes.leftOpen }),
    },
    {
      id: 'pane-right',
      title: panes.rightOpen ? 'Hide the inspector' : 'Show the inspector',
      group: 'View',
      keys: ['Alt+I'],
      icon: 'panel-right',
      disabled: tab === null,
      run: () => onPanes({ rightOpen: !panes.rightOpen }),
    },
    {
      id: 'pane-bottom',
      title: panes.bottomOpen ? 'Hide the evidence' : 'Show the evidence',
      group: 'View',
      keys: ['Alt+J'],
      icon: 'panel-bottom',
      disabled: tab === null,
      run: () => onPanes({ bottomOpen: !panes.bottomOpen }),
    },
    { id: 'theme-light', title: 'Light', group: 'View', keys: [], icon: 'sun', run: () => chooseTheme('light') },
    { id: 'theme-dark', title: 'Dark', group: 'View', keys: [], icon: 'moon', run: () => chooseTheme('dark') },
    {
      id: 'theme-system',
      title: 'Light or dark as the system',
      group: 'View',
      keys: [],
      icon: 'sun-moon',
      run: () => chooseTheme('system'),
    },
    {
      id: 'commands',
      title: 'All commands',
      group: 'Help',
      keys: ['Ctrl+K', 'Ctrl+Shift+P'],
      icon: 'command',
      run: hands.onCommands,
    },
    {
      id: 'shortcuts',
      title: 'Keys and gestures',
      group: 'Help',
      keys: ['?'],
      icon: 'keyboard',
      run: hands.onShortcuts,
    },
  ];
}

/** What can be done in the window, whatever is in front. */
export function windowActions(parts: AppParts, hands: WindowHands, tab: OpenTab | null): readonly Action[] {
  const busy = tab !== null && ['running', 'starting'].includes(tab.runs.getState().status);
  return [
    {
      id: 'run-all',
      title: 'Run the board',
      group: 'Run',
      keys: ['Ctrl+Shift+Enter', 'F7', 'Ctrl+Enter'],
      icon: 'play',
      disabled: tab === null || busy,
      run: () => tab !== null && void parts.runner.start(tab),
    },
    {
      id: 'stop',
      title: 'Stop the run',
      group: 'Run',
      keys: ['Ctrl+.', 'F9'],
      icon: 'square',
      disabled: tab === null || !busy,
      run: () => tab !== null && void parts.runner.cancel(tab),
    },
    ...files(parts, hands, tab),
    ...views(parts, hands, tab),
    {
      id: 'tour',
      title: 'Take the tour',
      group: 'Help',
      keys: [],
      icon: 'map',
      run: () => void takeTour(parts),
    },
    { id: 'about', title: 'About Runboard', group: 'Help', keys: [], icon: 'info', run: hands.onAbout },
  ];
}
