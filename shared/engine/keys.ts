import type { Plan, PlannedNode } from './plan.ts';

/** Raised when values or results change their meaning, so that nothing older is reused. */
const engineVersion = 5;

/** What a node's result depends on, each part by itself, so that a change can be named. */
export interface KeyParts {
  readonly component: string;
  readonly params: string;
  readonly seed: number;
  readonly data: string;
  readonly inputs: readonly WiredKey[];
}

/** A wired source and its key. */
interface WiredKey {
  readonly port: string;
  readonly node: string;
  readonly output: string;
  readonly key: string;
}

export interface NodeKey {
  readonly key: string;
  readonly parts: KeyParts;
}

/** Digest of a text, as hexadecimal; supplied by the host. */
export type Digest = (text: string) => string;

/** JSON with sorted keys, so that equal values give equal texts. */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const record = value as Record<string, unknown>;
    return `{${Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${stableJson(record[key])}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * The content key of every node: component and version, parameters, seed and node id (they seed its randomness), the
 * data, and the keys of what is wired to it.
 */
export function planKeys(plan: Plan, seed: number, fingerprint: string, digest: Digest): Map<string, NodeKey> {
  const keys = new Map<string, NodeKey>();
  for (const node of plan.nodes) keys.set(node.id, nodeKey(node, keys, seed, fingerprint, digest));
  return keys;
}

function nodeKey(
  node: PlannedNode,
  keys: ReadonlyMap<string, NodeKey>,
  seed: number,
  fingerprint: string,
  digest: Digest,
): NodeKey {
  const inputs = Object.keys(node.inputs)
    .sort()
    .flatMap((port) =>
      node.inputs[port].map((source) => ({
        port,
        node: source.node,
        output: source.port,
        key: keys.get(source.node)?.key ?? '',
      })),
    );
  const readsData = Object.keys(node.spec.inputs).length === 0;
  const parts: KeyParts = {
    component: `${node.spec.id}@${node.spec.version}`,
    params: stableJson(node.params),
    seed,
    data: readsData ? fingerprint : '',
    inputs,
  };
  return { key: digest(stableJson({ engine: engineVersion, id: node.id, title: node.title, ...parts })), parts };
}

/** Why a node has to run although it ran before: the first difference, in words. */
export function reasonToRun(
  node: PlannedNode,
  now: KeyParts,
  before: KeyParts | undefined,
  titles: ReadonlyMap<string, string>,
): string {
  if (before === undefined) return 'first run';
  if (before.component !== now.component) return `bound to ${node.spec.id} now`;
  if (before.params !== now.params) return `parameter ${changedParam(before.params, now.params)} changed`;
  if (before.data !== now.data) return 'the data changed';
  if (before.seed !== now.seed) return 'the seed changed';
  const known = new Set(before.inputs.map(stableJson));
  const changed = now.inputs.find((input) => !known.has(stableJson(input)));
  if (changed !== undefined) return `${titles.get(changed.node) ?? changed.node} changed`;
  return before.inputs.length === now.inputs.length ? 'it was not kept' : 'a wire was removed';
}

function changedParam(before: string, now: string): string {
  const a = JSON.parse(before) as Record<string, unknown>;
  const b = JSON.parse(now) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => stableJson(a[name]) !== stableJson(b[name]),
  );
  return names.join(' and ');
}
