import ELK from 'elkjs/lib/elk-api.js';
import workerAddress from 'elkjs/lib/elk-worker.min.js?url';
import type { Design } from '#shared/contract/design.ts';
import { lanes } from '#shared/contract/kinds.ts';
import { laneOf } from '#renderer/client/catalogue.ts';
import { sizeOf } from './node-size.ts';

const limits = { nodes: 1_500 } as const;
const room = { column: 56, row: 26, lane: 84 } as const;

/**
 * Lays a board out from left to right: ELK (in its worker) finds the column and the order of each node, the lanes keep
 * their place from top to bottom. Null where the board is too large for it.
 */
export async function tidyPlaces(board: Design['board']): Promise<Map<string, { x: number; y: number }> | null> {
  if (board.nodes.length > limits.nodes) return null;
  const elk = new ELK({ workerUrl: workerAddress });
  try {
    const laid = await elk.layout({
      id: 'board',
      layoutOptions: {
        'elk.algorithm': 'layered',
        'elk.direction': 'RIGHT',
        'elk.layered.spacing.nodeNodeBetweenLayers': String(room.column),
        'elk.spacing.nodeNode': String(room.row),
        'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      },
      children: board.nodes.map((node) => ({ id: node.id, ...sizeOf(node) })),
      edges: board.edges
        .filter((edge) => edge.kind !== 'feedback')
        .map((edge) => ({ id: edge.id, sources: [edge.from], targets: [edge.to] })),
    });
    const found = new Map((laid.children ?? []).map((child) => [child.id, { x: child.x ?? 0, y: child.y ?? 0 }]));
    return stackLanes(board, found);
  } finally {
    elk.terminateWorker();
  }
}

function stackLanes(
  board: Design['board'],
  found: ReadonlyMap<string, { x: number; y: number }>,
): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  let top = 0;
  for (const lane of lanes) {
    const nodes = board.nodes.filter((node) => laneOf(node) === lane);
    if (nodes.length === 0) continue;
    const columns = new Map<number, typeof nodes>();
    for (const node of nodes) {
      const column = Math.round(((found.get(node.id)?.x ?? 0) + sizeOf(node).width / 2) / 80);
      columns.set(column, [...(columns.get(column) ?? []), node]);
    }
    const heights = [...columns.values()].map((column) =>
      column.reduce((sum, node) => sum + sizeOf(node).height + room.row, -room.row),
    );
    const tallest = Math.max(...heights);
    for (const column of columns.values()) {
      const sorted = [...column].sort((a, b) => (found.get(a.id)?.y ?? 0) - (found.get(b.id)?.y ?? 0));
      const height = sorted.reduce((sum, node) => sum + sizeOf(node).height + room.row, -room.row);
      let y = top + (tallest - height) / 2;
      for (const node of sorted) {
        places.set(node.id, { x: found.get(node.id)?.x ?? 0, y });
        y += sizeOf(node).height + room.row;
      }
    }
    top += tallest + room.lane;
  }
  return places;
}
