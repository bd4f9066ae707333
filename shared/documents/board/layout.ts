import type { Design, Node } from '#shared/contract/design.ts';
import { lanes } from '#shared/contract/kinds.ts';
import type { Lane } from '#shared/contract/kinds.ts';
import { laneOf } from './lanes.ts';

/** Size of a node that the design gives none: drawn and bound ones alike, so that rows are straight. */
const nodeSize = { width: 184, height: 58 } as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LaneBand extends Box {
  readonly lane: Lane;
}

export interface BoardLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  /** Top to bottom; empty where the lanes of the drawing run into each other. */
  readonly bands: readonly LaneBand[];
  readonly bounds: Box;
}

const pad = 26;

function boxOf(node: Node): Box {
  return {
    x: node.x,
    y: node.y,
    width: Math.max(60, node.width ?? nodeSize.width),
    height: Math.max(nodeSize.height, node.height ?? 0),
  };
}

export function layoutBoard(design: Design): BoardLayout {
  const boxes = new Map(design.board.nodes.map((node) => [node.id, boxOf(node)]));
  const others = (design.board.frames ?? []).map((frame): Box => frame);
  const notes = (design.board.notes ?? []).map((note) => noteBox(note));
  const inner = around([...boxes.values(), ...others, ...notes]);
  const bands = lanesOf(design, boxes, inner);
  return { boxes, bands, bounds: around([inner, ...bands]) };
}

export function noteBox(note: {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly text: readonly string[];
}): Box {
  return {
    x: note.x,
    y: note.y,
    width: note.width ?? 200,
    height: note.height ?? 24 + 16 * Math.max(1, note.text.length),
  };
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 400, height: 120 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** One band per lane, as wide as the board; neighbours meet half way between their nodes. */
function lanesOf(design: Design, boxes: ReadonlyMap<string, Box>, inner: Box): LaneBand[] {
  const spans: { lane: Lane; top: number; bottom: number }[] = [];
  for (const lane of lanes) {
    const here = design.board.nodes.filter((node) => laneOf(node) === lane).map((node) => boxes.get(node.id) as Box);
    if (here.length > 0)
      spans.push({
        lane,
        top: Math.min(...here.map((box) => box.y)),
        bottom: Math.max(...here.map((box) => box.y + box.height)),
      });
  }
  spans.sort((a, b) => a.top - b.top);
  if (spans.some((span, i) => i > 0 && span.top < spans[i - 1].bottom)) return [];
  return spans.map(({ lane, top, bottom }, i) => {
    const above = i === 0 ? pad : Math.min(pad, (top - spans[i - 1].bottom) / 2 - 3);
    const below = i === spans.length - 1 ? pad : Math.min(pad, (spans[i + 1].top - bottom) / 2 - 3);
    return {
      lane,
      x: inner.x - pad,
      y: top - above,
      width: inner.width + 2 * pad,
      height: bottom - top + above + below,
    };
  });
}
