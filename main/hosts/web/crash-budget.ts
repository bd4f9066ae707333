/** Crashes that are answered with another try, within the time below. */
const tries = 3;
const withinMillis = 5 * 60_000;
const firstWait = 250;

/** Decides whether something that ended by itself is started again, and after how long. */
export class CrashBudget {
  #crashes: number[] = [];

  /** Counts a crash. Milliseconds to wait before the next try, or null when it is better to ask the user. */
  crashed(now: number): number | null {
    this.#crashes = [...this.#crashes.filter((at) => now - at < withinMillis), now];
    return this.#crashes.length > tries ? null : firstWait * 2 ** (this.#crashes.length - 1);
  }

  /** The user wants to try again. */
  forgive(): void {
    this.#crashes = [];
  }
}
