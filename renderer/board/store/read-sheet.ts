import { z } from 'zod';
import { edgeSchema, frameSchema, nodeSchema, noteSchema } from '#shared/contract/design.ts';

const sheetSchema = z.object({
  runboard: z.literal('parts'),
  nodes: z.array(nodeSchema).max(5_000),
  edges: z.array(edgeSchema).max(20_000),
  frames: z.array(frameSchema).max(1_000),
  notes: z.array(noteSchema).max(1_000),
});

/** Parts of a board as they travel over the clipboard, between designs and windows. */
export type Sheet = z.infer<typeof sheetSchema>;

/** Reads what was copied; null where the clipboard holds something else. */
export function readSheet(text: string): Sheet | null {
  try {
    const parsed = sheetSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
