import { current, type Draft } from 'immer';
import type { Binding, Design, Edge, EdgeKind, Node } from '#shared/contract/design.ts';
import type { Lane } from '#shared/contract/kinds.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import { defaultParams, kindOf, specOf, type PaletteEntry } from '#renderer/client/catalogue.ts';
import { change, type DocumentStore } from './document.ts';
import { joinFrames } from './frames.ts';
import { freshIds } from './ids.ts';
import { indexOf, inputOf, judgeWire, outputOf, typesFrom } from '../ports.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface End {
  readonly node: string;
  readonly port: string;
}

export interface Wire {
  readonly from: End;
  readonly to: End;
  readonly kind?: EdgeKind;
}

type Board = Draft<Design>['board'];

function nodeOf(design: Draft<Design>, id: string): Draft<Node> | undefined {
  return design.board.nodes.find((node) => node.id === id);
}

/** A new node for what was chosen in the palette; its id is returned. */
export function addNode(
  document: DocumentStore,
  entry: PaletteEntry,
  at: Point & { readonly lane?: Lane },
  wire?: (id: string) => Wire | null,
): string {
  const design = document.getState().design;
  const spec = specOf(entry.component);
  const [id] = freshIds(design, [entry.component ?? entry.kind.split('.').at(-1) ?? 'node']);
  const node: Node = {
    id,
    kind: entry.kind,
    title: entry.title,
    lane: at.lane ?? kindOf(entry.kind).lane,
    x: Math.round(at.x),
    y: Math.round(at.y),
  };
  if (spec !== undefined) node.binding = { component: spec.id, version: spec.version, params: defaultParams(spec) };
  change(document, `Add ${entry.title}`, (draft) => {
    draft.board.nodes.push(node);
    joinFrames(draft.board);
    const wanted = wire?.(id);
    if (wanted !== undefined && wanted !== null) pushWire(draft, wanted);
  });
  return id;
}

function storedPort(node: Draft<Node> | undefined, port: string): string | undefined {
  return specOf(node?.binding?.component) === undefined ? undefined : port;
}

function pushWire(draft: Draft<Design>, wire: Wire): string {
  const [id] = freshIds(draft as Design, [`${wire.from.node}-${wire.to.node}`]);
  const target = nodeOf(draft, wire.to.node);
  const edge: Edge = { id, from: wire.from.node, to: wire.to.node };
  const fromPort = storedPort(nodeOf(draft, wire.from.node), wire.from.port);
  const toPort = storedPort(target, wire.to.port);
  if (fromPort !== undefined) edge.fromPort = fromPort;
  if (toPort !== undefined) edge.toPort = toPort;
  if (wire.kind !== undefined) edge.kind = wire.kind;
  if (target !== undefined && inputOf(target as Node, wire.to.port)?.many === false) {
    draft.board.edges = draft.board.edges.filter(
      (one) => one.to !== wire.to.node || inputOf(target as Node, one.toPort ?? wire.to.port)?.id !== wire.to.port,
    );
  }
  draft.board.edges.push(edge);
  return id;
}

/** Draws an edge; one that a single-wire port already had is replaced. */
export function connect(document: DocumentStore, wire: Wire): void {
  const design = document.getState().design;
  const name = (id: string): string => design.board.nodes.find((node) => node.id === id)?.title ?? id;
  change(document, `Connect ${name(wire.from.node)} to ${name(wire.to.node)}`, (draft) => {
    pushWire(draft, wire);
  });
}

/** Moves an end of an edge to another port; what is said about the edge stays with it. */
export function reconnect(document: DocumentStore, edge: string, wire: Wire): void {
  change(document, 'Reconnect', (draft) => {
    const before = current(draft).board.edges.find((one) => one.id === edge);
    draft.board.edges = draft.board.edges.filter((one) => one.id !== edge);
    const id = pushWire(draft, wire);
    const { from: _from, to: _to, fromPort: _fromPort, toPort: _toPort, id: _id, kind, ...said } = before ?? {};
    const made = draft.board.edges.find((one) => one.id === id);
    if (made === undefined) return;
    Object.assign(made, said);
    if (made.kind === undefined && kind !== undefined && kind !== 'feedback') made.kind = kind;
  });
}

function dropDangling(board: Board): void {
  const ids = new Set(board.nodes.map((node) => node.id));
  board.edges = board.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
}

/** The wires between what stays that led through what goes, however many nodes in a row that is. */
function healed(board: Design['board'], gone: ReadonlySet<string>): Wire[] {
  const { outOf } = indexOf(board);
  const found: Wire[] = [];
  for (const first of board.edges.filter((edge) => gone.has(edge.to) && !gone.has(edge.from))) {
    const seen = new Set([first.to]);
    const stack = [first.to];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      for (const edge of outOf.get(id) ?? []) {
        if (gone.has(edge.id) || edge.kind === 'feedback') continue;
        if (!gone.has(edge.to))
          found.push({
            from: { node: first.from, port: first.fromPort ?? '' },
            to: { node: edge.to, port: edge.toPort ?? '' },
          });
        else if (!seen.has(edge.to)) {
          seen.add(edge.to);
          stack.push(edge.to);
        }
      }
    }
  }
  return found;
}

