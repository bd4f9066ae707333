import type { BoardNode } from './projection.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'spread-x' | 'spread-y';

interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function placed(nodes: readonly BoardNode[]): readonly Placed[] {
  return nodes.map((node) => ({
    id: node.id,
    x: node.position.x,
    y: node.position.y,
    width: node.width ?? 0,
    height: node.height ?? 0,
  }));
}

function spread(
  boxes: readonly Placed[],
  at: 'x' | 'y',
  extent: 'width' | 'height',
): Map<string, { x: number; y: number }> {
  const sorted = [...boxes].sort((a, b) => a[at] - b[at]);
  const last = sorted[sorted.length - 1];
  const inner = sorted.reduce((sum, box) => sum + box[extent], 0);
  const gap = (last[at] + last[extent] - sorted[0][at] - inner) / (sorted.length - 1);
  let next = sorted[0][at];
  const places = new Map<string, { x: number; y: number }>();
  for (const box of sorted) {
    places.set(box.id, { x: box.x, y: box.y, [at]: next });
    next += box[extent] + gap;
  }
  return places;
}

/** Where nodes go when they are aligned with each other, or spread evenly. */
export function aligned(nodes: readonly BoardNode[], how: Alignment): Map<string, { x: number; y: number }> {
  const boxes = placed(nodes);
  if (boxes.length < 2) return new Map();
  if (how === 'spread-x') return spread(boxes, 'x', 'width');
  if (how === 'spread-y') return spread(boxes, 'y', 'height');
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const place = (box: Placed): { x: number; y: number } => {
    switch (how) {
      case 'left':
        return { x: left, y: box.y };
      case 'right':
        return { x: right - box.width, y: box.y };
      case 'center':
        return { x: (left + right - box.width) / 2, y: box.y };
      case 'top':
        return { x: box.x, y: top };
      case 'bottom':
        return { x: box.x, y: bottom - box.height };
      case 'middle':
        return { x: box.x, y: (top + bottom - box.height) / 2 };
    }
  };
  return new Map(boxes.map((box) => [box.id, place(box)]));
}

/** The nearest node in a direction from one node: what the arrow keys walk to. */
export function neighbour(nodes: readonly BoardNode[], from: BoardNode, key: string): BoardNode | undefined {
  const centre = (node: BoardNode): { x: number; y: number } => ({
    x: node.position.x + (node.width ?? 0) / 2,
    y: node.position.y + (node.height ?? 0) / 2,
  });
  const here = centre(from);
  const horizontal = key === 'ArrowLeft' || key === 'ArrowRight';
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  let best: BoardNode | undefined;
  let least = Infinity;
  for (const node of nodes) {
    if (node.id === from.id || node.type === 'frame') continue;
    const there = centre(node);
    const along = sign * (horizontal ? there.x - here.x : there.y - here.y);
    const across = Math.abs(horizontal ? there.y - here.y : there.x - here.x);
    const cost = along + 2.2 * across;
    if (along > 4 && cost < least) [best, least] = [node, cost];
  }
  return best;
}
