// One window, two programs around it: the local page in a browser, and the desktop program under the stand-in for
// Electron, or under the real one where RUNBOARD_ELECTRON or RUNBOARD_PACKAGED names it.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';
import { desktopMissing, realElectron, standsIn, startDesktop, type StartedDesktop } from './electron/start.ts';
import { ended, engineOf } from './processes.ts';
import { openWindow, serveWindow, windowMissing, type LookOptions } from './window.ts';

/** A window that is open, whichever program is around it. */
export interface HostedWindow {
  readonly page: Page;
  /** Folder in which designs lie. */
  readonly folder: string;
  /** What the page complained about. */
  readonly complaints: string[];
  /** The main process. */
  readonly program: ChildProcess;
  /** What the program has said on its standard error. */
  said(): string;
  /** The process of the engine, while there is one. */
  engine(): Promise<number | undefined>;
  /** Another window of the same program, at its start page. */
  another(): Promise<Page>;
  /** Saves by the keys for it, and answers by keyboard where; the answer of a native dialog is given for it. */
  saveAs(path: string): Promise<void>;
  /** Names a file where one is to be imported: in the field for it, or in the native dialog. */
  nameFile(path: string): Promise<void>;
  /** From now on whoever asks whether to go although there are unsaved changes is told yes. */
  mayLeave(): Promise<void>;
  /** Quits as the menu does; a program that has no menu is told by its terminal. */
  quit(): Promise<void>;
  /** What was asked in dialogs of the desktop. */
  asked(): Promise<readonly string[]>;
  /** Crashes the page, and gives the one that is there afterwards. */
  crash(): Promise<Page>;
  /** Ends the program as the system does that ran out of memory. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface WindowHost {
  readonly id: 'page' | 'desktop';
  readonly name: string;
  /** Why it cannot be started here, or null. */
  readonly missing: string | null;
  open(folder: string, look?: LookOptions): Promise<HostedWindow>;
}

/** Crashes a page as a fault in its process does. */
async function crashPage(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  void session.send('Page.crash').catch(() => {});
  await crashed;
}

/** Collects what a process says. */
function listen(program: ChildProcess): () => string {
  let text = '';
  program.stderr?.on('data', (part: Buffer | string) => (text += String(part)));
  return () => text;
}

async function killed(program: ChildProcess): Promise<void> {
  program.kill('SIGKILL');
  await ended(program);
}

async function openPage(folder: string, look?: LookOptions): Promise<HostedWindow> {
  const served = await serveWindow(folder);
  const program = served.process;
  try {
    const { page, complaints, close } = await openWindow(served.address, look);
    const another = async (): Promise<Page> => {
      const next = await page.context().newPage();
      await next.goto(new URL('/', served.address).href);
      return next;
    };
    return {
      page,
      folder,
      complaints,
      program,
      said: listen(program),
      engine: async () => engineOf(program.pid as number),
      another,
      saveAs: async (path) => {
        await page.keyboard.press('Control+s');
        await page.getByRole('heading', { name: 'Save the design' }).waitFor();
        await page.keyboard.press('Control+a');
        await page.keyboard.type(path);
        await page.keyboard.press('Enter');
      },
      nameFile: (path) => page.getByLabel('File or folder on this computer').fill(path),
      mayLeave: async () => void page.on('dialog', (dialog) => void dialog.accept()),
      quit: async () => void program.kill('SIGINT'),
      asked: async () => [],
      crash: async () => {
        await crashPage(page);
        return another();
      },
      kill: async () => {
        await killed(program);
        await close();
      },
      close: async () => {
        await close();
        served.close();
        await ended(program);
      },
    };
  } catch (thrown) {
    served.close();
    throw thrown;
  }
}

interface Main {
  readonly app: { quit(): void; getAppMetrics(): { type: string; name?: string; pid: number }[] };
  readonly dialog: { showSaveDialog(): unknown; showOpenDialog(): unknown; showMessageBoxSync(): number };
  readonly standIn: {
    readonly address: string;
    readonly calls: readonly { what: string; args: readonly unknown[] }[];
    readonly handlers: ReadonlyMap<string, () => unknown>;
  };
}

