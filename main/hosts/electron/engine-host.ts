import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { app, dialog, shell, utilityProcess } from 'electron';
import type { EngineProcess, KeptEngine } from '#main/hosts/web/kept-engine.ts';
import { engineEnvironment } from './launch.ts';

export interface EngineHostOptions {
  /** The script of the engine's process. */
  readonly entry: string;
  readonly workspace: string;
  /** What the engine says on its output is kept here. */
  readonly log: string;
}

/** Starts the engine as a utility process, with its own log. */
export function startEngine({ entry, workspace, log }: EngineHostOptions): EngineProcess {
  const folder = dirname(workspace);
  for (const one of [folder, dirname(log)]) mkdirSync(one, { recursive: true });
  const child = utilityProcess.fork(entry, [workspace], {
    serviceName: 'Runboard engine',
    stdio: 'pipe',
    cwd: folder,
    env: engineEnvironment(process.env),
  });
  const kept = createWriteStream(log, { flags: 'a' });
  kept.on('error', () => {});
  child.once('exit', (code) => {
    kept.end();
    process.stderr.write(`the engine has stopped (${code})\n`);
  });
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream?.on('data', (part: Buffer) => kept.write(part));
  let early: unknown[] | null = [];
  child.once('spawn', () => {
    for (const message of early ?? []) child.postMessage(message);
    early = null;
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => void (early === null ? child.postMessage(message) : early.push(message)),
    onMessage: (listener) => void child.on('message', listener),
    onSaid: (listener) => {
      for (const stream of streams) stream?.on('data', (part: Buffer) => listener(String(part)));
    },
    onEnded: (listener) => void child.once('exit', () => listener()),
    finish: () => void child.kill(),
  };
}

/** Too many crashes: the drawing can be edited on, and the user says when to try again. */
export function askWhenItKeepsStopping(engine: KeptEngine, log: string): void {
  engine.watch(({ state }) => state === 'failed' && void ask(engine, log));
}

async function ask(engine: KeptEngine, log: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The engine keeps stopping.',
    detail:
      'What you drew is untouched; running is not possible until the engine is up again. Its log says why it stopped.',
    buttons: ['Start it again', 'Show the log', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 2) return app.quit();
  if (response === 0) return engine.restart();
  await shell.openPath(log);
  return ask(engine, log);
}
