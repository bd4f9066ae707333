import { realpathSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import type { Failure } from '#shared/contract/failure.ts';
import { asMessage } from '#shared/contract/messages.ts';
import type { Transport } from '#shared/contract/messages.ts';

export interface ReachOptions {
  readonly workspace: string;
  /** Folders that are open to the page but for what is hidden in them: where the program was started, the person's own. */
  readonly visible: readonly string[];
  /** Folders that a person opened to the page by name. */
  readonly given: readonly string[];
}

/** No system takes a longer one. */
const longestPath = 4096;

/**
 * Which files the page may name. It sends paths, and a server cannot tell what a person typed from what a stolen token
 * sent: whatever is named lies in a declared folder, links resolved, and is not hidden there, as keys and settings are.
 */
export class Reach {
  readonly #workspace: string;
  readonly #whole: readonly string[];
  readonly #visible: readonly string[];

  constructor({ workspace, visible, given }: ReachOptions) {
    this.#workspace = resolve(workspace);
    this.#whole = [workspace, ...given].map(realOf);
    // Who starts the program at the root of the disk has not opened the disk.
    this.#visible = visible.map(realOf).filter((folder) => parse(folder).root !== folder);
  }

  /** Whether a path lies where the page may read and write. */
  has(path: string): boolean {
    if (path.length > longestPath) return false;
    const real = realOf(path);
    return (
      this.#whole.some((folder) => wayTo(folder, real) !== null) ||
      this.#visible.some((folder) => wayTo(folder, real)?.every((part) => !part.startsWith('.')) === true)
    );
  }

  /** Why a request is refused for the files that it names; null where it is not. */
  faultOf(input: unknown): Failure | null {
    const beyond = this.#pathsIn(input).find((path) => !this.has(path));
    if (beyond === undefined) return null;
    return {
      code: 'bad-input',
      what: 'this lies outside of the folders that the page in the browser may use',
      where: beyond,
      remedy: `move it into ${this.#visible[0] ?? this.#workspace}, or start \`runboard serve\` with --folder`,
    };
  }

  /** Every path of an input, whatever the method: its names are the same in all of them. */
  #pathsIn(input: unknown): readonly string[] {
    const fields = (input ?? {}) as Readonly<Record<string, unknown>>;
    const named = [fields['path'], fields['out'], fields['data'], fields['designPath']].filter(isText);
    const within = (fields['design'] as { data?: { path?: unknown } } | undefined)?.data?.path;
    const base = fields['designPath'];
    // What runs a design reads its data where nothing else is named, relative to where the design lies.
    if (base === undefined || !isText(within) || isText(fields['data'])) return named;
    return [...named, resolve(isText(base) ? dirname(base) : this.#workspace, within)];
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A path with its links resolved, as far as it exists. */
function realOf(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync.native(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(realOf(above), basename(whole));
  }
}

/** The parts of the way from a folder down to a path; null where the path is not in it. */
function wayTo(folder: string, path: string): readonly string[] | null {
  const way = relative(folder, path);
  if (way === '') return [];
  const parts = way.split(sep);
  return parts[0] === '..' || resolve(way) === way ? null : parts;
}

/** A window's line that lets no request through which names a file out of reach. */
export function withinReach(line: Transport, reach: Reach): Transport {
  return {
    post: (message) => line.post(message),
    receive: (listener) =>
      line.receive((received) => {
        const message = asMessage(received);
        const failure = message?.kind === 'request' ? reach.faultOf(message.input) : null;
        if (message?.kind === 'request' && failure !== null) line.post({ kind: 'failure', id: message.id, failure });
        else listener(received);
      }),
    closed: (listener) => line.closed(listener),
    close: () => line.close(),
  };
}
