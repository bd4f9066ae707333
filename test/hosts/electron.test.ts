// The rows of Electron's security guide as assertions on what takes effect: under the stand-in everywhere, under the real
// binary where RUNBOARD_ELECTRON names one. What only the real one can show is listed at the end as not run.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { desktopMissing, realElectron, startDesktop, type StartedDesktop } from '../support/electron/start.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const missing = desktopMissing() ?? (realElectron === undefined ? null : 'the real Electron keeps no record');

/** The module "electron" as the stand-in gives it to what is evaluated in the main process. */
interface Main {
  readonly app: { emit(event: string, ...args: unknown[]): boolean };
  readonly BrowserWindow: {
    getAllWindows(): {
      webContents: Contents;
      options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
    }[];
  };
  readonly ipcMain: { emit(channel: string, ...args: unknown[]): boolean };
  readonly session: { readonly defaultSession: { emit(event: string, ...args: unknown[]): boolean } };
  readonly standIn: {
    calls: { what: string; args: unknown[] }[];
    answers: unknown[];
    handlers: Map<string, (...args: unknown[]) => unknown>;
    children: { pid: number }[];
  };
}

interface Contents {
  emit(event: string, ...args: unknown[]): boolean;
  reload(): void;
}

let desktop: StartedDesktop;
const inMain = <T, A>(work: (main: Main, arg: A) => T | Promise<T>, arg?: A): Promise<T> =>
  desktop.app.evaluate(work as never, arg as never);
const calls = (what: string): Promise<unknown[][]> =>
  inMain(({ standIn }, name) => standIn.calls.filter((call) => call.what === name).map((call) => call.args), what);

