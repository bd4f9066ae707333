import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineProcess } from './kept-engine.ts';

export interface EngineChildOptions {
  /** The script of the engine's process: the product's own unless a test says otherwise. */
  readonly entry?: string;
  readonly workspace: string;
}

/** The engine reads what was compiled for an earlier one, as the program around it does: it is up a third of a second sooner. */
function engineEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { NODE_COMPILE_CACHE: cache, ...process.env };
}

const ownEntry = join(import.meta.dirname, '../../engine-process/entry.ts');

/** Starts the engine as a child of this process. */
export function startEngineChild({ entry = ownEntry, workspace }: EngineChildOptions): EngineProcess {
  mkdirSync(dirname(workspace), { recursive: true });
  const child = fork(entry, [workspace], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: engineEnvironment(),
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onSaid: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', listener);
    },
    onEnded: (listener) => {
      child.once('exit', () => listener());
      // A process that cannot be started has no exit.
      child.once('error', () => child.pid === undefined && listener());
    },
    finish: () => child.connected && child.disconnect(),
  };
}
