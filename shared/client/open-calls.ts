import type { Failure } from '#shared/contract/failure.ts';
import type { MethodName } from '#shared/contract/methods.ts';
import { paceOf, timeLimits } from '#shared/contract/time-limits.ts';
import type { Pace, TimeLimits } from '#shared/contract/time-limits.ts';
import { later } from '#shared/contract/timers.ts';

/** What becomes of a call: one of the two is told, once. */
export interface Ends {
  answer(output: unknown): void;
  fail(failure: Failure): void;
}

export interface OpenCallsOptions {
  /** How long calls may take: the product's own limits unless a test says otherwise. */
  readonly limits?: TimeLimits;
  /** Told of an answer that came when nobody waited for it any more. */
  onLate?(what: string): void;
}

interface OpenCall extends Ends {
  readonly method: MethodName;
  /** Takes back the end of its time. */
  stop(): void;
}

/** How many of the calls that were given up are remembered by name, for when their answers come after all. */
const rememberedLate = 1_000;

/** The calls that wait for an answer, each no longer than its time, and the last that were given up. */
export class OpenCalls {
  readonly #options: OpenCallsOptions;
  /** Told of a call whose time is over. */
  readonly #onGivenUp: (id: number) => void;
  readonly #open = new Map<number, OpenCall>();
  readonly #givenUp = new Map<number, MethodName>();

  constructor(options: OpenCallsOptions, onGivenUp: (id: number) => void) {
    this.#options = options;
    this.#onGivenUp = onGivenUp;
  }

  begin(id: number, method: MethodName, { answer, fail }: Ends): void {
    this.#open.set(id, { method, answer, fail, stop: this.#wait(id, method) });
  }

  /** These go on: their time begins anew. */
  heard(ids: readonly number[]): void {
    for (const id of ids) {
      const one = this.#open.get(id);
      one?.stop();
      if (one !== undefined) this.#open.set(id, { ...one, stop: this.#wait(id, one.method) });
    }
  }

  /** Ends a call with what came for it; what nobody waits for any more is dropped, and said where it came late. */
  end(id: number, how: (call: Ends) => void): void {
    const one = this.#take(id);
    if (one !== undefined) return how(one);
    const method = this.#givenUp.get(id);
    this.#givenUp.delete(id);
    if (method !== undefined) this.#options.onLate?.(`an answer to ${method} came after its time, and was dropped`);
  }

  /** Ends every call: no answer will come. */
  endAll(failure: Failure): void {
    this.#givenUp.clear();
    for (const id of this.#open.keys()) this.#take(id)?.fail(failure);
  }

  #take(id: number): OpenCall | undefined {
    const one = this.#open.get(id);
    this.#open.delete(id);
    one?.stop();
    return one;
  }

  #wait(id: number, method: MethodName): () => void {
    return later(() => this.#giveUp(id, method), this.#limit(method));
  }

  #limit(method: MethodName): number {
    return (this.#options.limits ?? timeLimits)[paceFor(method)];
  }

  #giveUp(id: number, method: MethodName): void {
    const one = this.#take(id);
    this.#givenUp.set(id, method);
    if (this.#givenUp.size > rememberedLate) this.#givenUp.delete(this.#givenUp.keys().next().value as number);
    this.#onGivenUp(id);
    one?.fail(tooLate(method, this.#limit(method)));
  }
}

/** What is no method is refused at the other end, and soon. */
function paceFor(method: MethodName): Pace {
  return Object.hasOwn(paceOf, method) ? paceOf[method] : 'quick';
}

function tooLate(method: MethodName, millis: number): Failure {
  const seconds = Math.round(millis / 1000);
  const what =
    paceFor(method) === 'work'
      ? `nothing was heard of ${method} for ${seconds} seconds`
      : `${method} was not answered within ${seconds} seconds`;
  return { code: 'timeout', what, remedy: 'try again; if that does not help, start the engine again' };
}
