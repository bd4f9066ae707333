import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { chromiumPath, startMillis } from '../window.ts';

const root = join(import.meta.dirname, '../../..');

/** The real binary, where a machine that has one says so: the same tests then run against it. */
export const realElectron = process.env['RUNBOARD_ELECTRON'];

/** A packaged program of the e2e flavour, where there is one. */
const packaged = process.env['RUNBOARD_PACKAGED'];

/** Whether tests meet the stand-in, which keeps a record and answers dialogs. */
export const standsIn = realElectron === undefined && packaged === undefined;

/** Why the desktop program cannot be started here, or null. */
export function desktopMissing(): string | null {
  if (packaged !== undefined) return null;
  if (!existsSync(join(root, 'dist/renderer/index.html'))) return 'the window is not built';
  if (realElectron !== undefined) return null;
  if (process.platform === 'win32') return 'the stand-in for Electron is a shell script';
  return chromiumPath() === undefined ? 'no Chromium on this machine' : null;
}

export interface StartedDesktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Folder in which designs lie. */
  readonly folder: string;
  /** Folder in which the stand-in keeps what belongs to the user. */
  readonly home: string;
  /** What the page complained about. */
  readonly complaints: string[];
  /** Quits, and leaves whatever would rather stay. */
  close(): Promise<void>;
}

interface Main {
  readonly dialog: { showMessageBoxSync(): number };
}

/** Starts the desktop program as it is, under the stand-in or the real Electron. */
export async function startDesktop(
  args: readonly string[] = [],
  folder = mkdtempSync(join(tmpdir(), 'runboard desktop ü ')),
): Promise<StartedDesktop> {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'main/tools/preload.ts')]);
  const loader = join(
    dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'lib/server/electron/loader.js',
  );
  const main = [
    ...(packaged === undefined ? ['-r', loader, join(root, 'main/hosts/electron/main.ts')] : []),
    `--workspace=${join(folder, '.runboard')}`,
    ...args,
  ];
  const home = mkdtempSync(join(tmpdir(), 'runboard-home-'));
  const env = {
    ...(process.env as Record<string, string>),
    RUNBOARD_NODE: process.execPath,
    RUNBOARD_CHROMIUM: chromiumPath() ?? '',
    RUNBOARD_STAND_IN_HOME: home,
  };
  const app = await _electron.launch({
    executablePath: packaged ?? realElectron ?? join(import.meta.dirname, 'stand-in.sh'),
    args: main,
    env,
    timeout: startMillis,
  });
  const page = await app.firstWindow({ timeout: startMillis });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  // The program answers for a page that would rather stay, not the driver.
  app.on('window', (window) => window.on('dialog', () => {}));
  page.on('dialog', () => {});
  const child = app.process();
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await app.evaluate((({ dialog }: Main) => void (dialog.showMessageBoxSync = () => 1)) as never);
    await app.close();
  };
  return { app, page, folder, home, complaints, close };
}
