import { aliveEvent, aliveMillis, paceOf } from '#shared/contract/time-limits.ts';
import { later } from '#shared/contract/timers.ts';
import type { MethodName } from '#shared/contract/methods.ts';
import type { Transport } from '#shared/contract/messages.ts';

/** Says over a line which work goes on, as long as there is any: who waits for it gives up when nothing is heard. */
export class SignsOfLife {
  readonly #line: Pick<Transport, 'post'>;
  readonly #millis: number;
  readonly #work = new Set<number>();
  #stop: (() => void) | null = null;

  constructor(line: Pick<Transport, 'post'>, millis = aliveMillis) {
    this.#line = line;
    this.#millis = millis;
  }

  begin(id: number, method: MethodName): void {
    if (paceOf[method] !== 'work') return;
    this.#work.add(id);
    this.#stop ??= later(() => this.#say(), this.#millis);
  }

  end(id: number): void {
    if (this.#work.delete(id) && this.#work.size === 0) this.close();
  }

  /** Nobody listens any more. */
  close(): void {
    this.#work.clear();
    this.#stop?.();
    this.#stop = null;
  }

  #say(): void {
    this.#line.post({ kind: 'event', event: aliveEvent, payload: { calls: [...this.#work] } });
    this.#stop = later(() => this.#say(), this.#millis);
  }
}
