// What can be known about the packages without making them: the builder's own check of its settings, the fuses on a wire
// of Electron's form, the icons, and that nothing is left out that the program imports.
import { existsSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flipFuses, getCurrentFuseWire, type FuseConfig } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { fusesOf } from '../../main/tools/flip-fuses.mjs';
import { importsOf } from '../architecture/arrows.ts';

const root = join(import.meta.dirname, '../..');
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const settings = (ofBuilder('js-yaml') as { load(text: string): Record<string, unknown> }).load(text);
const { validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration(config: object, logger: object): Promise<void>;
};
const check = (config: object): Promise<void> => validateConfiguration(config, { add: () => {}, isEnabled: false });
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  main: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe('electron-builder.yml', () => {
  it('passes the check of the builder', async () => {
    await expect(check(settings)).resolves.toBeUndefined();
  });

  it.each([
    ['a misspelt key', { asarUnpak: ['**/*.node'] }],
    ['an unknown target', { linux: { target: 'floppy', desktop: 7 } }],
    ['an unknown fuse', { electronFuses: { wasmTrapHandlers: true } }],
  ])('would not with %s', async (_, fault) => {
    await expect(check({ ...settings, ...fault })).rejects.toThrow(/Invalid configuration object/);
  });

  it('packages for three systems, opens designs, keeps native code outside the archive, publishes nothing', () => {
    for (const system of ['linux', 'win', 'mac'])
      expect((settings[system] as { target: string[] }).target.length).toBeGreaterThan(1);
    expect(settings['fileAssociations']).toMatchObject([{ ext: 'runboard' }]);
    expect(settings['asarUnpack']).toEqual(['**/*.node', '**/*.wasm']);
    expect(settings).toMatchObject({
      npmRebuild: false,
      publish: null,
      electronVersion: manifest.devDependencies['electron'],
    });
  });

  it('names files that there are', () => {
    expect(readFileSync(join(root, manifest.main), 'utf8')).toContain("from 'electron'");
    for (const pattern of (settings['files'] as string[]).filter(
      (one) => !one.startsWith('!') && !one.startsWith('dist/'),
    ))
      expect(globSync(pattern, { cwd: root }).length, pattern).toBeGreaterThan(0);
    expect(settings['afterPack']).toBe('./main/tools/flip-fuses.mjs');
  });

  it('brings every source that the program imports from other folders', () => {
    const patterns = (settings['files'] as string[]).filter((one) => !one.startsWith('!'));
    const brought = new Set(patterns.flatMap((one) => globSync(one, { cwd: root })));
    const sources = [...brought].filter((file) => /^(main|shared)\/.*(?<!\.test)\.ts$/.test(file));
    const missing = sources.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8').replace(/^import type [^;]*;$/gm, ''))
        .filter((one) => /^#(main|shared)\//.test(one))
        .map((one) => one.slice(1))
        .filter((one) => !brought.has(one))
        .map((one) => `${file} imports ${one}`),
    );
    expect(missing).toEqual([]);
  });

  it('brings every package that the program imports', () => {
    const sources = globSync('{main/engine-process,main/hosts/electron,main/node,shared}/**/*.ts', {
      cwd: root,
    }).filter((file) => !file.endsWith('.test.ts'));
    const names = sources
      // Types are gone when it runs.
      .flatMap((file) => importsOf(readFileSync(join(root, file), 'utf8').replace(/^import type [^;]*;$/gm, '')))
      .filter((one) => !/^([.#]|node:|electron$)/.test(one));
    const packages = new Set(
      names.map((one) =>
        one
          .split('/')
          .slice(0, one.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    );
    const [, left] = /!node_modules\/\{([^}]*)\}\/\*\*/.exec(text) ?? [];
    const leftOut = new Set(left.split(','));
    expect(leftOut.size).toBeGreaterThan(0);
    expect([...packages].filter((one) => !Object.hasOwn(manifest.dependencies, one) || leftOut.has(one))).toEqual([]);
  });

  it('names pictures that there are, under the names that each system gives them', () => {
    const { getPlatformIconFileName } = ofBuilder('builder-util') as {
      getPlatformIconFileName(name: string | undefined, mac: boolean): string | undefined;
    };
    const { buildResources } = settings['directories'] as { buildResources: string };
    const icons = (key: string): (string | undefined)[] =>
      [settings[key]].flat().map((one) => (one as { icon?: string }).icon);
    const named = [
      ...icons('fileAssociations').flatMap((icon) => [true, false].map((mac) => getPlatformIconFileName(icon, mac))),
      ...['linux', 'win', 'mac'].flatMap(icons),
    ].filter((one) => one !== undefined);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((one) => ![join(root, buildResources, one), join(root, one)].some(existsSync))).toEqual([]);
  });
});

describe('the fuses', () => {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

  /** A file with a fuse wire as Electron's binary has one. */
  function wire(fuses: string): string {
    const file = join(mkdtempSync(join(tmpdir(), 'runboard-fuses-')), 'electron');
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.alloc(64),
        Buffer.from(sentinel),
        Buffer.from([1, fuses.length]),
        Buffer.from(fuses),
        Buffer.alloc(64),
      ]),
    );
    return file;
  }

  async function flipped(flavour: string): Promise<string> {
    const file = wire('101100011');
    await flipFuses(file, fusesOf(flavour) as FuseConfig);
    const found = (await getCurrentFuseWire(file)) as unknown as Record<string, number>;
    return Array.from({ length: 9 }, (_, at) => String.fromCharCode(found[String(at)])).join('');
  }

  it('are off but for cookies, the archive and WebAssembly', async () => {
    expect(await flipped('release')).toBe('010011001');
  });

  it('let tests in by the inspector in the flavour that is for them', async () => {
    expect(await flipped('e2e')).toBe('010111001');
  });

  it('are all named: a new one is not left to chance', async () => {
    await expect(flipFuses(wire('1011000111'), fusesOf('release') as FuseConfig)).rejects.toThrow(/fuse/i);
  });
});

describe('the icons', () => {
  it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('are there at %i', (size) => {
    const bytes = readFileSync(join(root, `assets/icons/${size}x${size}.png`));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size, size]);
  });
});
