// What the sources of the desktop program may not say, because no test of what takes effect could see all of it.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sources = new Map(
  globSync('main/hosts/electron/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [file.replace(/.*[/\\]/, ''), readFileSync(join(root, file), 'utf8')]),
);
const holders = (pattern: RegExp): string[] =>
  [...sources]
    .filter(([, text]) => pattern.test(text))
    .map(([name]) => name)
    .sort();

describe('the sources of the desktop program', () => {
  it('call what is dangerous in one file each', () => {
    expect(holders(/ipcMain/)).toEqual(['from-page.ts']);
    expect(holders(/openExternal/)).toEqual(['guards.ts']);
    expect(holders(/new BrowserWindow/)).toEqual(['windows.ts']);
    expect(holders(/utilityProcess\.fork/)).toEqual(['engine-host.ts']);
    expect(holders(/contextBridge|ipcRenderer/)).toEqual(['preload.ts']);
  });

  it('switch nothing off', () => {
    expect(
      holders(
        /no-sandbox|sandbox: false|webSecurity: false|contextIsolation: false|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag: true|bypassCSP|allowServiceWorkers|certificate-error|setAsDefaultProtocolClient|remote-debugging|child_process/,
      ),
    ).toEqual([]);
  });

  it('load nothing from elsewhere', () => {
    expect(holders(/['"`](https?|wss?):\/\//)).toEqual([]);
    const bundles = globSync('dist/renderer/**/*.{js,css,html}', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const named = new Set(
      bundles.flatMap((text) => [...text.matchAll(/["'`(](?:http|ws):\/\/([\w.-]+)/g)].map((match) => match[1])),
    );
    // Names of vocabularies, which nobody fetches.
    expect([...named].filter((name) => !['www.w3.org', 'json-schema.org', 'www.eclipse.org'].includes(name))).toEqual(
      [],
    );
  });

  it('are those of an Electron that is kept up', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    // One version and no range, the one that is installed, of a line that is still mended; the workflow asks the
    // registry whether a newer one has pushed it out of the newest three.
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
    const installed = join(root, 'node_modules/electron/package.json');
    expect((JSON.parse(readFileSync(installed, 'utf8')) as { version: string }).version).toBe(
      devDependencies['electron'],
    );
    expect(Number(devDependencies['electron'].split('.')[0])).toBeGreaterThanOrEqual(45);
    expect(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8')).toMatch(/npm view electron version/);
  });

  it('have nothing that reports or updates by itself, and no tools of a developer once they are packaged', () => {
    expect(holders(/crashReporter|autoUpdater|setSpellCheckerDictionaryDownloadURL/)).toEqual([]);
    expect(sources.get('windows.ts')).toMatch(/devTools: !app\.isPackaged/);
  });

  it('end an engine in an unknown state instead of going on', () => {
    expect(readFileSync(join(root, 'main/engine-process/entry.ts'), 'utf8')).toMatch(
      /process\.on\('unhandledRejection'[\s\S]*process\.exit\(1\)/,
    );
  });
});
