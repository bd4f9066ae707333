// Stands in for the module "electron": real Chromium pages, real processes, and the refusals that Electron has. What is
// native (menus, dialogs, the sandbox, fuses, asar) is recorded, not done: test/hosts/electron.test.ts says what needs the real one.
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { Cdp } from './cdp.ts';
import { chromium, inward, serveScheme, type WebContents } from './browser.ts';
import { answered, beforeReady, needsReady, noted, record } from './record.ts';
import { UtilityProcess, type ForkOptions } from './utility.ts';
import { BrowserWindow } from './windows.ts';
export { app } from './app.ts';
export { MessageChannelMain, MessagePortMain } from './ports.ts';
export { BrowserWindow, screen } from './windows.ts';

/** What tests ask of the stand-in. */
export const standIn = {
  calls: record.calls,
  answers: record.answers,
  handlers: record.handlers,
  children: record.children,
  inward,
  /** Where Chromium can be driven from outside. */
  address: '',
  async begin(address: string): Promise<void> {
    standIn.address = address;
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
    app.begin();
  },
};

export const ipcMain = chromium.ipcMain;
export const webContents = {
  fromDevToolsTargetId: (id: string): WebContents | undefined => [...chromium.pages].find((page) => page.target === id),
};

let schemesGiven: readonly { scheme: string; privileges: object }[] = [];

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: object }[]): void {
    beforeReady('protocol.registerSchemesAsPrivileged');
    noted('protocol.registerSchemesAsPrivileged', schemes);
    schemesGiven = schemes;
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    needsReady('protocol.handle');
    if (!schemesGiven.some((one) => one.scheme === scheme)) throw new Error(`the scheme ${scheme} has no privileges`);
    chromium.scheme = scheme;
    chromium.handlers.set(scheme, handler);
    record.handlers.set('protocol', handler as never);
  },
};

/** A session that remembers what it was told to answer. */
class Session extends EventEmitter {
  readonly webRequest = {
    onBeforeRequest: (handler: (...args: never[]) => unknown): void => this.#keep('onBeforeRequest', handler),
  };

  #keep(name: string, handler: (...args: never[]) => unknown): void {
    noted(`session.${name}`);
    record.handlers.set(name, handler);
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

/** Dialogs are recorded without the window that they belong to. */
const asked = <T>(what: string, args: readonly unknown[], usual: T): T =>
  answered(
    what,
    args.filter((one) => !(one instanceof BrowserWindow)),
    usual,
  );

export const dialog = {
  showMessageBox: async (...args: unknown[]): Promise<unknown> => asked('dialog.showMessageBox', args, { response: 1 }),
  showMessageBoxSync: (...args: unknown[]): unknown => asked('dialog.showMessageBoxSync', args, 0),
  showOpenDialog: async (...args: unknown[]): Promise<unknown> =>
    asked('dialog.showOpenDialog', args, { canceled: true, filePaths: [] }),
  showSaveDialog: async (...args: unknown[]): Promise<unknown> =>
    asked('dialog.showSaveDialog', args, { canceled: true, filePath: '' }),
};

export const shell = {
  openExternal: async (url: string): Promise<void> => noted('shell.openExternal', url),
  openPath: async (path: string): Promise<string> => (noted('shell.openPath', path), ''),
};

export const Menu = {
  buildFromTemplate: <T>(template: T): T => template,
  setApplicationMenu: (menu: unknown): void => {
    record.handlers.set('menu', () => menu);
  },
};

export const nativeTheme = { shouldUseDarkColors: false };

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    needsReady('utilityProcess');
    noted('utilityProcess.fork', entry, args, options);
    const child = new UtilityProcess(entry, args, options);
    record.children.push(child);
    record.endings.push(() => child.kill());
    return child;
  },
};
