import { toFailure } from '#shared/contract/failure.ts';
import type { Failure } from '#shared/contract/failure.ts';
import { asMessage } from '#shared/contract/messages.ts';
import type { Transport } from '#shared/contract/messages.ts';
import type { Call, CancelSignal, Handlers, MethodName } from '#shared/contract/methods.ts';
import { inputSchemas } from './inputs.ts';
import { SignsOfLife } from './signs-of-life.ts';

/** What ends a call: told once, and to those who come late as well. */
class Cancelling implements CancelSignal {
  aborted = false;
  private listeners = new Set<() => void>();

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  cancel(): void {
    if (this.aborted) return;
    this.aborted = true;
    const told = [...this.listeners];
    this.listeners.clear();
    for (const listener of told) listener();
  }
}

/** What one line may have going on at once: every open design is a call that lasts, beside the few that a window asks. */
const callsAtOnce = 256;

/**
 * Puts handlers behind a line: every message is checked, failures go back as plain records, what is cancelled or cut
 * off is told so. Never throws, whatever arrives.
 */
export function serve(handlers: Handlers, transport: Transport, aliveMillis?: number): void {
  const running = new Map<number, Cancelling>();
  const life = new SignsOfLife(transport, aliveMillis);
  const emit: Call['emit'] = (event, payload) => transport.post({ kind: 'event', event, payload });

  async function answer(id: number, method: string, input: unknown): Promise<void> {
    const refused =
      running.size < callsAtOnce
        ? faultOfRequest(method, input)
        : ({ code: 'unavailable', what: `more than ${callsAtOnce} calls at once` } as const);
    if (refused !== null || running.has(id)) {
      transport.post({
        kind: 'failure',
        id,
        failure: refused ?? { code: 'bad-usage', what: `request ${id} is already running` },
      });
      return;
    }
    const signal = new Cancelling();
    running.set(id, signal);
    life.begin(id, method as MethodName);
    try {
      const handler = handlers[method as MethodName] as (input: unknown, call: Call) => Promise<unknown>;
      const output = await handler(input, { signal, emit });
      transport.post({ kind: 'answer', id, output });
    } catch (thrown) {
      transport.post({ kind: 'failure', id, failure: toFailure(thrown) });
    } finally {
      running.delete(id);
      life.end(id);
    }
  }

  transport.receive((received) => {
    const message = asMessage(received);
    if (message?.kind === 'request') void answer(message.id, message.method, message.input);
    else if (message?.kind === 'cancel') running.get(message.id)?.cancel();
  });
  transport.closed(() => {
    life.close();
    for (const signal of running.values()) signal.cancel();
  });
}

function faultOfRequest(method: string, input: unknown): Failure | null {
  if (!Object.hasOwn(inputSchemas, method))
    return { code: 'bad-usage', what: `there is no method "${method.slice(0, 100)}"` };
  const parsed = inputSchemas[method as MethodName].safeParse(input);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  const at = issue.path.length === 0 ? 'its input' : issue.path.join('.');
  return { code: 'bad-usage', what: `${method}: ${at}: ${issue.message}` };
}
