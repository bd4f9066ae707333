import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { portsOf, type Away } from './ports.ts';

export interface ForkOptions {
  readonly serviceName?: string;
  readonly stdio?: string;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

export interface FromChild {
  readonly kind: 'port' | 'port-close' | 'said';
  readonly id: number;
  readonly data?: unknown;
}

const shim = pathToFileURL(join(import.meta.dirname, 'utility-shim.ts')).href;
let lastPort = 0;

/** A utility process as a child of Node. Killing it ends it with code 0, as Electron does. */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #back = new Map<number, Away>();
  #killed = false;

  constructor(entry: string, args: readonly string[], options: ForkOptions) {
    super();
    if (Object.values(options.env ?? {}).some((value) => typeof value !== 'string'))
      throw new TypeError('env must hold strings');
    this.#child = fork(entry, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', shim],
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', ({ kind, id, data }: FromChild) => {
      if (kind === 'said') this.emit('message', data);
      else if (kind === 'port') this.#back.get(id)?.post(data);
      else this.#back.get(id)?.close();
    });
    this.#child.once('exit', (code) => {
      for (const back of this.#back.values()) back.close();
      this.emit('exit', this.#killed ? 0 : (code ?? 1));
    });
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }

  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    const ids = portsOf(transfer).map((port) => {
      const id = ++lastPort;
      const say = (kind: FromChild['kind'], data?: unknown): void =>
        void (this.#child.connected && this.#child.send({ kind, id, data } satisfies FromChild));
      this.#back.set(id, port.handTo({ post: (data) => say('port', data), close: () => say('port-close') }));
      return id;
    });
    if (this.#child.connected) this.#child.send({ kind: 'message', data: structuredClone(message), ids });
  }

  kill(): boolean {
    this.#killed = true;
    return this.#child.kill('SIGTERM');
  }
}
