import type { UtilityProcess } from './utility.ts';

/** What the program asked of the desktop, in order, and how questions are to be answered. */
export const record = {
  calls: [] as { what: string; args: unknown[] }[],
  answers: [] as unknown[],
  handlers: new Map<string, (...args: never[]) => unknown>(),
  children: [] as UtilityProcess[],
  /** Whether Chromium is up. */
  ready: false,
  /** What goes when the program does. */
  endings: [] as (() => void)[],
};

export function noted(what: string, ...args: unknown[]): void {
  record.calls.push({ what, args });
}

/** The next answer that a test has laid out, else the usual one. */
export function answered<T>(what: string, args: readonly unknown[], usual: T): T {
  noted(what, ...args);
  return (record.answers.length > 0 ? record.answers.shift() : usual) as T;
}

export function beforeReady(what: string): void {
  if (record.ready) throw new Error(`${what} must be called before the app is ready`);
  if (record.calls.some((call) => call.what === what)) throw new Error(`${what} may be called once`);
}

export function needsReady(what: string): void {
  if (!record.ready) throw new Error(`${what} cannot be used before the app is ready`);
}
