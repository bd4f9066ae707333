import { z } from 'zod';
import { edgeKinds, lanes } from './kinds.ts';

/** The version of the file format that this Runboard writes. */
export const designVersion = 1;

/** Limits against hostile or runaway files (reliability-security: project files). */
export const designLimits = {
  bytes: 64 * 1024 * 1024,
  nodes: 5_000,
  edges: 20_000,
  textLength: 1_000_000,
  depth: 64,
} as const;

export type EdgeKind = (typeof edgeKinds)[number];

const id = z.string().min(1).max(200);
const text = z.string().max(designLimits.textLength);
const lines = z.array(text);
const place = z.number().finite();

const paramValue = z.union([z.number(), z.boolean(), text, z.array(z.number()), z.array(text)]);

export const bindingSchema = z.looseObject({
  component: id,
  version: z.number().int().positive(),
  params: z.record(z.string(), paramValue),
});

export const nodeSchema = z.looseObject({
  id,
  kind: id,
  title: text,
  lane: z.enum(lanes).optional(),
  x: place,
  y: place,
  width: place.optional(),
  height: place.optional(),
  frame: id.optional(),
  /** Stays where it is when the board is tidied. */
  pinned: z.boolean().optional(),
  binding: bindingSchema.optional(),
  /** off: the node and what depends on it do not run; bypass: passes on what it receives. */
  mode: z.enum(['on', 'off', 'bypass']).optional(),
  notes: lines.optional(),
  /** Estimates and facts of a drawn node: p50_ms, p99_ms, qps, owner, … */
  attributes: z.record(z.string(), z.union([z.number(), z.boolean(), text, z.array(text)])).optional(),
});

export const edgeSchema = z.looseObject({
  id,
  from: id,
  fromPort: id.optional(),
  to: id,
  toPort: id.optional(),
  kind: z.enum(edgeKinds).optional(),
  label: text.optional(),
});

export const frameSchema = z.looseObject({
  id,
  title: text,
  x: place,
  y: place,
  width: place,
  height: place,
  collapsed: z.boolean().optional(),
});
export const noteSchema = z.looseObject({
  id,
  text: lines,
  x: place,
  y: place,
  width: place.optional(),
  height: place.optional(),
});
export const sectionSchema = z.looseObject({ id, title: text, body: lines });
export const assumptionSchema = z.looseObject({
  id,
  title: text,
  value: z.union([z.number(), text]),
  unit: text.optional(),
  source: text,
});

/** Which data a design runs on unless the caller says otherwise: a data set by path, or a recipe that generates one. */
export const dataSchema = z.looseObject({
  path: text.optional(),
  recipe: id.optional(),
  settings: z.record(z.string(), z.number()).optional(),
});

export const designSchema = z.looseObject({
  format: z.literal('runboard'),
  version: z.number().int().positive(),
  minimumReader: z.number().int().positive().optional(),
  createdBy: text.optional(),
  title: text,
  summary: lines.optional(),
  problem: text.optional(),
  seed: z.number().int().nonnegative(),
  data: dataSchema.optional(),
  board: z.looseObject({
    nodes: z.array(nodeSchema).max(designLimits.nodes),
    edges: z.array(edgeSchema).max(designLimits.edges),
    frames: z.array(frameSchema).optional(),
    notes: z.array(noteSchema).optional(),
  }),
  writeUp: z.looseObject({ sections: z.array(sectionSchema) }).optional(),
  assumptions: z.array(assumptionSchema).optional(),
});

export type Binding = z.infer<typeof bindingSchema>;
export type Node = z.infer<typeof nodeSchema>;
export type Edge = z.infer<typeof edgeSchema>;
export type Frame = z.infer<typeof frameSchema>;
export type Note = z.infer<typeof noteSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Assumption = z.infer<typeof assumptionSchema>;
export type Design = z.infer<typeof designSchema>;
