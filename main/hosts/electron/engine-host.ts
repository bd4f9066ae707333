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
import { CrashBudget } from './crash-budget.ts';
import { engineEnvironment } from './launch.ts';

export interface EngineHostOptions {
  /** The script of the engine's process. */
  readonly entry: string;
  readonly workspace: string;
  /** What the engine says on its output is kept here. */
  readonly log: string;
  /** Told when every line is gone: pages do not notice by themselves that the other end of a port has died. */
  onGone(): void;
}

/** Keeps the engine's process alive and hands lines to it. */
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
    child.once('spawn', () => {
      this.#up = true;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const port of waiting) this.#hand(port);
    });
    child.once('exit', (code) => {
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

  stop(): void {
    this.#stopping = true;
    this.#child?.kill();
  }

  #hand(port: MessagePortMain): void {
    this.#child?.postMessage('line', [port]);
  }

  #ended(code: number): void {
    this.#up = false;
    this.#child = null;
    if (this.#stopping) return;
    process.stderr.write(`the engine has stopped (${code})\n`);
    this.#options.onGone();
    const wait = this.#budget.crashed(performance.now());
    if (wait === null) void this.#ask();
    else setTimeout(() => this.#stopping || this.start(), wait);
  }

  /** Too many crashes: the drawing can be edited on, and the user says when to try again. */
  async #ask(): Promise<void> {
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
