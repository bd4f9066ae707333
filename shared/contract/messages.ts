import { failureCodes } from './failure.ts';
import type { Failure, FailureCode } from './failure.ts';

/** What travels over a transport. `id` ties an answer to its request. */
export type Message =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'event'; readonly event: string; readonly payload: unknown };

/** A line between a client and the handlers: message port, WebSocket or memory. */
export interface Transport {
  post(message: Message): void;
  /** One listener; called in order of arrival. */
  receive(listener: (message: Message) => void): void;
  /** Called once when the line is gone. */
  closed(listener: () => void): void;
  close(): void;
}

type Fields = Readonly<Record<string, unknown>>;

/** Longest name of a method or an event. */
const nameLength = 100;

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= nameLength;
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function asFailure(value: unknown): Failure | null {
  if (!isFields(value)) return null;
  const { code, what, where, remedy, stack } = value;
  const known = failureCodes.includes(code as FailureCode) && typeof what === 'string';
  if (!known || !isTextOrAbsent(where) || !isTextOrAbsent(remedy) || !isTextOrAbsent(stack)) return null;
  return {
    code: code as FailureCode,
    what,
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(stack === undefined ? {} : { stack }),
  };
}

/**
 * A message as it came over the line, or null where it is none; what does not belong to it is left out. Never throws.
 * Written out, not by a schema: both ends ask this of every message, and the page needs no library for it.
 */
export function asMessage(value: unknown): Message | null {
  if (!isFields(value)) return null;
  const { kind, id, method, input, output, event, payload } = value;
  if (kind === 'event') return isName(event) ? { kind, event, payload } : null;
  if (!isId(id)) return null;
  switch (kind) {
    case 'request':
      return isName(method) ? { kind, id, method, input } : null;
    case 'cancel':
      return { kind, id };
    case 'answer':
      return { kind, id, output };
    case 'failure': {
      const failure = asFailure(value['failure']);
      return failure === null ? null : { kind, id, failure };
    }
    default:
      return null;
  }
}
