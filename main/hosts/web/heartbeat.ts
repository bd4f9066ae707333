/** How often the engine is asked whether it is there, and how many questions may stay open before that is said: more while it starts. */
const usualMillis = 5_000;
const mayMiss = 2;
const mayMissAtFirst = 12;

/** Asked of the engine's process, and answered by it with the same. */
export interface Beat {
  readonly beat: true;
}

export function isBeat(value: unknown): value is Beat {
  return (value as Partial<Beat> | null)?.beat === true;
}

export interface HeartbeatOptions {
  readonly beatMillis?: number;
  send(beat: Beat): void;
  /** Told when a process stops answering, and when it answers again. */
  onChange(answers: boolean): void;
}

/** Notices that a process hangs: a dead one is known by its end, a hung one only by its silence. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;
  #missed = 0;
  #silent = false;
  #begun = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.send({ beat: true });
    this.#timer = setInterval(() => this.#ask(), this.#options.beatMillis ?? usualMillis).unref();
  }

  heard(): void {
    this.#missed = 0;
    this.#begun = true;
    if (!this.#silent) return;
    this.#silent = false;
    this.#options.onChange(true);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ask(): void {
    this.#missed++;
    if (this.#missed > (this.#begun ? mayMiss : mayMissAtFirst) && !this.#silent) {
      this.#silent = true;
      this.#options.onChange(false);
    }
    this.#options.send({ beat: true });
  }
}
