import type { Stage } from '#shared/contract/component.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import type { MetricValue, MetricValues, Origin } from '#shared/contract/values.ts';

export interface Headline {
  readonly key: string;
  readonly metric: MetricValue;
  readonly origin: Origin;
}

/** What a number is called, with where it comes from unless it was measured: nobody may take a simulated rate for a real one. */
export function labelled(title: string, origin: Origin): string {
  return origin === 'measured' ? title : `${title}, ${origin}`;
}

/** Which metric stands for the others, first choice first; a name without cut-off takes any cut-off, the largest first. */
const choices: Readonly<Record<'retrieval' | 'other', readonly string[]>> = {
  retrieval: ['recall', 'hit', 'ndcg@10'],
  other: ['ndcg@10', 'ndcg', 'auc', 'recall', 'log-loss', 'rmse'],
};

/** The one number that a node shows. */
export function headlineOf(result: NodeResult, stage: Stage | null): Headline | null {
  const { metrics } = result;
  for (const choice of choices[stage === 'retrieval' ? 'retrieval' : 'other']) {
    const key = find(metrics, choice);
    if (key !== null) return { key, metric: metrics[key], origin: result.origin };
  }
  const first = Object.keys(metrics).find((key) => metrics[key].value !== null);
  return first === undefined ? null : { key: first, metric: metrics[first], origin: result.origin };
}

function find(metrics: MetricValues, choice: string): string | null {
  const has = (key: string): boolean => metrics[key].value !== null;
  if (choice.includes('@')) return Object.hasOwn(metrics, choice) && has(choice) ? choice : null;
  const fitting = Object.keys(metrics).filter((key) => key.split('@')[0] === choice && has(key));
  const cut = (key: string): number => Number(key.split('@')[1] ?? 0);
  return fitting.sort((a, b) => cut(b) - cut(a))[0] ?? null;
}
