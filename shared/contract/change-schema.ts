import { z } from 'zod';
import { designLimits } from './design.ts';

const pathSchema = z
  .array(z.union([z.string().max(1000), z.number().int().nonnegative()]))
  .min(1)
  .max(designLimits.depth);

/** One change within a design, as it is sent and journalled: only what differs, whatever the size of the rest. */
export const designChangeSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('set'), path: pathSchema, value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: pathSchema }),
  z.object({
    op: z.literal('splice'),
    path: pathSchema,
    at: z.number().int().nonnegative(),
    remove: z.number().int().nonnegative(),
    insert: z.array(z.unknown()),
  }),
]);

export type DesignChange = z.infer<typeof designChangeSchema>;
