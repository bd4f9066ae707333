import { specs } from '#shared/components/specs.generated.ts';
import { stages } from '#shared/contract/component.ts';
import type { Stage } from '#shared/contract/component.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';

export const stageTitles: Readonly<Record<Stage | 'other', string>> = {
  data: 'Data',
  retrieval: 'Retrieval',
  ranking: 'Ranking',
  reranking: 'Re-ranking',
  evaluation: 'Evaluation',
  online: 'Online',
  other: 'Other',
};

/** The stage of a component; null where the catalogue does not hold it. */
export function stageOf(component: string): Stage | null {
  return Object.hasOwn(specs, component) ? specs[component].stage : null;
}

/** What people call a component. */
export function componentTitle(component: string): string {
  return Object.hasOwn(specs, component) ? specs[component].title : component;
}

/** Results by stage, in the order in which they ran within one. */
export function byStage(
  run: RunResult,
): { readonly stage: Stage | 'other'; readonly results: readonly NodeResult[] }[] {
  const all = Object.values(run.nodes);
  return [...stages, 'other' as const]
    .map((stage) => ({ stage, results: all.filter((one) => (stageOf(one.component) ?? 'other') === stage) }))
    .filter((group) => group.results.length > 0);
}

/** What a result is called; baselines, which the engine adds and the board does not show, say so. */
export function resultTitle(result: NodeResult): string {
  return result.id.startsWith('baseline-') ? `baseline ${componentTitle(result.component)}` : result.title;
}
