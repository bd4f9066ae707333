import { join } from 'node:path';
import { BrowserWindow, app, dialog, nativeTheme, screen } from 'electron';
import { home } from './addresses.ts';
import { CrashBudget } from '#main/hosts/web/crash-budget.ts';
import { keepPlace, placeOn, readPlace, smallest } from './window-place.ts';

/** Colours of the page before it is painted, so that nothing flashes. */
const paper = { light: '#faf9f6', dark: '#16171a' };

/** Asks before changes are lost that are in no file. */
function mayClose(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: 'Close the window although there are changes in no file?',
    buttons: ['Keep it open', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return answer === 1;
}

/** A page that is gone is loaded again, a few times; then the user decides. */
function reviveWhenGone(window: BrowserWindow): void {
  const budget = new CrashBudget();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const again =
      budget.crashed(performance.now()) !== null ||
      dialog.showMessageBoxSync({
        type: 'error',
        message: 'The window keeps failing.',
        buttons: ['Load it again', 'Close it'],
        cancelId: 1,
        noLink: true,
      }) === 0;
    if (again) window.webContents.reload();
    else window.destroy();
  });
}

/** The next window opens where this one was last. */
function keepWhereItIs(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed()) keepPlace(file, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', soon);
  window.on('close', keep);
}

/** Opens a window on the product. */
export function openWindow(preload: string): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const { maximized, ...place } = placeOn(displays, readPlace(file), 28 * BrowserWindow.getAllWindows().length);
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Runboard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepWhereItIs(window, file);
  window.webContents.on('will-prevent-unload', (event) => {
    if (mayClose(window)) event.preventDefault();
  });
  reviveWhenGone(window);
  void window.loadURL(home);
  return window;
}
