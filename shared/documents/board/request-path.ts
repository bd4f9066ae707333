import type { Design } from '#shared/contract/design.ts';
import { stageOf } from '../stages.ts';

/** The edges that a request travels, by id: between serving stages, through whatever is only drawn, to the list. */
export function requestPath(design: Design): ReadonlySet<string> {
  const nodes = new Map(design.board.nodes.map((node) => [node.id, node]));
  const edges = design.board.edges.filter((edge) => !['artifact', 'feedback', 'control'].includes(edge.kind ?? ''));
  const serves = (id: string): boolean => {
    const stage = stageOf(nodes.get(id)?.binding?.component ?? '');
    return stage === 'retrieval' || stage === 'ranking' || stage === 'reranking';
  };
  const reaches = (id: string, way: 'from' | 'to', seen: readonly string[]): boolean => {
    if (serves(id)) return true;
    const node = nodes.get(id);
    if (node === undefined || node.binding !== undefined || seen.includes(id)) return false;
    if (way === 'to' && node.kind === 'list') return true;
    const back = way === 'from' ? 'to' : 'from';
    return edges.some((edge) => edge[back] === id && reaches(edge[way], way, [...seen, id]));
  };
  return new Set(
    edges.filter((edge) => reaches(edge.from, 'from', []) && reaches(edge.to, 'to', [])).map((edge) => edge.id),
  );
}
