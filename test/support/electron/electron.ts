// Stands in for the module "electron": real Chromium pages, real processes, and the refusals that Electron has. What is
// native (menus, dialogs, the sandbox, fuses, asar) is recorded, not done: test/hosts/electron.test.ts says what needs the real one.
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { Cdp } from './cdp.ts';
import { chromium, inward, serveScheme, WebContents } from './browser.ts';
import { UtilityProcess, type ForkOptions } from './utility.ts';
export { MessageChannelMain, MessagePortMain } from './ports.ts';

const home = process.env['RUNBOARD_STAND_IN_HOME'] ?? process.cwd();
let ready = false;
let quitting = false;
let begun: () => void = () => {};
const whenBegun = new Promise<void>((done) => (begun = done));
const endings: (() => void)[] = [];

/** What the program asked of the desktop, in order, and how dialogs are to be answered. */
export const standIn = {
  calls: [] as { what: string; args: unknown[] }[],
  answers: [] as unknown[],
  handlers: new Map<string, (...args: never[]) => unknown>(),
  children: [] as UtilityProcess[],
  inward,
  onEnd: (listener: () => void) => void endings.push(listener),
  async begin(address: string): Promise<void> {
    chromium.cdp = await Cdp.open(address);
    const pages = (): WebContents[] => [...chromium.pages];
    chromium.cdp.on((method, params: Record<string, never>, session) => {
      if (method === 'Target.targetDestroyed')
        pages()
          .find((page) => page.target === params['targetId'])
          ?.gone();
      else if (method === 'Target.targetCreated') {
        const { targetId, openerId, url } = params['targetInfo'] as {
          targetId: string;
          openerId?: string;
          url: string;
        };
        if (openerId !== undefined)
          pages()
            .find((page) => page.target === openerId)
            ?.opened(targetId, url);
      } else if (session !== undefined)
        pages()
          .find((page) => page.isSession(session))
          ?.hear(method, params);
    });
    await chromium.cdp.send('Target.setDiscoverTargets', { discover: true });
    await serveScheme();
    ready = true;
    app.emit('ready', {}, {});
    begun();
  },
};

function record(what: string, ...args: unknown[]): void {
  standIn.calls.push({ what, args });
}

function beforeReady(what: string): void {
  if (ready) throw new Error(`${what} must be called before the app is ready`);
  if (standIn.calls.some((call) => call.what === what)) throw new Error(`${what} may be called once`);
}

function needsReady(what: string): void {
  if (!ready) throw new Error(`${what} cannot be used before the app is ready`);
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: (): void => {},
    hasSwitch: (): boolean => false,
    getSwitchValue: (): string => '',
  };

  isReady(): boolean {
    return ready;
  }

  whenReady(): Promise<void> {
    return whenBegun;
  }

  enableSandbox(): void {
    beforeReady('app.enableSandbox');
    record('app.enableSandbox');
  }

  setName(name: string): void {
    record('app.setName', name);
  }

  getPath(name: string): string {
    return join(home, name);
  }

  getAppMetrics(): { type: string; name: string; pid: number }[] {
    return standIn.children
      .filter((child) => child.alive)
      .map((child) => ({ type: 'Utility', name: 'Runboard engine', pid: child.pid ?? 0 }));
  }

  addRecentDocument(path: string): void {
    record('app.addRecentDocument', path);
  }

  requestSingleInstanceLock(): boolean {
    record('app.requestSingleInstanceLock');
    return process.env['RUNBOARD_STAND_IN_SECOND'] === undefined;
  }

  quit(): void {
    if (quitting) return;
    quitting = true;
    this.emit('before-quit', { preventDefault: () => (quitting = false) });
    if (quitting) this.exit(0);
  }

  exit(code: number): void {
    this.emit('quit', {}, code);
    for (const listener of endings) listener();
    setTimeout(() => process.exit(code), 50);
  }
}

export const app = new App();
export const ipcMain = chromium.ipcMain;
export const webContents = {
  fromDevToolsTargetId: (id: string): WebContents | undefined => [...chromium.pages].find((page) => page.target === id),
};

