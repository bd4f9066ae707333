import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { localPorts } from '../../../main/engine-process/local-ports.ts';
import { Reach } from '../../../main/hosts/web/reach.ts';
import { openLocalPage } from '../../../main/hosts/web/server.ts';
import type { Design } from '../../../shared/contract/design.ts';
import { writeDesign } from '../../../shared/services/designs/write.ts';
import { handlersOn } from '../../../shared/services/handlers.ts';
import type { BareDrawing } from './bare/main.ts';
import { scriptedRuns } from './progress.ts';

export const view = { width: 1600, height: 1000 } as const;

/** The product's own local page, in which only runs are scripted, and beside it a page with a bare board. */
export interface Stage {
  /** A fresh address of the product's page. */
  address(): string;
  readonly bareAddress: string;
  close(): Promise<void>;
}

/** Serves the window built in `folder` on a workspace with these designs. */
export async function openStage(folder: string, designs: readonly Design[]): Promise<Stage> {
  const place = mkdtempSync(join(tmpdir(), 'runboard-bench-'));
  for (const design of designs) writeFileSync(join(place, `${design.title}.runboard`), writeDesign(design));
  mkdirSync(join(place, '.runboard'));
  const back = process.cwd();
  process.chdir(place);
  const ports = localPorts(join(place, '.runboard'));
  const page = await openLocalPage({
    handlers: { ...handlersOn(ports), ...scriptedRuns() },
    reach: new Reach({ workspace: join(place, '.runboard'), visible: [place], given: [] }),
    folder,
    port: 0,
    onStaleKey: () => {},
  });
  const bare = await serveBare();
  return {
    address: () => page.address(),
    bareAddress: bare.address,
    close: async () => {
      await page.close();
      await ports.close();
      await bare.close();
      process.chdir(back);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Builds the bare board as a production page in memory and serves it. */
async function serveBare(): Promise<{ address: string; close(): Promise<void> }> {
  const made = await build({
    root: join(import.meta.dirname, 'bare'),
    base: './',
    logLevel: 'error',
    configFile: false,
    build: { write: false, target: 'es2023', chunkSizeWarningLimit: 1_600 },
  });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []));
  const files = new Map<string, string | Uint8Array>(
    outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
  );
  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    const type = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : 'text/html';
    const file = files.get(name);
    response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': type });
    response.end(file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** A page of its own with a line to the browser's own measures. */
export async function freshPage(browser: Browser): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ viewport: view, colorScheme: 'light' });
  const page = await context.newPage();
  return { page, session: await context.newCDPSession(page) };
}

/** Milliseconds from a click until nodes and edges are drawn and five frames in a row came quickly. */
export async function openingTime(page: Page, click: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = { opened: new Promise<number>(() => {}) };
    Object.assign(window, { opening: state });
    addEventListener(
      'click',
      () => {
        const began = performance.now();
        state.opened = new Promise((resolve) => {
          let [last, quick, since] = [began, 0, began];
          const look = (): void => {
            const now = performance.now();
            const drawn =
              document.querySelector('.react-flow__node') !== null &&
              document.querySelector('.react-flow__edge') !== null;
            if (!drawn || now - last > 40) [quick, since] = [0, now];
            else quick++;
            last = now;
            if (quick >= 5) resolve(since - began);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      },
      { capture: true, once: true },
    );
  });
  await click();
  return page.evaluate(() => (window as unknown as { opening: { opened: Promise<number> } }).opening.opened);
}

/** Opens a design from the list of the start page; answers how long that took. */
export async function openBoard(page: Page, stage: Stage, title: string): Promise<number> {
  await page.goto(stage.address());
  const row = page.locator('.recent-row', { hasText: title }).first();
  await row.waitFor();
  await page.waitForTimeout(1_500);
  return openingTime(page, () => row.click());
}

/** Starts the scripted run and waits until its progress is on the board. */
export async function startRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.node-is-running').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(1_000);
}

/** Where the board lies and how it is looked at, read from the page. */
export async function lookOf(page: Page): Promise<Pick<BareDrawing, 'place' | 'viewport'>> {
  return page.evaluate(() => {
    const { x, y, width, height } = (document.querySelector('.react-flow') as HTMLElement).getBoundingClientRect();
    const matrix = new DOMMatrix(
      getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform,
    );
    return { place: { x, y, width, height }, viewport: { x: matrix.e, y: matrix.f, zoom: matrix.a } };
  });
}

/** Opens the same drawing on the bare board; answers how long that took. */
export async function openBare(page: Page, stage: Stage, drawing: BareDrawing): Promise<number> {
  await page.addInitScript((given) => Object.assign(window, { drawing: given }), drawing);
  await page.goto(stage.bareAddress);
  return openingTime(page, () => page.locator('#open').click());
}