/** Joins the neighbours of what goes, where a hand could join them as well. */
function heal(draft: Draft<Design>, wires: readonly Wire[]): void {
  for (const { from, to } of wires) {
    const board = current(draft).board;
    const index = indexOf(board);
    const [source, target] = [index.nodes.get(from.node), index.nodes.get(to.node)];
    if (source === undefined || target === undefined) continue;
    const out = outputOf(source, from.port);
    const into = inputOf(target, to.port, typesFrom(index, from.node, from.port));
    if (out === undefined || into === undefined) continue;
    const wire: Wire = { from: { node: from.node, port: out.id }, to: { node: to.node, port: into.id } };
    const verdict = judgeWire(board, wire.from, wire.to);
    if (verdict.refusal === null && !verdict.feedback) pushWire(draft, wire);
  }
}

interface Removing {
  /** Joins the neighbours of what goes. */
  readonly healing?: boolean;
  readonly label?: string;
}

/** Takes nodes, frames, notes and edges off the board, with the edges that would dangle. */
export function removeParts(
  document: DocumentStore,
  ids: readonly string[],
  { healing = false, label }: Removing = {},
): void {
  const gone = new Set(ids);
  change(document, label ?? (ids.length === 1 ? 'Delete' : `Delete ${ids.length} parts`), (draft) => {
    const board = draft.board;
    const joined = healing ? healed(current(draft).board, gone) : [];
    board.nodes = board.nodes.filter((node) => !gone.has(node.id));
    board.edges = board.edges.filter((edge) => !gone.has(edge.id));
    if (board.frames !== undefined) board.frames = board.frames.filter((frame) => !gone.has(frame.id));
    if (board.notes !== undefined) board.notes = board.notes.filter((note) => !gone.has(note.id));
    for (const node of board.nodes) if (node.frame !== undefined && gone.has(node.frame)) delete node.frame;
    dropDangling(board);
    heal(draft, joined);
  });
}

/** Binds a node to a component with its defaults, keeping parameters of the same name and the edges that still fit. */
export function bind(document: DocumentStore, id: string, component: string): void {
  const spec = specOf(component);
  if (spec === undefined) return;
  change(document, `Bind to ${spec.title}`, (draft) => {
    const node = nodeOf(draft, id);
    if (node === undefined) return;
    const before = node.binding?.params ?? {};
    const kept = Object.entries(before).filter(
      ([name]) => Object.hasOwn(spec.params, name) && typeof before[name] === typeof spec.params[name].default,
    );
    node.binding = {
      component,
      version: spec.version,
      params: { ...defaultParams(spec), ...Object.fromEntries(kept) },
    } as Draft<Binding>;
    refit(draft, node);
  });
}

/** Gives the edges of a node ports that it has: by type, else none. */
function refit(draft: Draft<Design>, node: Draft<Node>): void {
  for (const edge of draft.board.edges) {
    if (edge.from === node.id) {
      const port = outputOf(node as Node, edge.fromPort);
      if (port === undefined || specOf(node.binding?.component) === undefined) delete edge.fromPort;
      else edge.fromPort = port.id;
    }
    if (edge.to !== node.id) continue;
    const source = nodeOf(draft, edge.from);
    const types = source === undefined ? [] : (outputOf(source as Node, edge.fromPort)?.types ?? []);
    const port = inputOf(node as Node, edge.toPort, types);
    if (port === undefined || specOf(node.binding?.component) === undefined) delete edge.toPort;
    else edge.toPort = port.id;
  }
}

export function unbind(document: DocumentStore, id: string): void {
  change(document, 'Unbind', (draft) => {
    const node = nodeOf(draft, id);
    if (node === undefined) return;
    delete node.binding;
    refit(draft, node);
  });
}

export function setParam(document: DocumentStore, id: string, name: string, value: StoredParams[string]): void {
  change(
    document,
    `Change ${name}`,
    (draft) => {
      const binding = nodeOf(draft, id)?.binding;
      if (binding !== undefined) binding.params[name] = value as number;
    },
    `param:${id}:${name}`,
  );
}

/** Changes fields of a node: title, notes, kind, lane, attributes. */
export function setNode(
  document: DocumentStore,
  id: string,
  label: string,
  fields: Partial<Node>,
  merge: string | null = null,
): void {
  change(
    document,
    label,
    (draft) => {
      const node = nodeOf(draft, id);
      if (node !== undefined) Object.assign(node, fields);
    },
    merge,
  );
}

/** Turns nodes off or bypasses them; on again where all of them already are. */
export function toggleMode(document: DocumentStore, ids: readonly string[], mode: 'off' | 'bypass'): void {
  const design = document.getState().design;
  const nodes = design.board.nodes.filter((node) => ids.includes(node.id));
  if (nodes.length === 0) return;
  const back = nodes.every((node) => node.mode === mode);
  const verb = mode === 'off' ? 'Turn off' : 'Bypass';
  change(
    document,
    back ? 'Turn on' : `${verb} ${nodes.length === 1 ? nodes[0].title : `${nodes.length} nodes`}`,
    (draft) => {
      for (const node of draft.board.nodes) {
        if (!ids.includes(node.id)) continue;
        if (back) delete node.mode;
        else node.mode = mode;
      }
    },
  );
}

export function setEdgeKind(document: DocumentStore, id: string, kind: EdgeKind): void {
  change(document, 'Change edge', (draft) => {
    const edge = draft.board.edges.find((one) => one.id === id);
    if (edge !== undefined) edge.kind = kind;
  });
}
