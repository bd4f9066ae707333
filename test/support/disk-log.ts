// What a program did to the disk, step by step, and what may be found on it when the power goes: everything that was
// flushed, and of the rest any part, in any order that a file system may choose.
import type { FileHandle } from 'node:fs/promises';
import type * as promises from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

type Step =
  | { readonly does: 'make'; readonly path: string }
  | { readonly does: 'write'; readonly path: string; readonly at: number | null; readonly bytes: Buffer }
  | { readonly does: 'cut'; readonly path: string; readonly at: number }
  | { readonly does: 'flush'; readonly path: string }
  | { readonly does: 'rename'; readonly path: string; readonly to: string }
  | { readonly does: 'remove'; readonly path: string };

/** The steps so far; null where nobody looks. */
let steps: Step[] | null = null;

/** What a program does to the disk while it works. */
export async function stepsOf(work: () => Promise<unknown>): Promise<readonly Step[]> {
  const taken: Step[] = [];
  steps = taken;
  try {
    await work();
  } finally {
    steps = null;
  }
  return taken;
}

function loggedHandle(handle: FileHandle, path: string): FileHandle {
  return new Proxy(handle, {
    get(target, name: keyof FileHandle) {
      const method = target[name];
      if (typeof method !== 'function') return method;
      return (...given: never[]): unknown => {
        if (name === 'writeFile') steps?.push({ does: 'write', path, at: null, bytes: Buffer.from(given[0]) });
        if (name === 'write') {
          const [bytes, from, length, at] = given as unknown as [Uint8Array, number, number, number];
          steps?.push({ does: 'write', path, at, bytes: Buffer.from(bytes.subarray(from, from + length)) });
        }
        if (name === 'truncate') steps?.push({ does: 'cut', path, at: given[0] });
        if (name === 'sync' || name === 'datasync') steps?.push({ does: 'flush', path });
        return (method as (...all: never[]) => unknown).apply(target, given);
      };
    },
  });
}

/** The file functions of Node, with a log of what they are asked to do. */
export function logged(real: typeof promises): typeof promises {
  return {
    ...real,
    open: async (path, flags, mode) => {
      const whole = resolve(String(path));
      const handle = await real.open(path, flags, mode);
      if (String(flags).includes('w')) steps?.push({ does: 'make', path: whole });
      return loggedHandle(handle, whole);
    },
    rename: async (from, to) => {
      await real.rename(from, to);
      steps?.push({ does: 'rename', path: resolve(String(from)), to: resolve(String(to)) });
    },
    rm: async (path, options) => {
      await real.rm(path, options);
      steps?.push({ does: 'remove', path: resolve(String(path)) });
    },
  };
}

interface File {
  /** What is on the disk for certain, and what was written since. */
  sure: Buffer;
  loose: Step[];
}

function applied(content: Buffer, step: Step): Buffer {
  if (step.does === 'cut') return Buffer.from(content.subarray(0, step.at));
  if (step.does !== 'write') return content;
  const at = step.at ?? 0;
  const next = Buffer.alloc(Math.max(content.length, at + step.bytes.length));
  content.copy(next);
  step.bytes.copy(next, at);
  return next;
}

/** Every subset of a few things, in their order. */
function subsets<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((found, one) => [...found, ...found.map((some) => [...some, one])], [[]]);
}

/** What a file may hold: what is sure, and any of the rest; of what was written last perhaps a half. */
function contentsOf({ sure, loose }: File): Buffer[] {
  return subsets(loose).flatMap((some) => {
    const whole = some.reduce(applied, sure);
    const last = some.at(-1);
    if (last?.does !== 'write' || last.bytes.length < 2) return [whole];
    const half: Step = { ...last, bytes: last.bytes.subarray(0, last.bytes.length >> 1) };
    return [whole, some.with(-1, half).reduce(applied, sure)];
  });
}

/** What may be found under a name when the power goes after some steps: the contents of the file, or null for none. */
export function foundAt(path: string, before: Buffer | null, taken: readonly Step[]): readonly (Buffer | null)[] {
  const target = resolve(path);
  const files = new Map<string, File>();
  if (before !== null) files.set(target, { sure: before, loose: [] });
  let names = new Map(files);
  let loose: { step: Step; file: File }[] = [];
  const now = new Map(files);
  for (const step of taken) {
    const file = now.get(step.path) ?? { sure: Buffer.alloc(0), loose: [] };
    if (step.does === 'write' || step.does === 'cut') file.loose.push(step);
    else if (step.does !== 'flush') loose.push({ step, file });
    if (step.does === 'make') now.set(step.path, file);
    if (step.does === 'rename') now.set(step.to, file);
    if (step.does === 'rename' || step.does === 'remove') now.delete(step.path);
    if (step.does === 'flush' && now.has(step.path)) {
      file.sure = file.loose.reduce(applied, file.sure);
      file.loose = [];
    } else if (step.does === 'flush' && step.path === dirname(target)) {
      names = new Map(now);
      loose = [];
    }
  }
  return subsets(loose).flatMap((some): (Buffer | null)[] => {
    const seen = new Map(names);
    for (const { step, file } of some) {
      if (step.does !== 'make') seen.delete(step.path);
      if (step.does === 'make') seen.set(step.path, file);
      if (step.does === 'rename') seen.set(step.to, file);
    }
    const file = seen.get(target);
    return file === undefined ? [null] : contentsOf(file);
  });
}
