import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOurs, mayAsk, outsideAddress } from './addresses.ts';
import { CrashBudget } from '#main/hosts/web/crash-budget.ts';
import { engineEnvironment, launchOf } from './launch.ts';
import { answerPage } from './page-files.ts';
import { mayHave } from './permissions.ts';
import { keepRecent, readRecent, withRecent } from './recent.ts';

const foreign = [
  'app://runboard.evil/index.html',
  'app://evil/index.html',
  'app://runboard:80/index.html',
  'app://me@runboard/index.html',
  'apps://runboard/',
  'https://runboard/index.html',
  'https://evil.example/?app://runboard/',
  'file:///etc/passwd',
  'about:blank',
  'data:text/html,x',
  'blob:app://runboard/1',
  'javascript:alert(1)',
  '',
];

describe('addresses', () => {
  it('takes its own page for its own', () => {
    for (const one of [
      'app://runboard/index.html',
      'app://runboard/',
      'app://runboard/assets/a.js?x#y',
      'APP://runboard/',
    ])
      expect(isOurs(one)).toBe(true);
  });

  it.each(foreign)('takes %j for foreign', (address) => {
    expect(isOurs(address)).toBe(false);
    expect(mayAsk({ url: address, parent: null, isDestroyed: () => false })).toBe(false);
  });

  it('listens to the top frame alone, alive', () => {
    const url = 'app://runboard/index.html';
    expect(mayAsk({ url, parent: null, isDestroyed: () => false })).toBe(true);
    expect(mayAsk({ url, parent: {}, isDestroyed: () => false })).toBe(false);
    expect(mayAsk({ url, parent: null, isDestroyed: () => true })).toBe(false);
    expect(mayAsk(null)).toBe(false);
    expect(mayAsk(undefined)).toBe(false);
  });

  it('lets https and mail leave', () => {
    expect(outsideAddress('https://arxiv.org/abs/1905.03375')?.hostname).toBe('arxiv.org');
    expect(outsideAddress('mailto:someone@example.org')?.protocol).toBe('mailto:');
  });

  it.each([
    'http://example.org',
    'file:///etc/passwd',
    'smb://host/share',
    '\\\\host\\share',
    'https:\\\\host\\share',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'ms-msdt:/id',
    'vscode://file/x',
    'data:text/html,x',
    ' https://example.org',
    'https://example.org ',
    'https://exa\nmple.org',
    'java\tscript:alert(1)',
    'https://me:secret@example.org',
    'https://example.org@evil.example/',
    'https://',
    `https://example.org/${'x'.repeat(3_000)}`,
    'app://runboard/index.html',
    '',
  ])('lets %j not leave', (address) => {
    expect(outsideAddress(address)).toBeNull();
  });
});

describe('permissions', () => {
  const all =
    'clipboard-read clipboard-sanitized-write display-capture fullscreen geolocation hid idle-detection media mediaKeySystem midi midiSysex notifications pointerLock keyboardLock openExternal serial speaker-selection storage-access top-level-storage-access usb window-management unknown fileSystem deprecated-sync-clipboard-read'.split(
      ' ',
    );

  it('are two, for our own top frame', () => {
    const here = { address: 'app://runboard/index.html', mainFrame: true };
    expect(all.filter((one) => mayHave(one, here))).toEqual(['clipboard-sanitized-write', 'fullscreen']);
    expect(all.filter((one) => mayHave(one, { ...here, mainFrame: false }))).toEqual([]);
    for (const address of foreign) expect(all.filter((one) => mayHave(one, { address, mainFrame: true }))).toEqual([]);
  });
});

describe('the files of the page', () => {
  const files = new Map([
    ['/index.html', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<p>__STYLE_NONCE__</p>') }],
    ['/assets/a.js', { type: 'text/javascript', bytes: Buffer.from('1') }],
  ]);
  const ask = (url: string, method = 'GET'): Response => answerPage(files, { url, method });

  it('are those of the list', async () => {
    const answer = ask('app://runboard/index.html');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
    expect(await answer.text()).toBe(`<p>${/'nonce-([^']+)'/.exec(policy)?.[1]}</p>`);
    expect(await ask('app://runboard/').text()).toMatch(/^<p>/);
    expect(await ask('app://runboard/assets/a.js?v=1').text()).toBe('1');
    expect(await ask('app://runboard/assets/a.js', 'HEAD').text()).toBe('');
  });

  it.each([
    'app://runboard/../package.json',
    'app://runboard/%2e%2e/package.json',
    'app://runboard/assets%2fa.js',
    'app://runboard/assets%5ca.js',
    'app://runboard/assets\\a.js',
    'app://runboard/assets/a.js%00',
    'app://runboard/C:\\windows',
    'app://runboard//index.html',
    'app://runboard/assets/',
    `app://runboard/${'x'.repeat(100_000)}`,
    'app://runboard-evil/index.html',
    'app://runboard.evil/index.html',
    'app://evil/index.html',
    'app://runbeard/index.html',
    'https://runboard/index.html',
  ])('are not %s', async (url) => {
    const answer = ask(url);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toBe('There is nothing here.\n');
  });

  it('are only read', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect(ask('app://runboard/index.html', method).status).toBe(405);
  });
});

describe('crashes', () => {
  it('are answered three times in five minutes, ever later, then the user is asked', () => {
    const budget = new CrashBudget();
    expect([0, 1, 2, 3].map((at) => budget.crashed(at * 1_000))).toEqual([250, 500, 1_000, null]);
    budget.forgive();
    expect(budget.crashed(5_000)).toBe(250);
  });

  it('that lie apart are answered for ever', () => {
    const budget = new CrashBudget();
    for (let at = 0; at < 20; at++) expect(budget.crashed(at * 150_000)).not.toBeNull();
  });
});

describe('a command line', () => {
  it('names designs and a workspace', () => {
    const folder = resolve('/home/me');
    expect(
      launchOf(
        [
          'main.ts',
          'a b.runboard',
          '/x/Ü.RUNBOARD',
          '--workspace=w',
          '--flag=y.runboard',
          'notes.txt',
          'bad\0.runboard',
        ],
        folder,
      ),
    ).toEqual({
      designs: [resolve('/home/me/a b.runboard'), '/x/Ü.RUNBOARD'],
      workspace: resolve('/home/me/w'),
    });
    expect(launchOf([], folder)).toEqual({ designs: [], workspace: null });
  });

  it('gives the engine no settings of other programs', () => {
    expect(
      engineEnvironment({
        PATH: '/bin',
        NODE_OPTIONS: '--inspect',
        LD_PRELOAD: 'x',
        DYLD_INSERT_LIBRARIES: 'x',
        ELECTRON_RUN_AS_NODE: '1',
        HOME: undefined,
      }),
    ).toEqual({ PATH: '/bin' });
  });
});

describe('recent designs', () => {
  it('are kept once each, newest first, twelve of them', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'runboard-recent-')), 'sub/recent.json');
    let list: readonly string[] = readRecent(file);
    expect(list).toEqual([]);
    for (let at = 0; at < 15; at++) list = withRecent(list, `/d/${at % 13}`);
    keepRecent(file, list);
    expect(readRecent(file)).toEqual(list);
    expect(list).toHaveLength(12);
    expect(list.slice(0, 3)).toEqual(['/d/1', '/d/0', '/d/12']);
  });

  it('that cannot be read are none', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'runboard-recent-')), 'recent.json');
    for (const text of ['', '{', '{"a":1}', '[1,null]']) {
      writeFileSync(file, text);
      expect(readRecent(file)).toEqual([]);
    }
  });
});
