import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const door = join(import.meta.dirname, '../../main/hosts/cli/runboard.mjs');

/** Begins the real command line as a process of its own. */
export function beginRunboard(args: readonly string[], cwd: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [door, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the real command line as a process of its own. `whileRunning` sees what it has said so far on standard error. */
export function runboard(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly whileRunning?: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void;
  },
): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = beginRunboard(args, options.cwd);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.whileRunning?.(stderr, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** A new folder, with files in it. */
export function folderWith(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'runboard cli ü '));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
