import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findElectron } from './desktop.mjs';

const windows = process.platform === 'win32';

/** A checkout with an Electron package whose binary and whose fetching do what is given. */
function checkout(binary: string | null, install = 'process.exit(1)'): string {
  const root = mkdtempSync(join(tmpdir(), 'runboard-desktop-'));
  const folder = join(root, 'node_modules/electron');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'install.js'), install);
  if (binary !== null) {
    writeFileSync(join(folder, 'dist/electron'), `#!/bin/sh\n${binary}\n`);
    chmodSync(join(folder, 'dist/electron'), 0o755);
  }
  return root;
}

const said: string[] = [];
const find = (root: string, environment: Record<string, string> = { DISPLAY: ':0', PATH: process.env['PATH'] ?? '' }) =>
  findElectron({ root, node: process.execPath, say: (text) => said.push(text), environment, platform: 'linux' });

describe.skipIf(windows)(`Electron's binary${windows ? ' (not run: shell scripts stand in for it)' : ''}`, () => {
  it('is taken where it runs', () => {
    const root = checkout('echo v45.4.1');
    expect(find(root)).toEqual({ binary: join(root, 'node_modules/electron/dist/electron'), why: null });
  });

  it('is not looked for without a display', () => {
    expect(find(checkout('echo v45.4.1'), {})).toEqual({ binary: null, why: 'there is no display here' });
  });

  it('that does not run says why', () => {
    expect(find(checkout('echo "libnss3.so: cannot open shared object file" >&2; exit 127')).why).toBe(
      'Electron does not run here (libnss3.so: cannot open shared object file)',
    );
  });

  it('that cannot be fetched says why, and is not asked for again the same day', () => {
    const root = checkout(
      null,
      "require('fs').appendFileSync(__dirname + '/tries', 'x'); console.error('RequestError: getaddrinfo ENOTFOUND example.invalid\\n at …'); process.exit(1)",
    );
    const why = 'Electron could not be fetched (getaddrinfo ENOTFOUND example.invalid)';
    expect(find(root).why).toBe(why);
    expect(find(root).why).toBe(why);
    expect(readFileSync(join(root, 'node_modules/electron/tries'), 'utf8')).toBe('x');
  });

  it('is fetched where it can be', () => {
    const root = checkout(
      null,
      "require('fs').writeFileSync(__dirname + '/dist/electron', '#!/bin/sh\\necho v45.4.1\\n', { mode: 0o755 })",
    );
    expect(find(root).why).toBeNull();
    expect(said.at(-1)).toMatch(/fetching Electron/);
  });

  it('is looked for where the environment says', () => {
    expect(find(checkout('echo v45.4.1'), { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }).why).toBe(
      'there is no Electron in /nowhere',
    );
  });
});
