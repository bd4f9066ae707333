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
  for (const edge of flowing) {
    const those = into.get(edge.to);
    if (those === undefined) into.set(edge.to, [edge.from]);
    else those.push(edge.from);
  }
  const bound = new Set(
    design.board.nodes.filter((node) => node.binding !== undefined && node.mode !== 'bypass').map((node) => node.id),
  );
  const countOf = (id: string): number | null => {
    const seen = new Set<string>();
    let at = id;
    while (!bound.has(at)) {
      const before = into.get(at) ?? [];
      if (before.length !== 1 || seen.has(at)) return null;
      seen.add(at);
      [at] = before;
    }
    const result = Object.hasOwn(run.nodes, at) ? run.nodes[at] : undefined;
    return result === undefined || /factors|metrics/.test(result.unit) ? null : result.out;
  };
  for (const edge of flowing) {
    const count = countOf(edge.from);
    if (count !== null) counts.set(edge.id, shortCount(count));
  }
  return counts;
}
