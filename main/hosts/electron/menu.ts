import { basename } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuHands {
  /** Tells the window in front which of its actions was chosen. */
  act(action: string): void;
  openDesign(): void;
  open(path: string): void;
  newWindow(): void;
  readonly recent: readonly string[];
}

type Item = MenuItemConstructorOptions;

/** The keys are shown here and handled by the window, which knows what they mean at the moment. */
function action(hands: MenuHands, label: string, id: string, accelerator?: string): Item {
  return { label, accelerator, registerAccelerator: false, click: () => hands.act(id) };
}

function fileMenu(hands: MenuHands): Item {
  const recent: Item[] = hands.recent.map((path) => ({
    label: basename(path),
    toolTip: path,
    click: () => hands.open(path),
  }));
  return {
    label: '&File',
    submenu: [
      action(hands, 'New design', 'new'),
      { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: () => hands.newWindow() },
      { label: 'Open …', accelerator: 'CmdOrCtrl+O', click: () => hands.openDesign() },
      { label: 'Open recent', enabled: recent.length > 0, submenu: recent },
      { type: 'separator' },
      action(hands, 'Save', 'save', 'CmdOrCtrl+S'),
      action(hands, 'Save as …', 'save-as', 'CmdOrCtrl+Shift+S'),
      action(hands, 'Close the design', 'close'),
      { type: 'separator' },
      { role: process.platform === 'darwin' ? 'close' : 'quit' },
    ],
  };
}

/** The menu bar: what the desktop expects, and the window's own actions by their names. */
export function menuBar(hands: MenuHands): void {
  const view: Item[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (!app.isPackaged) view.push({ role: 'reload' }, { role: 'toggleDevTools' });
  const bar: Item[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies Item] : []),
    fileMenu(hands),
    { role: 'editMenu' },
    {
      label: '&Run',
      submenu: [
        action(hands, 'Run the board', 'run-all', 'CmdOrCtrl+Enter'),
        action(hands, 'Stop the run', 'stop', 'CmdOrCtrl+.'),
      ],
    },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        action(hands, 'All commands', 'commands', 'CmdOrCtrl+K'),
        action(hands, 'Keys and gestures', 'shortcuts'),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(bar));
}
