import type { Design, Edge } from '#shared/contract/design.ts';
import { stageOf } from '../stages.ts';

type Board = Design['board'];

function served({ nodes }: Board): string[] {
  const stages = new Set(['retrieval', 'ranking', 'reranking']);
  return nodes.filter((node) => stages.has(stageOf(node.binding?.component ?? '') ?? '')).map((node) => node.id);
}

/** What is reached from some nodes along edges, through whatever is only drawn; each edge is followed once. */
function reached(starts: readonly string[], edges: readonly Edge[], board: Board, way: 'from' | 'to'): Set<string> {
  const drawn = new Set(board.nodes.filter((node) => node.binding === undefined).map((node) => node.id));
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const [here, there] = way === 'from' ? [edge.from, edge.to] : [edge.to, edge.from];
    const those = next.get(here);
    if (those === undefined) next.set(here, [there]);
    else those.push(there);
  }
  const found = new Set(starts);
  for (const id of found) for (const to of next.get(id) ?? []) if (drawn.has(to)) found.add(to);
  return found;
}

/** The edges that a request travels, by id: between serving stages, through whatever is only drawn, to the list. */
export function requestPath({ board }: Design): ReadonlySet<string> {
  const edges = board.edges.filter((edge) => !['artifact', 'feedback', 'control'].includes(edge.kind ?? ''));
  const serving = served(board);
  const lists = board.nodes.filter((node) => node.kind === 'list' && node.binding === undefined).map(({ id }) => id);
  const after = reached(serving, edges, board, 'from');
  const before = reached([...serving, ...lists], edges, board, 'to');
  return new Set(edges.filter((edge) => after.has(edge.from) && before.has(edge.to)).map((edge) => edge.id));
}
