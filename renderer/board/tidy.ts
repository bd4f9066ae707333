import ELK from 'elkjs/lib/elk-api.js';
import workerAddress from 'elkjs/lib/elk-worker.min.js?url';
import type { Design } from '#shared/contract/design.ts';
import { blocksOf, stacked, type Block, type Point } from './tidy-blocks.ts';

const limits = { nodes: 1_500 } as const;
const room = { column: 56, row: 26 } as const;

/** Where ELK, in its worker, puts the blocks of a board: their columns and their order. */
async function layered(board: Design['board'], blocks: readonly Block[]): Promise<ReadonlyMap<string, Point>> {
  const blockOf = new Map(blocks.flatMap((block) => [...block.nodes].map((id) => [id, block.id] as const)));
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
      children: blocks.map(({ id, width, height }) => ({ id, width, height })),
      edges: board.edges
        .filter((edge) => edge.kind !== 'feedback')
        .map((edge) => ({ id: edge.id, from: blockOf.get(edge.from) ?? '', to: blockOf.get(edge.to) ?? '' }))
        .filter((edge) => edge.from !== edge.to)
        .map((edge) => ({ id: edge.id, sources: [edge.from], targets: [edge.to] })),
    });
    return new Map((laid.children ?? []).map((child) => [child.id, { x: child.x ?? 0, y: child.y ?? 0 }]));
  } finally {
    elk.terminateWorker();
  }
}

/**
 * Lays a board out from left to right, lanes from top to bottom; what is framed stays together as it is, what is pinned
 * stays where it is. Null where the board is too large for it.
 */
export async function tidyPlaces(board: Design['board']): Promise<Map<string, Point> | null> {
  if (board.nodes.length > limits.nodes) return null;
  const blocks = blocksOf(board);
  return stacked(board, blocks, await layered(board, blocks));
}
