import type { Design, Edge, Node } from '#shared/contract/design.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { stableJson } from './keys.ts';

/** What differs between two runs in drawing, parameters, data and seed, as sentences; the first run is "before". */
export function changesBetween(a: RunResult, b: RunResult, before: Design, after: Design): string[] {
  const changes: string[] = [];
  if (a.data.fingerprint !== b.data.fingerprint)
    changes.push(`data: ${a.data.name} → ${b.data.name}${a.data.name === b.data.name ? ' with other content' : ''}`);
  if (a.seed !== b.seed) changes.push(`seed: ${a.seed} → ${b.seed}`);
  const old = new Map(before.board.nodes.map((node) => [node.id, node]));
  const now = new Map(after.board.nodes.map((node) => [node.id, node]));
  for (const [id, node] of now) {
    const was = old.get(id);
    if (was === undefined)
      changes.push(`added ${node.title}${node.binding === undefined ? '' : ` (${node.binding.component})`}`);
    else changes.push(...nodeChanges(was, node));
  }
  for (const [id, node] of old) if (!now.has(id)) changes.push(`removed ${node.title}`);
  changes.push(...edgeChanges(before, after, old, now));
  return changes;
}

function nodeChanges(was: Node, is: Node): string[] {
  const changes: string[] = [];
  if (was.title !== is.title) changes.push(`renamed ${was.title} to ${is.title}`);
  if ((was.mode ?? 'on') !== (is.mode ?? 'on')) changes.push(`${is.title}: ${was.mode ?? 'on'} → ${is.mode ?? 'on'}`);
  const from = was.binding?.component ?? 'drawn only';
  const to = is.binding?.component ?? 'drawn only';
  if (from !== to) return [...changes, `${is.title}: ${from} → ${to}`];
  const before: StoredParams = was.binding?.params ?? {};
  const after: StoredParams = is.binding?.params ?? {};
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    if (stableJson(before[name]) === stableJson(after[name])) continue;
    changes.push(`${is.title}: ${name} ${shown(before[name])} → ${shown(after[name])}`);
  }
  return changes;
}

function shown(value: StoredParams[string] | undefined): string {
  return value === undefined ? 'default' : typeof value === 'object' ? value.join(', ') : String(value);
}

function edgeChanges(
  before: Design,
  after: Design,
  old: ReadonlyMap<string, Node>,
  now: ReadonlyMap<string, Node>,
): string[] {
  const name = (edge: Edge, nodes: ReadonlyMap<string, Node>): string =>
    `${nodes.get(edge.from)?.title ?? edge.from} → ${nodes.get(edge.to)?.title ?? edge.to}`;
  const key = (edge: Edge): string => stableJson([edge.from, edge.fromPort ?? '', edge.to, edge.toPort ?? '']);
  const were = new Set(before.board.edges.map(key));
  const are = new Set(after.board.edges.map(key));
  return [
    ...after.board.edges.filter((edge) => !were.has(key(edge))).map((edge) => `wired ${name(edge, now)}`),
    ...before.board.edges.filter((edge) => !are.has(key(edge))).map((edge) => `unwired ${name(edge, old)}`),
  ];
}
