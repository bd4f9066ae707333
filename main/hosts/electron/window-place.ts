import { readFileSync, writeFileSync } from 'node:fs';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window is on the desktop; without x and y the system chooses. */
export interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const smallest = { width: 800, height: 560 } as const;
const usual: Place = { width: 1440, height: 900, maximized: false };

/** So much of the strip that a window is dragged by must be on a display, or nobody could get hold of it. */
const grip = { width: 120, height: 32 } as const;

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 100_000;
}

function overlap(from: number, length: number, start: number, size: number): number {
  return Math.min(from + length, start + size) - Math.max(from, start);
}

/**
 * Where a window opens: where it was left, as far as that is still on one of the displays (their work areas; the first
 * is the main one). `shift` moves it aside from a window that is there already.
 */
export function placeOn(displays: readonly Rectangle[], left: unknown, shift = 0): Place {
  const { x, y, width, height, maximized } = (left ?? {}) as Record<string, unknown>;
  const [main = { x: 0, y: 0, ...usual }] = displays;
  const known = isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height);
  const [at, up] = known ? [x + shift, y + shift] : [0, 0];
  const here = displays.find(
    (one) =>
      known &&
      overlap(at, width, one.x, one.width) >= grip.width &&
      overlap(up, grip.height, one.y, one.height) >= grip.height,
  );
  const room = here ?? main;
  const wanted = isWhole(width) && isWhole(height) ? { width, height } : usual;
  const size = {
    width: Math.max(smallest.width, Math.min(wanted.width, room.width)),
    height: Math.max(smallest.height, Math.min(wanted.height, room.height)),
    maximized: maximized === true,
  };
  return here === undefined ? size : { x: at, y: up, ...size };
}

/** What was left in a file; undefined where there is nothing that can be read. */
export function readPlace(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Leaves a place for the next start. Not being able to is no reason to trouble anybody. */
export function keepPlace(file: string, place: Place): void {
  try {
    writeFileSync(file, JSON.stringify(place));
  } catch {
    // The next window opens at its usual size.
  }
}
