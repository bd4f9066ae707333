import { Position, type Edge as FlowEdge, type Node as FlowNode, type NodeHandle } from '@xyflow/react';
import type { Design, Edge, Frame, Node, Note } from '#shared/contract/design.ts';
import { bareSide, endsOf, type Port } from '#renderer/client/catalogue.ts';
import { noteSize, portPlace, sizeOf, type Size } from './node-size.ts';
import { indexOf, inputOf, outputOf } from './ports.ts';

export type Part = Node | Frame | Note;
export interface PartData extends Record<string, unknown> {
  readonly id: string;
}
export type PartKind = 'box' | 'frame' | 'note';
export type BoardNode = FlowNode<PartData, PartKind>;
export type BoardEdge = FlowEdge<PartData, 'wire'>;

export interface Projection {
  readonly nodes: BoardNode[];
  readonly edges: BoardEdge[];
}

const layers: Readonly<Record<PartKind, number>> = { frame: -1, note: 0, box: 1 };

/** The side of a port as it is drawn: a dot of 8 by 8 whose middle lies on the inner edge of a border of 1. */
const dot = { size: 8, border: 1 } as const;

/** The ports of one side of a node, as React Flow is told them. */
export function handlesOn(ports: readonly Port[], type: 'source' | 'target', { width, height }: Size): NodeHandle[] {
  const x = type === 'target' ? dot.border : width - dot.border;
  return ports.map((port, at) => ({
    id: port.id,
    type,
    position: type === 'target' ? Position.Left : Position.Right,
    x: x - dot.size / 2,
    y: dot.border + ((height - 2 * dot.border) * portPlace(at, ports.length)) / 100 - dot.size / 2,
    width: dot.size,
    height: dot.size,
  }));
}

function isNode(part: Part): part is Node {
  return 'kind' in part;
}

/** Ports are told beforehand, not measured: edges are drawn together with their nodes. */
function handlesOf(part: Part, size: Size, before: NodeHandle[] | undefined): NodeHandle[] {
  const { inputs, outputs } = isNode(part) ? endsOf(part) : { inputs: [], outputs: [] };
  const handles = [...handlesOn(inputs, 'target', size), ...handlesOn(outputs, 'source', size)];
  const same =
    before?.length === handles.length &&
    handles.every((one, at) => one.id === before[at].id && one.x === before[at].x && one.y === before[at].y);
  return same ? before : handles;
}

function projectPart(part: Part, type: PartKind, size: Size, before?: BoardNode): BoardNode {
  return {
    ...before,
    id: part.id,
    type,
    position: { x: part.x, y: part.y },
    ...size,
    measured: { ...size },
    handles: handlesOf(part, size, before?.handles),
    data: before?.data ?? { id: part.id },
    selected: before?.selected ?? false,
    zIndex: layers[type],
    ...(type === 'frame' ? { dragHandle: '.frame-title', style: { pointerEvents: 'none' } as const } : {}),
  };
}

function projectEdge(edge: Edge, design: Design, before: BoardEdge | undefined): BoardEdge {
  const index = indexOf(design.board);
  const [source, target] = [index.nodes.get(edge.from), index.nodes.get(edge.to)];
  const sourceHandle = source === undefined ? null : (outputOf(source, edge.fromPort) ?? bareSide).id;
  const types = source === undefined ? [] : (outputOf(source, edge.fromPort)?.types ?? []);
  const targetHandle = target === undefined ? null : (inputOf(target, edge.toPort, types) ?? bareSide).id;
  if (
    before !== undefined &&
    before.sourceHandle === sourceHandle &&
    before.targetHandle === targetHandle &&
    before.source === edge.from &&
    before.target === edge.to
  )
    return before;
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from,
    target: edge.to,
    sourceHandle,
    targetHandle,
    data: { id: edge.id },
    selected: false,
    reconnectable: false,
  };
}

interface Known {
  readonly source: Part | Edge;
  readonly shown: BoardNode | BoardEdge;
}

/** Projects designs for React Flow, keeping the identity of what did not change. */
export function projector(): (design: Design) => Projection {
  let knownParts = new Map<string, Known>();
  let knownEdges = new Map<string, Known>();
  return (design) => {
    const parts = new Map<string, Known>();
    const edges = new Map<string, Known>();
    const keep = (part: Part, type: PartKind, size: Size): BoardNode => {
      const known = knownParts.get(part.id);
      const shown =
        known?.source === part
          ? (known.shown as BoardNode)
          : projectPart(part, type, size, known?.shown as BoardNode | undefined);
      parts.set(part.id, { source: part, shown });
      return shown;
    };
    const { frames = [], notes = [], nodes } = design.board;
    const shownNodes = [
      ...frames.map((frame) => keep(frame, 'frame', { width: frame.width, height: frame.height })),
      ...notes.map((note) => keep(note, 'note', noteSize(note))),
      ...nodes.map((node) => keep(node, 'box', sizeOf(node))),
    ];
    const wires = design.board.edges.map((edge) => {
      const shown = projectEdge(edge, design, knownEdges.get(edge.id)?.shown as BoardEdge | undefined);
      edges.set(edge.id, { source: edge, shown });
      return shown;
    });
    [knownParts, knownEdges] = [parts, edges];
    return { nodes: shownNodes, edges: wires };
  };
}