/** Does something in the desktop program. */
const inMain = <T, A>({ app }: StartedDesktop, work: (main: Main, arg: A) => T, arg?: A): Promise<Awaited<T>> =>
  app.evaluate(work as never, arg as never) as Promise<Awaited<T>>;

/** Chooses "New window" in the menu. */
async function newWindow(desktop: StartedDesktop): Promise<Page> {
  const opened = desktop.app.waitForEvent('window');
  await inMain(desktop, ({ standIn }) => {
    interface Item {
      readonly label?: string;
      readonly submenu?: readonly Item[];
      click?(): void;
    }
    const menu = standIn.handlers.get('menu')?.() as readonly Item[];
    const items = menu.flatMap((one) => one.submenu ?? []);
    items.find((one) => one.label === 'New window')?.click?.();
  });
  return opened;
}

/** The desktop loads a page again by itself; a driver that saw it crash never speaks to it again, a new one does. */
async function crashDesktop(desktop: StartedDesktop): Promise<Page> {
  await crashPage(desktop.page);
  const driver = await chromium.connectOverCDP(await inMain(desktop, ({ standIn }) => standIn.address));
  const page = driver.contexts()[0].pages()[0];
  page.on('dialog', () => {});
  return page;
}

async function openDesktop(
  folder: string,
  { width = 1280, height = 800, theme = 'light' }: LookOptions = {},
): Promise<HostedWindow> {
  const desktop = await startDesktop([], folder);
  const { app, page, complaints, close } = desktop;
  const dress = async (one: Page): Promise<Page> => {
    await one.setViewportSize({ width, height });
    await one.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await one.getByRole('heading', { name: 'Templates' }).waitFor();
    return one;
  };
  await dress(page);
  return {
    page,
    folder,
    complaints,
    program: app.process(),
    said: listen(app.process()),
    engine: () =>
      inMain(desktop, (main) => main.app.getAppMetrics().find((one) => one.name === 'Runboard engine')?.pid),
    another: async () => dress(await newWindow(desktop)),
    saveAs: async (path) => {
      await inMain(
        desktop,
        ({ dialog }, filePath) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        },
        path,
      );
      await page.keyboard.press('Control+s');
    },
    nameFile: async (path) => {
      await inMain(
        desktop,
        ({ dialog }, filePath) => {
          dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
        },
        path,
      );
      await page.getByRole('dialog').getByRole('button', { name: 'Choose …' }).click();
    },
    mayLeave: () => inMain(desktop, ({ dialog }) => void (dialog.showMessageBoxSync = () => 1)),
    quit: () => inMain(desktop, (main) => main.app.quit()),
    asked: () =>
      inMain(desktop, ({ standIn }) =>
        standIn.calls.flatMap(({ what, args }) =>
          what.startsWith('dialog.show') ? [(args[0] as { message: string }).message] : [],
        ),
      ),
    crash: () => crashDesktop(desktop),
    kill: () => killed(app.process()),
    close,
  };
}

const desktopName = standsIn
  ? 'the stand-in for Electron'
  : realElectron === undefined
    ? 'the packaged program'
    : 'Electron';

/** Every program that shows the window. */
const windowHosts: readonly WindowHost[] = [
  { id: 'page', name: 'the local page', missing: windowMissing(), open: openPage },
  { id: 'desktop', name: desktopName, missing: desktopMissing(), open: openDesktop },
];

/** A folder for designs, with a name that is not plain. */
export function designFolder(): string {
  return mkdtempSync(join(tmpdir(), 'runboard window ü '));
}

/** The same journey through every host; where one is missing its name says why it was not walked. */
export function onEveryHost(
  journey: string,
  walk: (host: WindowHost) => void,
  alsoMissing: string | null = null,
): void {
  for (const host of windowHosts) walkOn(host, journey, walk, alsoMissing);
}

/** A journey in which nothing depends on the program around the window: through the local page alone. */
export function onThePage(journey: string, walk: (host: WindowHost) => void): void {
  walkOn(windowHosts[0], journey, walk, null);
}

function walkOn(host: WindowHost, journey: string, walk: (host: WindowHost) => void, alsoMissing: string | null): void {
  const missing = host.missing ?? alsoMissing;
  const title = `${journey}, in ${host.name}${missing === null ? '' : ` (not run: ${missing})`}`;
  describe.skipIf(missing !== null)(title, () => walk(host));
}