const windows = new Set<BrowserWindow>();

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const display = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: { readonly webPreferences?: Record<string, unknown> };
  #destroyed = false;
  #maximized = false;
  #bounds: Bounds;

  constructor(options: { readonly webPreferences?: Record<string, unknown> } & Partial<Bounds> = {}) {
    super();
    needsReady('BrowserWindow');
    record('BrowserWindow', options);
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(options.webPreferences ?? {});
    windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('ready-to-show', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.#ended());
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windows].at(-1) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...windows].find((one) => one.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    record('window.show');
  }

  focus(): void {}

  maximize(): void {
    record('window.maximize');
    this.#maximized = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
    this.emit('resize');
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.webContents.close();
  }

  #ended(): void {
    this.#destroyed = true;
    windows.delete(this);
    this.emit('closed');
    app.emit('browser-window-closed');
    if (windows.size === 0 && !quitting) app.emit('window-all-closed');
  }
}

let schemesGiven: readonly { scheme: string; privileges: object }[] = [];

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: object }[]): void {
    beforeReady('protocol.registerSchemesAsPrivileged');
    record('protocol.registerSchemesAsPrivileged', schemes);
    schemesGiven = schemes;
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    needsReady('protocol.handle');
    if (!schemesGiven.some((one) => one.scheme === scheme)) throw new Error(`the scheme ${scheme} has no privileges`);
    chromium.scheme = scheme;
    chromium.handlers.set(scheme, handler);
    standIn.handlers.set('protocol', handler as never);
  },
};

/** A session that remembers what it was told to answer. */
class Session extends EventEmitter {
  readonly webRequest = {
    onBeforeRequest: (handler: (...args: never[]) => unknown): void => this.#keep('onBeforeRequest', handler),
  };

  #keep(name: string, handler: (...args: never[]) => unknown): void {
    record(`session.${name}`);
    standIn.handlers.set(name, handler);
  }

  setPermissionRequestHandler = (handler: (...args: never[]) => unknown): void =>
    this.#keep('permissionRequest', handler);
  setPermissionCheckHandler = (handler: (...args: never[]) => unknown): void => this.#keep('permissionCheck', handler);
  setDevicePermissionHandler = (handler: (...args: never[]) => unknown): void =>
    this.#keep('devicePermission', handler);
  setUSBProtectedClassesHandler = (handler: (...args: never[]) => unknown): void =>
    this.#keep('usbProtectedClasses', handler);
  setDisplayMediaRequestHandler = (handler: (...args: never[]) => unknown): void => this.#keep('displayMedia', handler);
}

export const session = { defaultSession: new Session() };

function answered<T>(what: string, args: unknown[], usual: T): T {
  record(what, ...args.filter((one) => !(one instanceof BrowserWindow)));
  return (standIn.answers.length > 0 ? standIn.answers.shift() : usual) as T;
}

export const dialog = {
  showMessageBox: async (...args: unknown[]): Promise<unknown> =>
    answered('dialog.showMessageBox', args, { response: 1 }),
  showMessageBoxSync: (...args: unknown[]): unknown => answered('dialog.showMessageBoxSync', args, 0),
  showOpenDialog: async (...args: unknown[]): Promise<unknown> =>
    answered('dialog.showOpenDialog', args, { canceled: true, filePaths: [] }),
  showSaveDialog: async (...args: unknown[]): Promise<unknown> =>
    answered('dialog.showSaveDialog', args, { canceled: true, filePath: '' }),
};

export const shell = {
  openExternal: async (url: string): Promise<void> => record('shell.openExternal', url),
  openPath: async (path: string): Promise<string> => (record('shell.openPath', path), ''),
};

export const Menu = {
  buildFromTemplate: <T>(template: T): T => template,
  setApplicationMenu: (menu: unknown): void => {
    standIn.handlers.set('menu', () => menu);
  },
};

export const nativeTheme = { shouldUseDarkColors: false };

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    needsReady('utilityProcess');
    record('utilityProcess.fork', entry, args, options);
    const child = new UtilityProcess(entry, args, options);
    standIn.children.push(child);
    endings.push(() => child.kill());
    return child;
  },
};
