import { z } from 'zod';
import { failureCodes } from './failure.ts';
import type { Failure } from './failure.ts';

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

const id = z.number().int().nonnegative();
const word = z.string().min(1).max(100);

const failureSchema = z.object({
  code: z.enum(failureCodes),
  what: z.string(),
  where: z.string().optional(),
  remedy: z.string().optional(),
  stack: z.string().optional(),
});

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id, method: word, input: z.unknown().optional() }),
  z.object({ kind: z.literal('cancel'), id }),
  z.object({ kind: z.literal('answer'), id, output: z.unknown().optional() }),
  z.object({ kind: z.literal('failure'), id, failure: failureSchema }),
  z.object({ kind: z.literal('event'), event: word, payload: z.unknown() }),
]);

/** A message as it came over the line, or null where it is none. Never throws. */
export function asMessage(value: unknown): Message | null {
  const parsed = messageSchema.safeParse(value);
  return parsed.success ? (parsed.data as Message) : null;
}
