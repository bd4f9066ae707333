import type { ComponentSpec } from '#shared/contract/component.ts';
import type { Design, Node } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { addBaselines } from './baselines.ts';
import { boundParams } from './parameters.ts';
import { addPeriods } from './periods.ts';
import type { Plan, PlannedNode, Source } from './plan.ts';
import { resolveWires } from './wires.ts';

export interface CompileOptions {
  readonly specs: Readonly<Record<string, ComponentSpec>>;
  /** Only this node and what it needs. */
  readonly until?: string;
  /** Items in the data set: decides which baselines fit; unknown where undefined. */
  readonly items?: number;
}

/** Turns a board into a plan. Throws RunboardError naming the node, edge or parameter that stands in the way. */
export function compileBoard(board: Design['board'], options: CompileOptions): Plan {
  const nodes = nodesById(board.nodes);
  const bound = boundNodes(board.nodes, options.specs);
  if (bound.size === 0) {
    throw new RunboardError('bad-board', 'nothing on the board is bound to a component', {
      remedy: 'bind at least one node, or open a template',
    });
  }
  const wires = resolveWires({ nodes, running: bound, edges: board.edges });
  const order = topologicalOrder([...bound.keys()], wires);
  const off = switchedOff(order, nodes, wires);
  const wanted = options.until === undefined ? new Set(order) : upstreamOf(options.until, wires, nodes);
  const planned: PlannedNode[] = [];
  for (const id of order) {
    const node = nodes.get(id) as Node;
    const spec = bound.get(id) as ComponentSpec;
    if (!wanted.has(id) || off.has(id) || node.binding === undefined) continue;
    planned.push({
      id,
      title: node.title || spec.title,
      spec,
      params: boundParams(node, node.binding, spec),
      inputs: wires.get(id) ?? {},
      baseline: false,
    });
  }
  const skipped = [...off].map(([id, because]) => ({
    id,
    title: nodes.get(id)?.title ?? id,
    component: bound.get(id)?.id ?? '',
    because,
  }));
  return { nodes: addBaselines(addPeriods(planned, options.specs), options), skipped };
}

function nodesById(list: readonly Node[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const node of list) {
    if (nodes.has(node.id))
      throw new RunboardError('bad-board', `two nodes have the id ${node.id}`, {
        where: `node ${node.id}`,
        remedy: 'give one of them another id',
      });
    nodes.set(node.id, node);
  }
  return nodes;
}

/** Nodes that run; a bypassed node does not, hence passes on what it receives like a drawn one. */
function boundNodes(list: readonly Node[], specs: Readonly<Record<string, ComponentSpec>>): Map<string, ComponentSpec> {
  const bound = new Map<string, ComponentSpec>();
  for (const node of list) {
    if (node.binding === undefined || node.mode === 'bypass') continue;
    const { component } = node.binding;
    if (!Object.hasOwn(specs, component)) {
      throw new RunboardError('bad-board', `there is no component ${component}`, {
        where: `node ${node.id}`,
        remedy: 'bind the node to one that `runboard components` lists, or unbind it',
      });
    }
    bound.set(node.id, specs[component]);
  }
  return bound;
}

/** Kahn's algorithm, taking ready nodes in board order. A cycle is named by its nodes. */
function topologicalOrder(ids: readonly string[], wires: ReadonlyMap<string, Record<string, Source[]>>): string[] {
  const waiting = new Map(ids.map((id) => [id, new Set(sourcesOf(id, wires))]));
  const order: string[] = [];
  while (waiting.size > 0) {
    const ready = ids.find((id) => waiting.get(id)?.size === 0);
    if (ready === undefined) {
      throw new RunboardError('bad-board', 'nodes wait for each other', {
        where: `nodes ${findCycle(waiting).join(' → ')}`,
        remedy: 'remove an edge of the circle, or make it a feedback edge',
      });
    }
    waiting.delete(ready);
    order.push(ready);
    for (const needs of waiting.values()) needs.delete(ready);
  }
  return order;
}

function sourcesOf(id: string, wires: ReadonlyMap<string, Record<string, Source[]>>): string[] {
  return Object.values(wires.get(id) ?? {}).flatMap((list) => list.map((source) => source.node));
}

function findCycle(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const path: string[] = [];
  let at = [...waiting.keys()][0];
  while (!path.includes(at)) {
    path.push(at);
    at = [...(waiting.get(at) as ReadonlySet<string>)].find((need) => waiting.has(need)) as string;
  }
  return [...path.slice(path.indexOf(at)), at].reverse();
}

function switchedOff(
  order: readonly string[],
  nodes: ReadonlyMap<string, Node>,
  wires: ReadonlyMap<string, Record<string, Source[]>>,
): Map<string, string> {
  const off = new Map<string, string>();
  for (const id of order) {
    if (nodes.get(id)?.mode === 'off') off.set(id, 'turned off');
    else {
      const lost = sourcesOf(id, wires).find((source) => off.has(source));
      if (lost !== undefined) off.set(id, `needs ${nodes.get(lost)?.title ?? lost}, which is turned off`);
    }
  }
  return off;
}

function upstreamOf(
  id: string,
  wires: ReadonlyMap<string, Record<string, Source[]>>,
  nodes: ReadonlyMap<string, Node>,
): Set<string> {
  if (!nodes.has(id)) throw new RunboardError('not-found', `no node ${id} on the board`);
  const wanted = new Set<string>();
  const next = [id];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (wanted.has(one)) continue;
    wanted.add(one);
    next.push(...sourcesOf(one, wires));
  }
  return wanted;
}
