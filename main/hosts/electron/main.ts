// The desktop program: composes windows, menu, dialogs and the engine's process. Holds no product logic.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, protocol, session } from 'electron';
import { Ending } from '#main/hosts/web/ending.ts';
import { KeptEngine } from '#main/hosts/web/kept-engine.ts';
import { readPage } from '#main/hosts/web/page.ts';
import { scheme } from './addresses.ts';
import { chooseDesign, Desk } from './desk.ts';
import { askWhenItKeepsStopping, startEngine } from './engine-host.ts';
import { onConnect } from './from-page.ts';
import { guardPage, guardSession } from './guards.ts';
import { launchOf } from './launch.ts';
import { menuBar } from './menu.ts';
import { answerPage } from './page-files.ts';
import type { Serving } from './serving.ts';
import { keepRecent, readRecent, withRecent } from './recent.ts';
import { openWindow } from './windows.ts';

const root = join(import.meta.dirname, '../../..');
const built = join(root, 'dist');
const launch = launchOf(process.argv.slice(1), process.cwd());
const early: string[] = [...launch.designs];
const desks = new Map<BrowserWindow, Desk>();

app.enableSandbox();
app.setName('Runboard');
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
app.on('web-contents-created', (_event, contents) => guardPage(contents));
app.on('open-file', (event, path) => {
  event.preventDefault();
  if (app.isReady()) open(path);
  else early.push(path);
});

function front(): BrowserWindow {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? addWindow();
}

function addWindow(): BrowserWindow {
  const window = openWindow(join(built, 'electron/preload.cjs'));
  desks.set(window, new Desk(window, noteRecent));
  window.once('closed', () => desks.delete(window));
  return window;
}

/** Brings a window to the front and has it open a design. */
function open(path: string): void {
  const window = front();
  if (window.isMinimized()) window.restore();
  window.focus();
  if (existsSync(path)) desks.get(window)?.tell({ kind: 'open', path });
}

function noteRecent(path: string): void {
  const file = join(app.getPath('userData'), 'recent.json');
  keepRecent(file, withRecent(readRecent(file), path));
  app.addRecentDocument(path);
  showMenu();
}

function showMenu(): void {
  const openDesign = async (): Promise<void> => {
    const path = await chooseDesign(front());
    if (path !== null) open(path);
  };
  menuBar({
    act: (action) => desks.get(front())?.tell({ kind: 'command', action }),
    openDesign: () => void openDesign(),
    open,
    newWindow: () => void addWindow(),
    recent: readRecent(join(app.getPath('userData'), 'recent.json')),
  });
}

/** Once every window is closed, and only then: one that is kept open still needs the engine. */
function endEngineFirst(engine: KeptEngine, serving: Promise<Serving>): void {
  const ending = new Ending({ cutOff: () => app.exit(1) });
  app.on('will-quit', (event) => {
    event.preventDefault();
    ending.begin();
    const ended = Promise.allSettled([engine.stop(), serving.then((one) => one.close())]);
    void ended.then(() => {
      process.stderr.write(`ended ${ending.millis} ms after it was told to\n`);
      app.exit(0);
    });
  });
}

function giveUp(fault: unknown): void {
  process.stderr.write(`${String(fault)}\n`);
  app.exit(1);
}

/** The window comes first: what answers it is loaded while it is shown. */
async function openServing(workspace: string, engine: KeptEngine): Promise<Serving> {
  const { Serving: Loaded } = await import('./serving.ts');
  return new Loaded(workspace, engine);
}

function begin(): void {
  const files = readPage(join(built, 'renderer'));
  guardSession(session.defaultSession);
  protocol.handle(scheme, (request) => answerPage(files, request));
  const workspace = launch.workspace ?? join(app.getPath('documents'), 'Runboard', '.runboard');
  const log = join(app.getPath('logs'), 'engine.log');
  const entry = join(root, 'main/engine-process/entry.ts');
  const engine = new KeptEngine({ begin: () => startEngine({ entry, workspace, log }) });
  askWhenItKeepsStopping(engine, log);
  engine.start();
  showMenu();
  addWindow();
  const serving = openServing(workspace, engine);
  serving.catch(giveUp);
  endEngineFirst(engine, serving);
  onConnect((event, nonce) => {
    void serving.then((served) => {
      if (event.sender.isDestroyed()) return;
      const desk = desks.get(BrowserWindow.fromWebContents(event.sender) as BrowserWindow);
      if (desk !== undefined) event.sender.postMessage('connected', nonce, [served.line(), desk.line()]);
    });
  });
  for (const path of early) open(path);
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && addWindow());
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, folder) => {
    const { designs } = launchOf(argv.slice(1), folder);
    if (designs.length === 0) front().focus();
    for (const path of designs) open(path);
  });
  app.on('window-all-closed', () => process.platform === 'darwin' || app.quit());
  app.whenReady().then(begin).catch(giveUp);
} else {
  app.quit();
}
