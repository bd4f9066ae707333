import type { Design } from '#shared/contract/design.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { shortCount } from '../numbers.ts';

/** What flows over each edge in a run, by edge id. What is only drawn passes on what it receives. */
export function edgeCounts(design: Design, run: RunResult | null): ReadonlyMap<string, string> {
  const counts = new Map<string, string>();
  if (run === null) return counts;
  const silent = new Set(['artifact', 'feedback', 'control']);
  const flowing = design.board.edges.filter((edge) => !silent.has(edge.kind ?? ''));
  const into = new Map<string, string[]>();
  for (const edge of flowing) into.set(edge.to, [...(into.get(edge.to) ?? []), edge.from]);
  const bound = new Set(
    design.board.nodes.filter((node) => node.binding !== undefined && node.mode !== 'bypass').map((node) => node.id),
  );
  const countOf = (id: string, seen: readonly string[]): number | null => {
    if (seen.includes(id)) return null;
    if (bound.has(id)) {
      const result = Object.hasOwn(run.nodes, id) ? run.nodes[id] : undefined;
      return result === undefined || /factors|metrics/.test(result.unit) ? null : result.out;
    }
    const before = into.get(id) ?? [];
    return before.length === 1 ? countOf(before[0], [...seen, id]) : null;
  };
  for (const edge of flowing) {
    const count = countOf(edge.from, []);
    if (count !== null) counts.set(edge.id, shortCount(count));
  }
  return counts;
}
