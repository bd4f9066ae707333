import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const door = join(import.meta.dirname, '../../main/hosts/cli/runboard.mjs');
const built = join(import.meta.dirname, '../../dist/renderer/index.html');

/** Where a Chromium is on this machine; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const known = [
    process.env['RUNBOARD_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return known.find((path) => path !== undefined && existsSync(path));
}

/** Why journeys through the window cannot be walked here, or null where they can. */
export function windowMissing(): string | null {
  if (chromiumPath() === undefined) return 'no Chromium on this machine';
  return existsSync(built) ? null : 'the window is not built';
}

export interface ServedWindow {
  readonly process: ChildProcess;
  /** A fresh address; the first one works once. */
  readonly address: string;
  readonly folder: string;
  close(): void;
}

/** Starts the local page in a folder, as `serve` does for a person. */
export async function serveWindow(folder = mkdtempSync(join(tmpdir(), 'runboard window ü '))): Promise<ServedWindow> {
  const child = spawn(process.execPath, [door, 'serve', '--no-open'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.split('\n')[0]);
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  return { process: child, address, folder, close: () => void child.kill('SIGTERM') };
}

/** How every test and bench starts its Chromium: nothing from outside, the same drawing on every machine. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a program may take to start on a loaded machine. */
export const startMillis = 90_000;

export interface OpenWindow {
  readonly browser: Browser;
  readonly page: Page;
  /** What the page complained about: errors, refused resources, policy violations. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface LookOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
}

/** Opens a served window in a real Chromium. */
export async function openWindow(
  address: string,
  { width = 1280, height = 800, theme = 'light' }: LookOptions = {},
): Promise<OpenWindow> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs],
    timeout: startMillis,
  });
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  await page.goto(address);
  await page.getByRole('heading', { name: 'Templates' }).waitFor();
  return { browser, page, complaints, close: () => browser.close() };
}

/** Waits until the run that goes on has ended, and the board stands still in the room that the evidence leaves it. */
export async function runEnded(page: Page, timeout = 240_000): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor({ timeout });
  await boardStill(page);
}

/** Waits until the board has not moved for a while: a press on a node that moves under the pointer chooses nothing. */
export async function boardStill(page: Page, millis = 700): Promise<void> {
  const place = (): Promise<string> =>
    page.evaluate(() => {
      const board = globalThis.document.querySelector('.react-flow__viewport');
      return board === null ? 'none' : `${board.getAttribute('style')} ${board.getBoundingClientRect().top}`;
    });
  let before = await place();
  for (let waited = 0; waited < millis;) {
    await page.waitForTimeout(100);
    const now = await place();
    waited = now === before ? waited + 100 : 0;
    before = now;
  }
}
