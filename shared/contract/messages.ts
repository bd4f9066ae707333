import { z } from 'zod';
import { failureCodes } from './failure.ts';
import type { Message } from './methods.ts';

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
