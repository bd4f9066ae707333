import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPrevented } from './app.ts';
import type { Cdp } from './cdp.ts';
import { pageWorld, preloadWorld } from './page-worlds.ts';
import { portsOf, type Away } from './ports.ts';
import { noted } from './record.ts';

type Handler = (request: Request) => Response | Promise<Response>;

export interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
  isDestroyed(): boolean;
}

/** Chromium, and what stands between it and the main process. */
export const chromium = {
  cdp: null as Cdp | null,
  port: 0,
  scheme: '',
  handlers: new Map<string, Handler>(),
  pages: new Set<WebContents>(),
  ipcMain: new EventEmitter(),
};

/** Chromium knows no schemes of a program's own: app://name is served as http://name.localhost. */
export function outward(url: string): string {
  const found = /^(\w+):\/\/([^/]+)(\/.*)?$/.exec(url);
  return found !== null && chromium.handlers.has(found[1])
    ? `http://${found[2]}.localhost:${chromium.port}${found[3] ?? '/'}`
    : url;
}

export function inward(url: string): string {
  const found = new RegExp(`^http://([^/.]+)\\.localhost:${chromium.port}(/.*)?$`).exec(url);
  return found === null ? url : `${chromium.scheme}://${found[1]}${found[2] ?? '/'}`;
}

/** Serves what the handler of the scheme answers. */
export async function serveScheme(): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const name = (request.headers.host ?? '').replace(/\.localhost:\d+$/, '');
      const handler = chromium.handlers.get(chromium.scheme);
      const answer =
        handler === undefined
          ? new Response(null, { status: 404 })
          : await handler(new Request(`${chromium.scheme}://${name}${request.url ?? '/'}`, { method: request.method }));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  chromium.port = (server.address() as AddressInfo).port;
  return server;
}

let lastPort = 0;

interface Said {
  readonly kind: 'ipc' | 'port' | 'port-close' | 'open';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly data: unknown;
}

interface Context {
  readonly id: number;
  readonly name: string;
  readonly origin: string;
  readonly auxData: { readonly frameId: string };
}

interface Preferences {
  readonly preload?: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** One page in Chromium, as the main process sees it. */
export class WebContents extends EventEmitter {
  readonly mainFrame: Frame;
  readonly #ready: Promise<void>;
  #session = '';
  #target = '';
  #mainFrameId = '';
  #url = 'about:blank';
  #world = 0;
  #destroyed = false;
  #allowed: string | null = null;
  #windowOpen: ((details: { url: string }) => { action: string }) | null = null;
  readonly #back = new Map<number, Away>();

