import type { Design, Edge, Node } from '#shared/contract/design.ts';
import type { PortType } from '#shared/contract/values.ts';
import { portsOf, specOf, type PaletteEntry, type Port } from '#renderer/client/catalogue.ts';

/** The output that an edge leaves from: the named one, else the first. */
export function outputOf(node: Node, port: string | undefined): Port | undefined {
  const { outputs } = portsOf(node);
  return outputs.find((one) => one.id === port) ?? outputs[0];
}

/** The input that an edge ends in: the named one, else the first that takes one of `types`, else the first. */
export function inputOf(node: Node, port: string | undefined, types: readonly PortType[] = []): Port | undefined {
  const { inputs } = portsOf(node);
  const named = inputs.find((one) => one.id === port);
  return named ?? inputs.find((one) => types.some((type) => one.types.includes(type))) ?? inputs[0];
}

interface Index {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: ReadonlyMap<string, Edge>;
  readonly into: ReadonlyMap<string, readonly Edge[]>;
  readonly outOf: ReadonlyMap<string, readonly Edge[]>;
}

const indexes = new WeakMap<object, { nodes: readonly Node[]; index: Index }>();

function grouped(edges: readonly Edge[], key: 'from' | 'to'): ReadonlyMap<string, readonly Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[key]);
    if (group === undefined) groups.set(edge[key], [edge]);
    else group.push(edge);
  }
  return groups;
}

/** Nodes by id and edges by end: built once per array of edges, not scanned per question. */
export function indexOf(board: Design['board']): Index {
  const known = indexes.get(board.edges);
  if (known !== undefined && known.nodes === board.nodes) return known.index;
  const index = {
    nodes: new Map(board.nodes.map((node) => [node.id, node])),
    edges: new Map(board.edges.map((edge) => [edge.id, edge])),
    into: grouped(board.edges, 'to'),
    outOf: grouped(board.edges, 'from'),
  };
  indexes.set(board.edges, { nodes: board.nodes, index });
  return index;
}

/** What comes out of a port: the type of its component, or of whatever a drawn node receives; empty where nothing is known. */
export function typesFrom(index: Index, id: string, port: string | undefined): readonly PortType[] {
  const types = new Set<PortType>();
  const seen = new Set<string>();
  const givers = [{ from: id, fromPort: port }];
  for (const { from, fromPort } of givers) {
    const node = index.nodes.get(from);
    if (node === undefined || seen.has(from)) continue;
    if (specOf(node.binding?.component) !== undefined) {
      for (const type of outputOf(node, fromPort)?.types ?? []) types.add(type);
      continue;
    }
    seen.add(from);
    for (const edge of index.into.get(from) ?? []) givers.push({ from: edge.from, fromPort: edge.fromPort });
  }
  return [...types];
}

function reaches(index: Index, from: string, to: string): boolean {
  const seen = new Set<string>();
  const stack = [from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of index.outOf.get(id) ?? []) if (edge.kind !== 'feedback') stack.push(edge.to);
  }
  return false;
}

export interface Verdict {
  /** Why the wire is refused; null where it may be drawn. */
  readonly refusal: string | null;
  /** A wire that leads back between drawn nodes is drawn as feedback. */
  readonly feedback: boolean;
}

const listed = new Intl.ListFormat('en', { type: 'disjunction' });
const fits: Verdict = { refusal: null, feedback: false };
const refuse = (refusal: string): Verdict => ({ refusal, feedback: false });

/** Whether a wire may be drawn from one port to another, and if not, why, in words for the person drawing it. */
export function judgeWire(
  board: Design['board'],
  from: { node: string; port: string },
  to: { node: string; port: string },
): Verdict {
  const index = indexOf(board);
  const [source, target] = [index.nodes.get(from.node), index.nodes.get(to.node)];
  if (source === undefined || target === undefined) return refuse('that end is not on the board');
  if (source.id === target.id) return refuse('a node cannot feed itself');
  const [out, into] = [outputOf(source, from.port), inputOf(target, to.port)];
  if (out === undefined) return refuse(`${source.title} gives nothing`);
  if (into === undefined) return refuse(`${target.title} takes nothing`);
  const twice = (index.into.get(target.id) ?? []).some(
    (edge) =>
      edge.from === source.id &&
      outputOf(source, edge.fromPort)?.id === out.id &&
      inputOf(target, edge.toPort)?.id === into.id,
  );
  if (twice) return refuse('these two are already connected');
  const types = typesFrom(index, source.id, from.port);
  if (into.types.length > 0 && types.length > 0 && !types.some((type) => into.types.includes(type))) {
    return refuse(
      `“${into.title}” of ${target.title} takes ${listed.format(into.types)}, but ${source.title} gives ${listed.format(types)}`,
    );
  }
  if (!reaches(index, target.id, source.id)) return fits;
  const drawn = specOf(source.binding?.component) === undefined || specOf(target.binding?.component) === undefined;
  return drawn
    ? { refusal: null, feedback: true }
    : refuse(`this would run in a circle: ${target.title} already leads to ${source.title}`);
}

