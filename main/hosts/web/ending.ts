/** How long a program may take to end once it was told to: what is not done by then is cut off. */
export const endMillis = 5_000;

/** How much of that the engine has for finishing what it writes. */
export const engineMillis = 3_000;

export interface EndingOptions {
  readonly withinMillis?: number;
  /** Ends the process, whatever still keeps it. */
  cutOff(): void;
}

/** The time that a program takes to end, from the moment it was told to; it never takes longer than it may. */
export class Ending {
  readonly #options: EndingOptions;
  #begun: number | null = null;

  constructor(options: EndingOptions) {
    this.#options = options;
  }

  /** The program was told to end. Only the first time counts. */
  begin(): void {
    if (this.#begun !== null) return;
    this.#begun = performance.now();
    setTimeout(() => this.#options.cutOff(), this.#options.withinMillis ?? endMillis).unref();
  }

  /** Whole milliseconds since then; 0 where nobody has told it to. */
  get millis(): number {
    return this.#begun === null ? 0 : Math.round(performance.now() - this.#begun);
  }
}