  constructor(preferences: Preferences, size: Size) {
    super();
    const isDestroyed = (): boolean => this.#destroyed;
    const address = (): string => inward(this.#url);
    this.mainFrame = {
      get url() {
        return address();
      },
      parent: null,
      isDestroyed,
    };
    chromium.pages.add(this);
    this.#ready = this.#open(preferences, size);
  }

  get target(): string {
    return this.#target;
  }

  getURL(): string {
    return inward(this.#url);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#windowOpen = handler;
  }

  async loadURL(url: string): Promise<void> {
    await this.#ready;
    this.#allowed = outward(url);
    await this.#send('Page.navigate', { url: this.#allowed });
  }

  reload(): void {
    this.#allowed = this.#url;
    void this.#send('Page.reload');
  }

  /** Ends the page whether it likes it or not. */
  close(): void {
    void chromium.cdp?.send('Target.closeTarget', { targetId: this.#target }).catch(() => {});
  }

  /** Asks the page to close. False where it stays. */
  async leave(): Promise<boolean> {
    await this.#ready;
    if (this.#destroyed) return true;
    const left = new Promise<boolean>((done) => {
      this.once('destroyed', () => done(true));
      this.once('stays', () => done(false));
    });
    void this.#send('Page.close').catch(() => this.close());
    return left;
  }

  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    const ids = portsOf(transfer).map((port) => {
      const id = ++lastPort;
      this.#back.set(
        id,
        port.handTo({
          post: (data) => this.#inWorld('__port', id, data),
          close: () => this.#inWorld('__portClose', id),
        }),
      );
      return id;
    });
    this.#inWorld('__deliver', channel, [structuredClone(message)], ids);
  }

  /** What Chromium tells of this page. */
  hear(method: string, params: Record<string, never>): void {
    if (method === 'Runtime.bindingCalled')
      this.#said(params['executionContextId'], JSON.parse(params['payload']) as Said);
    else if (method === 'Runtime.executionContextCreated') {
      const context = params['context'] as Context;
      if (context.name === 'preload' && context.auxData.frameId === this.#mainFrameId) this.#world = context.id;
    } else if (method === 'Runtime.executionContextsCleared') this.#leave();
    else if (method === 'Page.frameNavigated') {
      const { id, url, parentId } = params['frame'] as { id: string; url: string; parentId?: string };
      if (parentId === undefined && id === this.#mainFrameId) this.#url = url;
    } else if (method === 'Page.domContentEventFired') this.emit('ready-to-show');
    else if (method === 'Fetch.requestPaused') this.#navigating(params as never);
    else if (method === 'Page.javascriptDialogOpening' && params['type'] === 'beforeunload') this.#unloading();
    else if (method === 'Inspector.targetCrashed') {
      this.#leave();
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    }
  }

  /** Whether the program lets the page open a window; one that it would open is noted. */
  #mayOpen(url: string): boolean {
    const { action } = this.#windowOpen?.({ url: inward(url) }) ?? { action: 'allow' };
    if (action !== 'deny') noted('window opened', inward(url));
    return action !== 'deny';
  }

  /** A window that the page opened. */
  opened(target: string, url: string): void {
    if (!this.#mayOpen(url)) void chromium.cdp?.send('Target.closeTarget', { targetId: target }).catch(() => {});
  }

  gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#leave();
    chromium.pages.delete(this);
    this.emit('destroyed');
  }

  isSession(session: string | undefined): boolean {
    return session === this.#session && session !== '';
  }

  async #open({ preload }: Preferences, size: Size): Promise<void> {
    const cdp = chromium.cdp as Cdp;
    const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    });
    this.#target = targetId;
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId;
    const { frameTree } = await this.#send<{ frameTree: { frame: { id: string } } }>('Page.getFrameTree');
    this.#mainFrameId = frameTree.frame.id;
    await this.#send('Page.enable');
    await this.#send('Inspector.enable');
    await this.#send('Runtime.enable');
    await this.#send('Runtime.addBinding', { name: '__standIn', executionContextName: 'preload' });
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorld });
    if (preload !== undefined)
      await this.#send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadWorld(readFileSync(preload, 'utf8')),
        worldName: 'preload',
      });
    await this.#send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
  }

  #send<T = unknown>(method: string, params: object = {}): Promise<T> {
    return (chromium.cdp as Cdp).send<T>(method, params, this.#session);
  }

  #inWorld(name: string, ...args: unknown[]): void {
    if (this.#world === 0 || this.#destroyed) return;
    void this.#send('Runtime.evaluate', {
      contextId: this.#world,
      expression: `${name}(...${JSON.stringify(args)})`,
    }).catch(() => {});
  }

  #said(context: number, said: Said): void {
    if (said.kind === 'port') this.#back.get(said.id)?.post(said.data);
    else if (said.kind === 'port-close') this.#back.get(said.id)?.close();
    else if (said.kind === 'open') this.#mayOpen(String(said.data));
    else
      chromium.ipcMain.emit(
        said.channel,
        { sender: this, senderFrame: context === this.#world ? this.mainFrame : null, ports: [] },
        ...said.args,
      );
  }

  /** The page would rather stay: the program decides. */
  #unloading(): void {
    const accept = isPrevented(this, 'will-prevent-unload');
    void this.#send('Page.handleJavaScriptDialog', { accept }).catch(() => {});
    if (!accept) this.emit('stays');
  }

  /** The document is gone and its ports with it. */
  #leave(): void {
    this.#world = 0;
    for (const back of this.#back.values()) back.close();
    this.#back.clear();
  }

  /** The page wants to go somewhere: the program is asked, unless it was the program that said so. */
  #navigating({ requestId, request, frameId }: { requestId: string; request: { url: string }; frameId: string }): void {
    const isMainFrame = frameId === this.#mainFrameId;
    let prevented = false;
    const event = {
      url: inward(request.url),
      isMainFrame,
      isSameDocument: false,
      frame: null,
      preventDefault: () => (prevented = true),
    };
    if (request.url !== this.#allowed) {
      if (isMainFrame) this.emit('will-navigate', event);
      this.emit('will-frame-navigate', event);
    }
    this.#allowed = null;
    void this.#send(
      prevented ? 'Fetch.failRequest' : 'Fetch.continueRequest',
      prevented ? { requestId, errorReason: 'Aborted' } : { requestId },
    ).catch(() => {});
  }
}
