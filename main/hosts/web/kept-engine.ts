import { LineBundle } from '#shared/client/line-bundle.ts';
import { portTransport } from '#shared/client/port-transport.ts';
import type { Transport } from '#shared/contract/messages.ts';
import type { EngineNews } from '#shared/contract/work.ts';
import { CrashBudget } from './crash-budget.ts';
import { engineMillis } from './ending.ts';
import { Heartbeat, isBeat } from './heartbeat.ts';

/** How much of what the engine says last is shown when it keeps stopping. */
const logLength = 4_000;

/** A process of the engine, of whatever kind its host starts. */
export interface EngineProcess {
  /** Absent until it runs, and where it could not be started. */
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** What it says on its standard streams. */
  onSaid(listener: (text: string) => void): void;
  /** Told once when it has ended, or could not be started. */
  onEnded(listener: () => void): void;
  /** Lets it finish what it writes, and end. */
  finish(): void;
}

export interface KeptEngineOptions {
  /** Starts a process of the engine. */
  begin(): EngineProcess;
  readonly beatMillis?: number;
}

/** The engine as a process beside its host: kept alive, watched, and ended when it hangs and a person says so. */
export class KeptEngine {
  readonly #options: KeptEngineOptions;
  readonly #budget = new CrashBudget();
  readonly #watchers = new Set<(news: EngineNews) => void>();
  #news: EngineNews = { state: 'up' };
  #process: EngineProcess | null = null;
  #bundle: LineBundle | null = null;
  #ready = false;
  #stopping = false;
  #log = '';

  constructor(options: KeptEngineOptions) {
    this.#options = options;
  }

  get news(): EngineNews {
    return this.#news;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Tells how the engine is whenever that changes, and with the same news that it takes lines again. */
  watch(watcher: (news: EngineNews) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Starts the engine where it is not there, unless it is to end. */
  start(): void {
    if (this.#stopping || this.#process !== null) return;
    const { begin, beatMillis } = this.#options;
    const engine = begin();
    const bundle = new LineBundle((message) => engine.send(message));
    const heart = new Heartbeat({
      beatMillis,
      send: (beat) => engine.send(beat),
      onChange: (answers) => this.#tell({ state: answers ? 'up' : 'silent' }),
    });
    engine.onSaid((text) => (this.#log = (this.#log + text).slice(-logLength)));
    engine.onMessage((message) => {
      if (!isBeat(message)) return bundle.hear(message);
      heart.heard();
      if (this.#ready) return;
      this.#ready = true;
      this.#tell({ state: 'up' });
    });
    engine.onEnded(() => {
      heart.stop();
      this.#ended(engine, bundle);
    });
    this.#process = engine;
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
    if (this.#process === null) this.start();
    else this.#kill(this.#process);
  }

  /** Lets the engine finish what it writes, and ends it where it does not listen. */
  async stop(graceMillis = engineMillis): Promise<void> {
    this.#stopping = true;
    const engine = this.#process;
    if (engine === null) return;
    const ended = new Promise<void>((done) => engine.onEnded(done));
    engine.finish();
    const timer = setTimeout(() => this.#kill(engine), graceMillis);
    await ended;
    clearTimeout(timer);
  }

  #kill({ pid }: EngineProcess): void {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  #ended(engine: EngineProcess, bundle: LineBundle): void {
    if (this.#process !== engine) return;
    this.#process = null;
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
