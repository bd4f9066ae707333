/** The timers that every host has; shared code compiles with the types of neither the DOM nor Node. */
interface Timers {
  setTimeout(work: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
}

const host = globalThis as unknown as Timers;

/** Does something later, once, unless what it answers is called before. */
export function later(work: () => void, millis: number): () => void {
  const timer = host.setTimeout(work, millis);
  return () => host.clearTimeout(timer);
}
