// The local page's promise against a real browser: pages of other origins, other names for this machine, and our own page.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { Reach } from '../../main/hosts/web/reach.ts';
import { openLocalPage, type LocalPage } from '../../main/hosts/web/server.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { chromiumArgs, chromiumPath, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const missing = windowMissing();
const folder = join(import.meta.dirname, '../../dist/renderer');
/** The address of some part of the window. */
const part = (ending: string): string =>
  `/assets/${readdirSync(join(folder, 'assets')).find((name) => name.endsWith(ending))}`;
let page: LocalPage;
let stranger: Server;
let browser: Browser;
let context: BrowserContext;
const heard: string[] = [];

describe.skipIf(missing !== null)(
  `the local page in a browser${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    beforeAll(async () => {
      const workspace = join(mkdtempSync(join(tmpdir(), 'runboard-browser-')), '.runboard');
      page = await openLocalPage({
        handlers: handlersOn(localPorts(workspace)),
        reach: new Reach({ workspace, visible: [], given: [] }),
        folder,
        port: 0,
        onStaleKey: () => {},
      });
      // Another program's page on the same machine: the cookie jar is the same, for cookies know no ports.
      stranger = createServer((request, response) => {
        heard.push(request.url ?? '');
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>stranger</title>');
      });
      await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
      browser = await chromium.launch({
        executablePath: chromiumPath(),
        args: [...chromiumArgs, '--host-resolver-rules=MAP attacker.test 127.0.0.1'],
      });
      context = await browser.newContext();
      const own = await context.newPage();
      await own.goto(page.address());
      await own.getByRole('heading', { name: 'Templates' }).waitFor();
    });
    afterAll(async () => {
      await browser?.close();
      stranger?.close();
      await page?.close();
    });

    it('leaves no key in the address, and says nothing of itself to others', async () => {
      const [own] = context.pages();
      expect(own.url()).toBe(`http://127.0.0.1:${page.port}/`);
      expect(await own.evaluate(() => document.cookie)).toBe('');
      expect(await own.evaluate(() => localStorage.length + sessionStorage.length)).toBeLessThan(5);
      expect(await own.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/[\w-]{43}/);
    });

    it('is neither read, written nor dialled by a page of another port that has its cookie', async () => {
      const other = await context.newPage();
      await other.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
      const found = await other.evaluate(
        async ({ port, script, picture, style }) => {
          const ours = `http://127.0.0.1:${port}`;
          const tried = async (work: () => Promise<unknown>): Promise<string> =>
            work().then(
              (value) => `got ${JSON.stringify(value)}`,
              () => 'refused',
            );
          const read = async (path: string, init: RequestInit): Promise<unknown> =>
            (await fetch(`${ours}${path}`, { credentials: 'include', ...init })).text();
          const dial = (): Promise<unknown> =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, ['runboard', 'key.guess']);
              socket.addEventListener('open', resolve);
              socket.addEventListener('error', reject);
            });
          // What needs no leave to be fetched: scripts, styles, pictures of another page.
          const taken = (name: 'script' | 'img' | 'link', path: string): Promise<string> =>
            new Promise((resolve) => {
              const element = Object.assign(document.createElement(name), { rel: 'stylesheet' });
              element.addEventListener('load', () => resolve('taken'));
              element.addEventListener('error', () => resolve('refused'));
              element.setAttribute(name === 'link' ? 'href' : 'src', `${ours}${path}`);
              document.body.append(element);
            });
          const frame = Object.assign(document.createElement('iframe'), { src: `${ours}/` });
          const framed = new Promise((resolve) => frame.addEventListener('load', resolve));
          document.body.append(frame);
          await framed;
          return [
            await tried(() => read('/', {})),
            await tried(() => read('/session', { method: 'POST', headers: { 'x-runboard': '1' } })),
            await tried(() => read('/session', { method: 'POST', body: 'x' })),
            await tried(dial),
            await taken('script', script),
            await taken('img', picture),
            await taken('link', style),
          ];
        },
        { port: page.port, script: part('.js'), picture: part('.svg'), style: part('.css') },
      );
      expect(found).toEqual(Array.from({ length: 7 }, () => 'refused'));
      const framed = other.frames().find((frame) => frame !== other.mainFrame());
      expect([framed?.url(), await framed?.locator('#root').count()]).toEqual(['chrome-error://chromewebdata/', 0]);
      await other.close();
    });

    it('answers to no other name for this machine', async () => {
      const other = await context.newPage();
      for (const path of ['/', '/index.html', '/session']) {
        const answer = await other.goto(`http://attacker.test:${page.port}${path}`);
        expect([answer?.status(), await answer?.text()]).toEqual([403, 'This address is not served here.\n']);
      }
      await other.close();
    });

    it('lets its own page reach nothing but itself, and run nothing that was put into it', async () => {
      const [own] = context.pages();
      const before = heard.length;
      const seen = await own.evaluate(
        async (port) => {
          const violated: string[] = [];
          document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'globalThis.ran = true';
          const image = document.createElement('img');
          image.src = `http://127.0.0.1:${port}/image`;
          const frame = document.createElement('iframe');
          frame.src = `http://127.0.0.1:${port}/frame`;
          document.body.append(script, image, frame);
          const code = await new Promise<string>((done) =>
            setTimeout(() => {
              try {
                new Function('return 1')();
                done('ran');
              } catch {
                done('refused');
              }
            }, 200),
          );
          await fetch(`http://127.0.0.1:${port}/fetch`).catch(() => {});
          for (let waited = 0; waited < 10_000 && new Set(violated).size < 4; waited += 50)
            await new Promise((done) => setTimeout(done, 50));
          for (const one of [script, image, frame]) one.remove();
          return { violated: [...new Set(violated)].sort(), code, ran: 'ran' in globalThis };
        },
        (stranger.address() as AddressInfo).port,
      );
      expect(seen).toMatchObject({ code: 'refused', ran: false });
      expect(seen.violated).toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'script-src-elem']));
      expect(heard.slice(before)).toEqual([]);
    });
  },
);
