import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { LineBundle } from '#shared/client/line-bundle.ts';
import { portTransport } from '#shared/client/port-transport.ts';
import type { Transport } from '#shared/contract/messages.ts';
import type { EngineNews } from '#shared/contract/work.ts';
import { CrashBudget } from './crash-budget.ts';
import { engineMillis } from './ending.ts';
import { Heartbeat, isBeat } from './heartbeat.ts';

/** How much of what the engine says last is shown when it keeps stopping. */
const logLength = 4_000;

export interface EngineChildOptions {
  /** The script of the engine's process: the product's own unless a test says otherwise. */
  readonly entry?: string;
  readonly workspace: string;
  readonly beatMillis?: number;
}

/** The engine reads what was compiled for an earlier one, as the program around it does: it is up a third of a second sooner. */
function engineEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { NODE_COMPILE_CACHE: cache, ...process.env };
}

const ownEntry = join(import.meta.dirname, '../../engine-process/entry.ts');

/** The engine as a child of the local page's process: kept alive, watched, and ended when it hangs and a person says so. */
export class EngineChild {
  readonly #options: EngineChildOptions;
  readonly #budget = new CrashBudget();
  readonly #watchers = new Set<(news: EngineNews) => void>();
  #news: EngineNews = { state: 'up' };
  #child: ChildProcess | null = null;
  #bundle: LineBundle | null = null;
  #ready = false;
  #stopping = false;
  #log = '';

  constructor(options: EngineChildOptions) {
    this.#options = options;
  }

  get news(): EngineNews {
    return this.#news;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Whether the engine takes lines now. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Tells how the engine is whenever that changes, and with the same news that it takes lines again. */
  watch(watcher: (news: EngineNews) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Starts the engine where it is not there, unless it is to end. */
  start(): void {
    if (this.#stopping || this.#child !== null) return;
    const { entry = ownEntry, workspace, beatMillis } = this.#options;
    mkdirSync(dirname(workspace), { recursive: true });
    const child = fork(entry, [workspace], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: engineEnvironment(),
    });
    const bundle = new LineBundle((message) => child.connected && child.send(message as object, () => {}));
    const heart = new Heartbeat({
      beatMillis,
      send: (beat) => child.connected && child.send(beat, () => {}),
      onChange: (answers) => this.#tell({ state: answers ? 'up' : 'silent' }),
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log = (this.#log + text).slice(-logLength)));
    child.on('message', (message) => {
      if (!isBeat(message)) return bundle.hear(message);
      heart.heard();
      if (this.#ready) return;
      this.#ready = true;
      this.#tell({ state: 'up' });
    });
    // A process that cannot be started has no exit.
    child.once('error', () => child.pid === undefined && this.#ended(child, bundle));
    child.once('exit', () => {
      heart.stop();
      this.#ended(child, bundle);
    });
    this.#child = child;
    this.#bundle = bundle;
    heart.start();
  }

  /** A new line to the engine; null while it takes none. */
  line(): Transport | null {
    return this.#ready && this.#bundle !== null ? portTransport(this.#bundle.open()) : null;
  }

  /** Ends the engine, whatever it does, and starts it anew. A process that was stopped hears nothing but this. */
  restart(): void {
    this.#budget.forgive();
    if (this.#child === null) this.start();
    else this.#child.kill('SIGKILL');
  }

  /** Lets the engine finish what it writes, and ends it where it does not listen. */
  async stop(graceMillis = engineMillis): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMillis);
    await ended;
    clearTimeout(timer);
  }

  #ended(child: ChildProcess, bundle: LineBundle): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#bundle = null;
    this.#ready = false;
    bundle.end();
    if (this.#stopping) return;
    const wait = this.#budget.crashed(performance.now());
    if (wait === null) {
      this.#tell({ state: 'failed', log: this.#log.trim() });
      return;
    }
    this.#tell({ state: 'gone' });
    setTimeout(() => this.start(), wait);
  }

  #tell(news: EngineNews): void {
    this.#news = news;
    for (const watcher of this.#watchers) watcher(news);
  }
}
