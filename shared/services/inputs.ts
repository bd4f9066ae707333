import { z } from 'zod';
import { designChangeSchema } from '#shared/contract/change-schema.ts';
import { importFormats } from '#shared/contract/datasets.ts';
import { designSchema } from '#shared/contract/design.ts';
import type { MethodName } from '#shared/contract/methods.ts';

const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'a path has no NUL in it');
const word = z.string().min(1).max(1000);
/** Names a file of the workspace, hence nothing that could lead out of it. */
const draft = z.string().regex(/^[a-z0-9-]{8,64}$/);
/** Identity, moment and reason: see restore-points/keep.ts. */
const restorePoint = z.string().regex(/^[0-9a-f]{16}-\d{13}-(working|before-save)$/);
const count = z.number().int().positive();
const seed = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const nothing = z.undefined().or(z.null());

const runOptions = z.object({
  design: designSchema,
  designPath: path.nullable(),
  data: path.optional(),
  seed: seed.optional(),
  threads: count.max(1024).optional(),
  set: z.record(z.string(), z.string()).optional(),
  fresh: z.boolean().optional(),
  until: word.optional(),
  sweep: z.boolean().optional(),
});

/** What may come in for each method: leaving one out does not compile. */
export const inputSchemas: Readonly<Record<MethodName, z.ZodType>> = {
  'catalogue.list': nothing,
  'templates.list': nothing,
  'templates.open': z.object({ template: word }),
  'designs.open': z.object({ path }),
  'designs.save': z.object({
    path,
    design: designSchema,
    expectedDigest: z.string().nullable(),
    replace: z.boolean().optional(),
  }),
  'designs.hold': z.object({ draft, path: path.nullable(), take: z.boolean() }),
  'designs.compare': z.object({ before: designSchema, after: designSchema }),
  'designs.list': nothing,
  'drafts.begin': z.object({ id: draft, path: path.nullable(), digest: z.string().nullable(), design: designSchema }),
  'drafts.append': z.object({
    id: draft,
    after: z.number().int().nonnegative(),
    changes: z.array(designChangeSchema).max(100_000),
  }),
  'drafts.list': nothing,
  'drafts.open': z.object({ id: draft }),
  'drafts.drop': z.object({ id: draft }),
  'restorePoints.list': z.object({ path: path.nullable(), draft: draft.nullable() }),
  'restorePoints.open': z.object({ id: restorePoint }),
  'datasets.peek': z.object({
    path,
    format: z.enum(importFormats),
  }),
  'datasets.import': z.object({
    path,
    format: z.enum(importFormats),
    out: path,
    map: z.record(z.string(), z.string()),
  }),
  'datasets.generate': z.object({
    recipe: word,
    out: path,
    users: count.optional(),
    items: count.optional(),
    events: count.optional(),
    days: count.optional(),
    seed: seed.optional(),
  }),
  'datasets.inspect': z.object({ path }),
  'datasets.page': z.object({ path, table: word, offset: z.number().int().nonnegative(), limit: count.max(10_000) }),
  'datasets.list': nothing,
  'runs.start': runOptions,
  'runs.cancel': z.object({ run: word }),
  'runs.list': nothing,
  'runs.show': z.object({ run: word }),
  'runs.compare': z.object({ a: word, b: word }),
  'runs.compareMany': z.object({ baseline: word, runs: z.array(word).min(1).max(200), node: word.optional() }),
  'runs.ablations': z.object({ design: designSchema }),
  'runs.trace': z.object({ run: word, user: word.optional() }),
  'runs.history': nothing,
  'runs.restore': z.object({ from: z.enum(['snapshot', 'nothing']) }),
  'runs.preview': z.object({
    run: word,
    node: word,
    port: word.optional(),
    table: word.optional(),
    offset: z.number().int().nonnegative(),
    limit: count.max(1000),
  }),
  'runs.plan': runOptions,
  'experiments.plan': z.object({
    params: z.record(word, z.union([z.number(), z.boolean(), z.string().max(1000), z.array(z.number()).max(1000)])),
    pilot: z.object({ run: word, node: word }).optional(),
  }),
  'experiments.offlineOnline': z.object({ design: word, runs: z.array(word).max(10_000).optional() }),
  'exports.write': z.object({
    design: designSchema,
    format: z.enum(['md', 'svg', 'mermaid', 'html']),
    out: path,
    run: word.optional(),
  }),
  'engine.restart': nothing,
  doctor: nothing,
};
