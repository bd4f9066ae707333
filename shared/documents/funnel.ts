import type { Design } from '#shared/contract/design.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import { stageOf } from './stages.ts';

export interface FunnelStep {
  readonly node: string;
  readonly title: string;
  /** Items per request that leave the node. */
  readonly items: number | null;
  /** Share of the relevant items that are still there, over users. */
  readonly recall: MetricValue;
  /** Share of all relevant items lost at this step; of the first step: not retrieved. */
  readonly lost: number;
}

/**
 * Where relevant items get lost between retrieval and the list: the chain of stages that ends in a list, walked upstream
 * until several lists come together. Empty where the board has no such chain of at least two steps, or more than one.
 */
export function funnelOf(design: Design, run: RunResult): readonly FunnelStep[] {
  const measured = new Map<string, { result: NodeResult; recall: MetricValue }>();
  for (const result of Object.values(run.nodes)) {
    const recall = recallOf(result);
    if (recall !== null) measured.set(result.id, { result, recall });
  }
  const before = upstream(design, (id) => measured.has(id));
  const fed = new Set([...measured.keys()].flatMap((id) => before(id)));
  const chains = [...measured.keys()].filter((id) => !fed.has(id)).map((id) => chainTo(id, before));
  const long = chains.filter((chain) => chain.length > 1);
  if (long.length !== 1) return [];
  let left = 1;
  return long[0].map((id) => {
    const { result, recall } = measured.get(id) as { result: NodeResult; recall: MetricValue };
    const lost = left - (recall.value ?? 0);
    left = recall.value ?? 0;
    return { node: id, title: result.title, items: result.out, recall, lost };
  });
}

function recallOf(result: NodeResult): MetricValue | null {
  const stage = stageOf(result.component);
  if (stage !== 'retrieval' && stage !== 'ranking' && stage !== 'reranking') return null;
  const key = Object.keys(result.metrics).find(
    (one) => one.startsWith('recall@') && result.metrics[one].value !== null,
  );
  return key === undefined ? null : result.metrics[key];
}

function chainTo(last: string, before: (id: string) => readonly string[]): string[] {
  const chain = [last];
  const seen = new Set(chain);
  for (let next = before(last); next.length === 1 && !seen.has(next[0]); next = before(next[0])) {
    chain.unshift(next[0]);
    seen.add(next[0]);
  }
  return chain;
}

/** The nearest nodes upstream that are `wanted`, through whatever is only drawn between. */
function upstream(design: Design, wanted: (id: string) => boolean): (id: string) => readonly string[] {
  const into = new Map<string, string[]>();
  for (const edge of design.board.edges) {
    if (edge.kind === 'artifact' || edge.kind === 'feedback' || edge.kind === 'control') continue;
    into.set(edge.to, [...(into.get(edge.to) ?? []), edge.from]);
  }
  return (id) => {
    const found = new Set<string>();
    const seen = new Set([id]);
    const open = [...(into.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (wanted(next)) found.add(next);
      else open.push(...(into.get(next) ?? []));
    }
    return [...found];
  };
}
