import type { ComponentSpec, InputPort } from '#shared/contract/component.ts';
import type { Edge, Node } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { PortType } from '#shared/contract/values.ts';
import type { Source } from './plan.ts';

/** Edges of these kinds say something about the design and never carry a value. */
const drawnOnly = new Set(['feedback', 'control', 'async']);

export interface Wiring {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Spec of every node that runs; nodes that are drawn or bypassed are absent and pass on what they receive. */
  readonly running: ReadonlyMap<string, ComponentSpec>;
  readonly edges: readonly Edge[];
}

interface Arrival {
  readonly source: Source;
  readonly type: PortType;
  /** The last edge on the way. */
  readonly edge: Edge;
  /** Whether no drawn or bypassed node lies between. */
  readonly direct: boolean;
}

/** Wires of every running node, by input port, in the order of the edges. */
export function resolveWires(wiring: Wiring): Map<string, Record<string, Source[]>> {
  checkEdges(wiring);
  const incoming = new Map<string, Edge[]>();
  for (const edge of wiring.edges) {
    if (drawnOnly.has(edge.kind ?? 'batch')) continue;
    const list = incoming.get(edge.to);
    if (list === undefined) incoming.set(edge.to, [edge]);
    else list.push(edge);
  }
  const wires = new Map<string, Record<string, Source[]>>();
  for (const [id, spec] of wiring.running) wires.set(id, wiresInto(id, spec, incoming, wiring));
  return wires;
}

function checkEdges({ nodes, running, edges }: Wiring): void {
  for (const edge of edges) {
    for (const end of [edge.from, edge.to]) {
      if (!nodes.has(end)) {
        throw new RunboardError('bad-board', `edge ${edge.id} ends at ${end}, which is not on the board`, {
          where: `edge ${edge.id}`,
          remedy: 'remove the edge or add the node',
        });
      }
    }
    const from = running.get(edge.from);
    const to = running.get(edge.to);
    if (from !== undefined && edge.fromPort !== undefined && !Object.hasOwn(from.outputs, edge.fromPort)) {
      throw wrongPort(edge, `${from.id} gives no ${edge.fromPort}`, Object.keys(from.outputs));
    }
    if (to !== undefined && edge.toPort !== undefined && !Object.hasOwn(to.inputs, edge.toPort)) {
      throw wrongPort(edge, `${to.id} takes no ${edge.toPort}`, Object.keys(to.inputs));
    }
  }
}

function wrongPort(edge: Edge, what: string, ports: readonly string[]): RunboardError {
  return new RunboardError('bad-board', what, {
    where: `edge ${edge.id}`,
    remedy: `use ${ports.length === 0 ? 'no wire' : ports.join(' or ')}`,
  });
}

function wiresInto(
  id: string,
  spec: ComponentSpec,
  incoming: ReadonlyMap<string, Edge[]>,
  wiring: Wiring,
): Record<string, Source[]> {
  const filled: Record<string, Source[]> = {};
  for (const edge of incoming.get(id) ?? []) {
    const arrivals = arrivalsOver(edge, incoming, wiring, true, new Set([id]));
    let taken = false;
    for (const arrival of arrivals) {
      const port = portFor(edge, arrival, spec, filled);
      if (port === undefined) continue;
      const list = (filled[port] ??= []);
      if (!list.some((one) => one.node === arrival.source.node && one.port === arrival.source.port))
        list.push(arrival.source);
      taken = true;
    }
    if (!taken) refuseWire(edge, arrivals, id, spec, filled);
  }
  for (const [port, input] of Object.entries(spec.inputs)) {
    if (filled[port] === undefined && input.optional !== true && input.many !== true) {
      throw new RunboardError('bad-board', `nothing is wired to ${port} of ${spec.title}`, {
        where: `node ${id}`,
        remedy: `connect a ${input.types.join(' or ')}`,
      });
    }
    if (input.many === true && input.optional !== true && (filled[port]?.length ?? 0) === 0) {
      throw new RunboardError('bad-board', `nothing is wired to ${port} of ${spec.title}`, {
        where: `node ${id}`,
        remedy: `connect at least one ${input.types.join(' or ')}`,
      });
    }
  }
  return filled;
}

/** What an edge brings: the outputs of its start, or what its start passes on. */
function arrivalsOver(
  edge: Edge,
  incoming: ReadonlyMap<string, Edge[]>,
  wiring: Wiring,
  direct: boolean,
  seen: Set<string>,
): Arrival[] {
  const spec = wiring.running.get(edge.from);
  if (spec !== undefined) {
    const ports = edge.fromPort === undefined ? Object.keys(spec.outputs) : [edge.fromPort];
    return ports.map((port) => ({ source: { node: edge.from, port }, type: spec.outputs[port].type, edge, direct }));
  }
  if (seen.has(edge.from)) return [];
  const further = new Set(seen).add(edge.from);
  return (incoming.get(edge.from) ?? []).flatMap((one) => arrivalsOver(one, incoming, wiring, false, further));
}

/** The input port that takes an arrival: the one named, else the first free one of its type. */
function portFor(
  edge: Edge,
  arrival: Arrival,
  spec: ComponentSpec,
  filled: Readonly<Record<string, Source[]>>,
): string | undefined {
  const takes = (port: string, input: InputPort): boolean =>
    input.types.includes(arrival.type) && (input.many === true || filled[port] === undefined);
  if (edge.toPort !== undefined) return takes(edge.toPort, spec.inputs[edge.toPort]) ? edge.toPort : undefined;
  // Without a named input, each output that the edge brings goes to the first free port of its type.
  return Object.entries(spec.inputs).find(([port, input]) => takes(port, input))?.[0];
}

function refuseWire(
  edge: Edge,
  arrivals: readonly Arrival[],
  id: string,
  spec: ComponentSpec,
  filled: Readonly<Record<string, Source[]>>,
): void {
  // A path through drawn boxes that brings nothing of use is part of the drawing.
  if (arrivals.length === 0 || arrivals.some((arrival) => !arrival.direct)) {
    if (edge.toPort === undefined || arrivals.length === 0) return;
  }
  const given = [...new Set(arrivals.map((arrival) => arrival.type))].join(' or ');
  if (edge.toPort !== undefined) {
    const input = spec.inputs[edge.toPort];
    const what = input.types.some((type) => arrivals.some((arrival) => arrival.type === type))
      ? `${edge.toPort} of ${spec.title} is wired already (${filled[edge.toPort]?.map((one) => one.node).join(', ')})`
      : `${edge.toPort} of ${spec.title} takes ${input.types.join(' or ')}, not ${given}`;
    throw new RunboardError('bad-board', what, {
      where: `edge ${edge.id} into node ${id}`,
      remedy: 'wire it elsewhere, or remove it',
    });
  }
  throw new RunboardError('bad-board', `${spec.title} has no free input for ${given}`, {
    where: `edge ${edge.id} into node ${id}`,
    remedy: `it takes ${Object.entries(spec.inputs)
      .map(([port, input]) => `${port} (${input.types.join(' or ')})`)
      .join(', ')}`,
  });
}
