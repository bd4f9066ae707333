// One window, two programs around it: the local page in a browser, and the desktop program under the stand-in for
// Electron, or under the real one where RUNBOARD_ELECTRON or RUNBOARD_PACKAGED names it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { desktopMissing, realElectron, standsIn, startDesktop } from './electron/start.ts';
import { openWindow, serveWindow, windowMissing, type LookOptions } from './window.ts';

/** A window that is open, whichever program is around it. */
export interface HostedWindow {
  readonly page: Page;
  /** Folder in which designs lie. */
  readonly folder: string;
  /** What the page complained about. */
  readonly complaints: string[];
  /** Saves by the keys for it, and answers by keyboard where; the answer of a native dialog is given for it. */
  saveAs(path: string): Promise<void>;
  close(): Promise<void>;
}

interface WindowHost {
  readonly id: 'page' | 'desktop';
  readonly name: string;
  /** Why it cannot be started here, or null. */
  readonly missing: string | null;
  open(folder: string, look?: LookOptions): Promise<HostedWindow>;
}

async function openPage(folder: string, look?: LookOptions): Promise<HostedWindow> {
  const served = await serveWindow(folder);
  try {
    const { page, complaints, close } = await openWindow(served.address, look);
    return {
      page,
      folder,
      complaints,
      saveAs: async (path) => {
        await page.keyboard.press('Control+s');
        await page.getByRole('heading', { name: 'Save the design' }).waitFor();
        await page.keyboard.press('Control+a');
        await page.keyboard.type(path);
        await page.keyboard.press('Enter');
      },
      close: async () => {
        await close();
        served.close();
      },
    };
  } catch (thrown) {
    served.close();
    throw thrown;
  }
}

async function openDesktop(
  folder: string,
  { width = 1280, height = 800, theme = 'light' }: LookOptions = {},
): Promise<HostedWindow> {
  const { app, page, complaints, close } = await startDesktop([], folder);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.getByRole('heading', { name: 'Templates' }).waitFor();
  return {
    page,
    folder,
    complaints,
    saveAs: async (path) => {
      await app.evaluate(answerSave as never, path as never);
      await page.keyboard.press('Control+s');
    },
    close,
  };
}

/** Runs in the desktop program. */
function answerSave({ dialog }: { dialog: { showSaveDialog: unknown } }, filePath: string): void {
  dialog.showSaveDialog = async () => ({ canceled: false, filePath });
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
export function onEveryHost(journey: string, walk: (host: WindowHost) => void): void {
  for (const host of windowHosts) {
    const title = `${journey}, in ${host.name}${host.missing === null ? '' : ` (not run: ${host.missing})`}`;
    describe.skipIf(host.missing !== null)(title, () => walk(host));
  }
}