describe.skipIf(missing !== null)(`the desktop program${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    // What another program may have set: nothing of it is the engine's.
    process.env['NODE_PATH'] = '/nowhere';
    desktop = await startDesktop();
    await desktop.page.locator('.template-card').first().waitFor();
  });
  afterAll(() => desktop?.close());

  it('shows the window over its ports, without a complaint', async () => {
    await expect.poll(() => desktop.page.locator('.template-card').count()).toBeGreaterThan(3);
    expect(desktop.complaints).toEqual([]);
  });

  it('gives pages a sandbox, a world apart, and no Node', async () => {
    expect(await calls('app.enableSandbox')).toHaveLength(1);
    const [[options]] = (await calls('BrowserWindow')) as [[Record<string, unknown>]];
    expect(options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    for (const key of [
      'webviewTag',
      'webSecurity',
      'sandbox',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ])
      expect(options).not.toHaveProperty(key);
    expect(
      await desktop.page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
      ),
    ).toEqual([]);
  });

  it('puts one function into the page, which takes no channel and copies what it is given', async () => {
    const found = await desktop.page.evaluate(() => {
      const { runboard } = globalThis as unknown as { runboard: Record<string, (...args: unknown[]) => unknown> };
      let thrown = '';
      try {
        runboard['connect'](() => {});
      } catch (fault) {
        thrown = (fault as Error).name;
      }
      return { keys: Object.keys(runboard), frozen: Object.isFrozen(runboard), thrown };
    });
    expect(found).toEqual({ keys: ['connect'], frozen: true, thrown: 'DataCloneError' });
  });

  it('keeps what the page does to its own objects away from the preload', async () => {
    const lines = await desktop.page.evaluate(async () => {
      Array.prototype.push = () => {
        throw new Error('changed by the page');
      };
      const nonce = '0123456789abcdef0123456789abcdef';
      const ports = new Promise<number>((done) =>
        addEventListener(
          'message',
          (event: MessageEvent<{ runboard?: string }>) => event.data.runboard === nonce && done(event.ports.length),
        ),
      );
      (globalThis as unknown as { runboard: { connect(nonce: string): void } }).runboard.connect(nonce);
      return ports;
    });
    expect(lines).toBe(2);
    await desktop.page.reload();
    await desktop.page.locator('.template-card').first().waitFor();
  });

  it('registers its scheme once, before it is ready, with no more than it needs', async () => {
    expect(await calls('protocol.registerSchemesAsPrivileged')).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]],
    ]);
  });

  it('answers questions for permission by its rule, and gives no device away', async () => {
    const found = await inMain(({ standIn }) => {
      const ask = (name: string) => standIn.handlers.get(name) as (...args: unknown[]) => unknown;
      const here = { requestingUrl: 'app://runboard/index.html', isMainFrame: true };
      const asked = (permission: string, details: object): unknown => {
        let given: unknown;
        ask('permissionRequest')({}, permission, (answer: unknown) => (given = answer), details);
        return given;
      };
      const names = [
        'clipboard-sanitized-write',
        'fullscreen',
        'clipboard-read',
        'media',
        'geolocation',
        'notifications',
        'midi',
        'openExternal',
        'hid',
        'usb',
      ];
      let media: unknown;
      ask('displayMedia')({}, (answer: unknown) => (media = answer));
      return {
        granted: names.filter((name) => asked(name, here) === true),
        checked: names.filter((name) => ask('permissionCheck')(null, name, 'app://runboard', here) === true),
        framed: names.filter((name) => asked(name, { ...here, isMainFrame: false }) === true),
        elsewhere: names.filter((name) => asked(name, { ...here, requestingUrl: 'https://example.org/' }) === true),
        device: ask('devicePermission')({}),
        media,
      };
    });
    expect(found).toEqual({
      granted: ['clipboard-sanitized-write', 'fullscreen'],
      checked: ['clipboard-sanitized-write', 'fullscreen'],
      framed: [],
      elsewhere: [],
      device: false,
      media: {},
    });
  });

  it('installs its session before the first page', async () => {
    const order = await inMain(({ standIn }) => standIn.calls.map((call) => call.what));
    expect(order.indexOf('session.permissionCheck')).toBeGreaterThan(-1);
    expect(order.indexOf('session.permissionCheck')).toBeLessThan(order.indexOf('BrowserWindow'));
    expect(order.indexOf('session.onBeforeRequest')).toBeLessThan(order.indexOf('BrowserWindow'));
  });

  it('lets no request leave', async () => {
    const passed = await inMain(({ standIn }) =>
      [
        'app://runboard/index.html',
        'blob:app://runboard/1',
        'data:image/png;base64,',
        'https://example.org/',
        'http://127.0.0.1/',
        'ws://example.org/',
        'file:///etc/passwd',
        'app://runboard.evil/',
      ].filter((url) => {
        let cancel = true;
        standIn.handlers.get('onBeforeRequest')?.({ url }, (answer: { cancel: boolean }) => (cancel = answer.cancel));
        return !cancel;
      }),
    );
    expect(passed).toEqual(['app://runboard/index.html', 'blob:app://runboard/1', 'data:image/png;base64,']);
  });

  it('refuses scripts, code from text, images and requests that the policy does not know', async () => {
    const violations = await desktop.page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://example.org/a.png';
      document.body.append(image);
      const frame = document.createElement('iframe');
      frame.src = 'https://example.org/';
      document.body.append(frame);
      await fetch('https://example.org/').catch(() => {});
      // Later, because what a test evaluates itself is let off.
      const code = await new Promise<string>((done) =>
        setTimeout(() => {
          try {
            new Function('return 1')();
            done('ran');
          } catch {
            done('refused');
          }
        }, 300),
      );
      for (let waited = 0; waited < 10_000 && new Set(seen).size < 4; waited += 50)
        await new Promise((done) => setTimeout(done, 50));
      for (const one of [script, image, frame]) one.remove();
      return { seen: [...new Set(seen)].sort(), code, ran: 'ran' in globalThis };
    });
    expect(violations.code).toBe('refused');
    expect(violations.ran).toBe(false);
    expect(violations.seen).toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'script-src-elem']));
  });

  it('serves its own files and nothing else', async () => {
    const statuses = await inMain(async ({ standIn }) => {
      const handler = standIn.handlers.get('protocol') as (request: object) => Promise<Response>;
      const asked = [
        'app://runboard/',
        'app://runboard/index.html',
        'app://runboard/../package.json',
        'app://runboard/%2e%2e/package.json',
        'app://runboard/assets%5cx',
        'app://evil/index.html',
      ];
      return Promise.all(asked.map(async (url) => (await handler({ url, method: 'GET' })).status));
    });
    expect(statuses).toEqual([200, 200, 404, 404, 404, 404]);
  });

  it.each([
    'https://example.org/',
    'app://runboard.evil/',
    'file:///etc/passwd',
    'data:text/html,x',
    'https://evil.example/?app://runboard/',
  ])('does not go to %s', async (url) => {
    const prevented = await inMain(({ BrowserWindow }, address) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      return ['will-navigate', 'will-frame-navigate', 'will-redirect'].filter((name) => {
        let stopped = false;
        webContents.emit(name, { url: address, preventDefault: () => (stopped = true) });
        return stopped;
      });
    }, url);
    expect(prevented).toEqual(['will-navigate', 'will-frame-navigate', 'will-redirect']);
  });

  it('stays where it is when the page tries to leave', async () => {
    const before = desktop.page.url();
    await desktop.page.evaluate(() => void (location.href = 'https://example.org/'));
    await desktop.page.waitForTimeout(500);
    expect(desktop.page.url()).toBe(before);
    await expect.poll(() => desktop.page.locator('.template-card').count()).toBeGreaterThan(0);
  });

  it('attaches no webview', async () => {
    const prevented = await inMain(({ BrowserWindow }) => {
      let stopped = false;
      BrowserWindow.getAllWindows()[0].webContents.emit('will-attach-webview', {
        preventDefault: () => (stopped = true),
      });
      return stopped;
    });
    expect(prevented).toBe(true);
  });

  it('opens no window, and the browser only for https and mail, after asking', async () => {
    await inMain(({ standIn }) => standIn.answers.push({ response: 0 }));
    await desktop.page.evaluate(() => void window.open('https://example.org/paper'));
    await expect.poll(() => calls('shell.openExternal')).toEqual([['https://example.org/paper']]);
    expect((await calls('dialog.showMessageBox')).flat()[0]).toMatchObject({
      message: 'Leave Runboard for example.org?',
      detail: 'https://example.org/paper',
    });
    await inMain(({ standIn }) => standIn.answers.push({ response: 1 }));
    await desktop.page.evaluate(() => void window.open('https://example.org/unwanted'));
    await expect.poll(async () => (await calls('dialog.showMessageBox')).length).toBe(2);
    for (const url of ['about:blank', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share'])
      await desktop.page.evaluate((address) => void window.open(address), url);
    await desktop.page.waitForTimeout(500);
    expect(await calls('shell.openExternal')).toHaveLength(1);
    expect(await calls('dialog.showMessageBox')).toHaveLength(2);
    expect(desktop.app.windows()).toHaveLength(1);
    expect(await calls('window opened')).toEqual([]);
  });

  it('hears its own top frame alone, and only what it knows', async () => {
    const answered = await inMain(async ({ ipcMain, BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      const nonce = 'ffffffffffffffffffffffffffffffff';
      const good = { url: 'app://runboard/index.html', parent: null, isDestroyed: () => false };
      const asked: [string, object | null, unknown[]][] = [
        ['good', good, [nonce]],
        ['child frame', { ...good, parent: good }, [nonce]],
        ['no frame', null, [nonce]],
        ['dead frame', { ...good, isDestroyed: () => true }, [nonce]],
        ['neighbour', { ...good, url: 'app://runboard.evil/' }, [nonce]],
        ['blank', { ...good, url: 'about:blank' }, [nonce]],
        ['short nonce', good, ['ff']],
        ['object', good, [{ toString: () => nonce }]],
        ['more', good, [nonce, 'x']],
        ['nothing', good, []],
      ];
      const windows = BrowserWindow as unknown as { fromWebContents: (contents: unknown) => unknown };
      const usual = windows.fromWebContents;
      windows.fromWebContents = () => BrowserWindow.getAllWindows()[0];
      const heard: string[] = [];
      for (const [name, senderFrame, args] of asked) {
        const sender = { isDestroyed: () => false, postMessage: () => heard.push(name), of: webContents };
        ipcMain.emit('connect', { sender, senderFrame }, ...args);
        await new Promise((resolve) => setTimeout(resolve));
      }
      windows.fromWebContents = usual;
      return heard;
    });
    expect(answered).toEqual(['good']);
  });

  it('denies downloads, whatever starts them, and devices that a page would choose', async () => {
    const denied = await inMain(({ session }) =>
      ['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device'].filter((name) => {
        let stopped = false;
        const item = { getURL: () => 'blob:app://runboard/1', getFilename: () => 'a.exe' };
        session.defaultSession.emit(name, { preventDefault: () => (stopped = true) }, item, {});
        return stopped;
      }),
    );
    expect(denied).toEqual(['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device']);
  });

  it('is started once', async () => {
    expect(await calls('app.requestSingleInstanceLock')).toHaveLength(1);
  });

  it('starts the engine as a utility process with a clean environment', async () => {
    const [[entry, args, options]] = (await calls('utilityProcess.fork')) as [
      [string, string[], { env: Record<string, string>; stdio: string; serviceName: string }],
    ];
    expect(entry).toMatch(/main.engine-process.entry\.ts$/);
    expect(args).toEqual([join(desktop.folder, '.runboard')]);
    expect(options).toMatchObject({ stdio: 'pipe', serviceName: 'Runboard engine' });
    for (const name of ['NODE_OPTIONS', 'NODE_PATH', 'LD_PRELOAD']) expect(options.env).not.toHaveProperty(name);
  });
});

describe('what only a real Electron shows', () => {
  const why =
    realElectron === undefined
      ? 'no Electron here: RUNBOARD_ELECTRON names its binary'
      : 'by the packaged program in the workflow';
  for (const what of [
    'the operating system holds the sandbox',
    'fuses are read back from the packaged program',
    'asar integrity stops a changed archive',
    'native menus and dialogs are drawn',
    'a second start hands its design to the first',
    'a double click on a *.runboard file opens it',
  ]) {
    it.skip(`${what} (not run: ${why})`, () => {});
  }
});