/** Why a component does not fit a node as it is wired. */
export interface Misfit {
  /** What the component takes or gives. */
  readonly component: string;
  /** What the wire that it does not fit gives or takes: alike for all components that this wire rules out. */
  readonly wire: string;
}

/** Why a node cannot be bound to a component as it is wired, in one sentence; null where it can. */
export function judgeBinding(board: Design['board'], id: string, component: string): string | null {
  const misfit = misfitOf(board, id, component);
  return misfit === null ? null : `${misfit.component}, but ${misfit.wire}`;
}

/** The first wire of a node that a component does not fit; null where it fits them all. */
export function misfitOf(board: Design['board'], id: string, component: string): Misfit | null {
  const index = indexOf(board);
  const [node, spec] = [index.nodes.get(id), specOf(component)];
  if (node === undefined || spec === undefined) return null;
  const { inputs, outputs } = portsOf({ binding: { component, version: spec.version, params: {} } });
  const share = (some: readonly PortType[], others: readonly PortType[]): boolean =>
    some.length === 0 || others.length === 0 || some.some((type) => others.includes(type));
  const named = (ports: readonly Port[]): string =>
    ports.length === 0 ? 'nothing' : listed.format([...new Set(ports.flatMap((port) => port.types))]);
  for (const edge of index.into.get(id) ?? []) {
    const types = typesFrom(index, edge.from, edge.fromPort);
    const from = index.nodes.get(edge.from)?.title ?? edge.from;
    if (types.length > 0 && !inputs.some((port) => share(port.types, types)))
      return {
        component: `${spec.title} takes ${named(inputs)}`,
        wire: `${from} gives ${listed.format(types)} to ${node.title}`,
      };
  }
  for (const edge of index.outOf.get(id) ?? []) {
    const target = index.nodes.get(edge.to);
    const into = target === undefined ? undefined : inputOf(target, edge.toPort);
    if (into !== undefined && into.types.length > 0 && !outputs.some((port) => share(port.types, into.types)))
      return {
        component: `${spec.title} gives ${named(outputs)}`,
        wire: `${target?.title} takes ${listed.format(into.types)} from ${node.title}`,
      };
  }
  return null;
}

/** The port of a palette entry that a wire of these types could be joined to; null where there is none. */
export function portForEntry(entry: PaletteEntry, side: 'input' | 'output', types: readonly PortType[]): string | null {
  if (entry.component === undefined) return side === 'input' ? 'in' : 'out';
  const spec = specOf(entry.component);
  const { inputs, outputs } = portsOf({
    binding: spec === undefined ? undefined : { component: spec.id, version: 1, params: {} },
  });
  const ports = side === 'input' ? inputs : outputs;
  return ports.find((port) => types.length === 0 || port.types.some((type) => types.includes(type)))?.id ?? null;
}

/** The wire kind to draw where the design does not say: a model hand-over is an artefact, what monitors is fed apart. */
export function edgeLook(edge: Edge, index: Index): 'plain' | 'model' | 'feedback' | 'faint' | 'aside' {
  if (edge.kind === 'feedback') return 'feedback';
  if (edge.kind === 'artifact') return 'model';
  if (edge.kind === 'control' || edge.kind === 'async') return 'faint';
  const target = index.nodes.get(edge.to);
  const into = target === undefined ? undefined : inputOf(target, edge.toPort);
  if (into?.types.length === 1 && into.types[0] === 'model') return 'model';
  const stage = specOf(target?.binding?.component)?.stage;
  return stage === 'evaluation' ? 'aside' : 'plain';
}
