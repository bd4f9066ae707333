import { existsSync, readFileSync } from 'node:fs';
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { DoctorReport } from '#shared/contract/doctor.ts';
import type { Environment } from '#shared/contract/results.ts';

type Check = DoctorReport['checks'][number];

const root = join(import.meta.dirname, '../..');

/** What works on this machine, and what to do about the rest. */
export async function examine(
  environment: Environment,
  places: { readonly workspace: string; readonly templates: string },
): Promise<DoctorReport> {
  const checks = [
    nodeCheck(),
    sqliteCheck(),
    threadCheck(),
    tensorCheck(),
    await templateCheck(places.templates),
    await workspaceCheck(places.workspace),
    electronCheck(),
    chromiumCheck(),
  ];
  return { environment, checks };
}

function nodeCheck(): Check {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const ok = major === 24 && minor >= 15;
  return {
    name: 'Node',
    ok,
    found: process.version,
    remedy: ok ? null : 'use 24.15 or newer of the 24 line; npm run brings it',
  };
}

function sqliteCheck(): Check {
  const remedy = 'run `npm ci` again: better-sqlite3 ships a binary for this platform';
  try {
    const db = new Database(':memory:');
    const version = db.prepare('SELECT sqlite_version()').pluck().get() as string;
    const fullText =
      db.prepare("SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").pluck().get() ===
      1;
    db.close();
    return {
      name: 'SQLite',
      ok: fullText,
      found: `${version}${fullText ? ' with full-text search' : ' without FTS5'}`,
      remedy: fullText ? null : remedy,
    };
  } catch (thrown) {
    return { name: 'SQLite', ok: false, found: (thrown as Error).message.split('\n')[0], remedy };
  }
}

function threadCheck(): Check {
  const ok = typeof SharedArrayBuffer !== 'undefined';
  return {
    name: 'Threads',
    ok,
    found: ok ? 'shared memory' : 'no shared memory',
    remedy: ok ? null : 'use another Node',
  };
}

function tensorCheck(): Check {
  const folder = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm');
  const file = join(folder, 'dist/tfjs-backend-wasm-simd.wasm');
  if (!existsSync(file))
    return { name: 'Tensor backend', ok: false, found: 'no WebAssembly backend', remedy: 'run `npm ci` again' };
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { name: 'Tensor backend', ok: true, found: `WebAssembly with SIMD, tfjs ${version}`, remedy: null };
}

async function templateCheck(folder: string): Promise<Check> {
  const names = await readdir(folder).catch(() => []);
  const count = names.filter((name) => name.endsWith('.runboard')).length;
  return {
    name: 'Templates',
    ok: count > 0,
    found: String(count),
    remedy: count > 0 ? null : 'the folder assets/templates is missing: check out the project again',
  };
}

async function workspaceCheck(folder: string): Promise<Check> {
  try {
    let existing = folder;
    while (!existsSync(existing)) existing = dirname(existing);
    await access(existing, constants.W_OK);
    return {
      name: 'Workspace',
      ok: true,
      found: existing === folder ? folder : `${folder} (made when first needed)`,
      remedy: null,
    };
  } catch {
    return {
      name: 'Workspace',
      ok: false,
      found: `${folder} cannot be written`,
      remedy: 'name another with --workspace',
    };
  }
}

function electronCheck(): Check {
  const folder = join(root, 'node_modules/electron');
  if (!existsSync(folder))
    return { name: 'Electron', ok: true, found: 'not installed; the command line does not need it', remedy: null };
  const there = existsSync(join(folder, 'path.txt')) || process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined;
  return {
    name: 'Electron',
    ok: true,
    found: there ? 'installed' : 'package without its binary; the browser is used instead',
    remedy: null,
  };
}

function chromiumCheck(): Check {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
  return {
    name: 'Chromium',
    ok: true,
    found: found ?? 'not found; only the journeys in a browser need it',
    remedy: null,
  };
}
