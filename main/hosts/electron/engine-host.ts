import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  app,
  dialog,
  MessageChannelMain,
  shell,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import { CrashBudget } from '#main/hosts/web/crash-budget.ts';
import { engineMillis } from '#main/hosts/web/ending.ts';
import { Heartbeat, isBeat } from '#main/hosts/web/heartbeat.ts';
import type { DesktopTold } from '#shared/contract/desktop.ts';
import { engineEnvironment } from './launch.ts';

export interface EngineHostOptions {
  /** The script of the engine's process. */
  readonly entry: string;
  readonly workspace: string;
  /** What the engine says on its output is kept here. */
  readonly log: string;
  /** Told when every line is gone: pages do not notice by themselves that the other end of a port has died. */
  onGone(): void;
  /** Told how the engine is whenever that changes. */
  onNews(news: EngineTold): void;
}

/** How the engine is, as windows are told. */
export type EngineTold = Extract<DesktopTold, { kind: 'engine' }>['news'];

/** Keeps the engine's process alive, watches it, and hands lines to it. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #budget = new CrashBudget();
  #child: UtilityProcess | null = null;
  #up = false;
  #stopping = false;
  #waiting: MessagePortMain[] = [];

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  start(): void {
    const { entry, workspace, log } = this.#options;
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
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => kept.write(part));
    const heart = new Heartbeat({
      send: (beat) => child.postMessage(beat),
      onChange: (answers) => this.#options.onNews({ state: answers ? 'up' : 'silent' }),
    });
    let answered = false;
    child.on('message', (said: unknown) => {
      if (!isBeat(said)) return;
      heart.heard();
      if (!answered) this.#options.onNews({ state: 'up' });
      answered = true;
    });
    child.once('spawn', () => {
      this.#up = true;
      heart.start();
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const port of waiting) this.#hand(port);
    });
    child.once('exit', (code) => {
      heart.stop();
      kept.end();
      if (this.#child === child) this.#ended(code);
    });
    this.#child = child;
  }

  /** A new line to the engine: what it answers is the window's end. */
  line(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    if (this.#up) this.#hand(port1);
    else this.#waiting.push(port1);
    return port2;
  }

  /** Ends the engine, whatever it does, and starts it anew. A process that hangs does not hear the usual signal. */
  restart(): void {
    this.#budget.forgive();
    if (this.#child?.pid === undefined) this.start();
    else process.kill(this.#child.pid, 'SIGKILL');
  }

  /** Ends the engine for good; where it does not hear the usual signal, by one that everything hears. */
  async stop(graceMillis = engineMillis): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child?.pid === undefined) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill();
    const timer = setTimeout(() => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'), graceMillis);
    await ended;
    clearTimeout(timer);
  }

  #hand(port: MessagePortMain): void {
    this.#child?.postMessage('line', [port]);
  }

  #ended(code: number): void {
    this.#up = false;
    this.#child = null;
    if (this.#stopping) return;
    process.stderr.write(`the engine has stopped (${code})\n`);
    this.#options.onNews({ state: 'gone' });
    this.#options.onGone();
    const wait = this.#budget.crashed(performance.now());
    if (wait === null) void this.#ask();
    else setTimeout(() => this.#stopping || this.start(), wait);
  }

  /** Too many crashes: the drawing can be edited on, and the user says when to try again. */
  async #ask(): Promise<void> {
    this.#options.onNews({ state: 'failed' });
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
    if (response === 1) {
      await shell.openPath(this.#options.log);
      return this.#ask();
    }
    this.#budget.forgive();
    this.start();
  }
}
