// Finds Electron's binary for `npm start`, or says in one line why the desktop window cannot be opened here.
// Plain JavaScript without packages, like setup.mjs, which calls it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const fetchMillis = 180_000;
const again = 24 * 60 * 60_000;

/** What a failed fetch said, in a few words. */
function reasonIn(text) {
  const line =
    text.split('\n').find((one) => /\b(E[A-Z]{4,}|HTTP|status|timeout|checksum|certificate)\b/i.test(one)) ??
    text.trim().split('\n')[0] ??
    '';
  return (
    line
      .replace(/^\w*Error:\s*/, '')
      .trim()
      .slice(0, 120) || 'it took too long'
  );
}

/** Fetches the binary; a failure is remembered for a day, so that starting stays quick without a network. Null, or why not. */
function fetchBinary(root, node, say) {
  const memory = join(root, 'node_modules/.runboard-electron');
  if (existsSync(memory)) {
    const { at, why } = JSON.parse(readFileSync(memory, 'utf8'));
    if (Date.now() - at < again) return why;
  }
  say('fetching Electron (once, about 120 MB) …');
  const { ELECTRON_OVERRIDE_DIST_PATH: _, ...env } = process.env;
  const { status, stderr } = spawnSync(node, [join(root, 'node_modules/electron/install.js')], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: fetchMillis,
  });
  if (status === 0) return null;
  const why = `Electron could not be fetched (${reasonIn(stderr ?? '')})`;
  writeFileSync(memory, JSON.stringify({ at: Date.now(), why }));
  return why;
}

/** The binary and null, or null and why not. */
export function findElectron({ root, node, say, environment = process.env, platform = process.platform }) {
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY)
    return { binary: null, why: 'there is no display here' };
  if (!existsSync(join(root, 'node_modules/electron')))
    return { binary: null, why: 'the package electron is not installed' };
  const folder = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const binary = join(folder, names[platform] ?? 'electron');
  if (!existsSync(binary)) {
    const why = environment.ELECTRON_OVERRIDE_DIST_PATH
      ? `there is no Electron in ${folder}`
      : fetchBinary(root, node, say);
    if (why !== null) return { binary: null, why };
  }
  const { status, error, stderr } = spawnSync(binary, ['--version'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...environment, ELECTRON_RUN_AS_NODE: '' },
  });
  if (status === 0) return { binary, why: null };
  const said = (stderr ?? '').trim().split('\n').at(-1);
  return { binary: null, why: `Electron does not run here (${said || error?.message || `code ${status}`})` };
}
