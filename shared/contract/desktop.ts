import { z } from 'zod';

/** What the window may ask of the desktop that it runs on. Answered with a path, or null where the user chose none. */
export type DesktopQuestion = 'open-design' | 'open-data' | 'save-design';

const questions = ['open-design', 'open-data', 'save-design'] as const satisfies readonly DesktopQuestion[];

const askSchema = z.object({
  kind: z.literal('ask'),
  id: z.number().int().nonnegative(),
  question: z.enum(questions),
  name: z.string().max(255),
});

/** From the window: a question; `name` is what the file is proposed to be called. */
export type DesktopAsk = z.infer<typeof askSchema>;

const toldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), id: z.number().int().nonnegative(), path: z.string().nullable() }),
  z.object({ kind: z.literal('open'), path: z.string() }),
  z.object({ kind: z.literal('command'), action: z.string().max(100) }),
]);

/** To the window: an answer, a design that is to be opened, or an action chosen in the menu. */
export type DesktopTold = z.infer<typeof toldSchema>;

/** A question as it came over the line, or null where it is none. */
export function asDesktopAsk(value: unknown): DesktopAsk | null {
  const parsed = askSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What the desktop says, or null where it is nothing known. */
export function asDesktopTold(value: unknown): DesktopTold | null {
  const parsed = toldSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
