import type { MetricValue } from '#shared/contract/values.ts';
import type { SweepRow } from './rows.ts';
import type { RowOutcome } from './run-rows.ts';

/** Metrics of which less is better; of these and those below no other is known to the catalogue. */
const less = /^(log-loss|ece|ece-mass|rmse|mae|normalised-entropy|miscalibration|gini|gini-shown|age)$/;

export function lowerIsBetter(metric: string): boolean {
  return less.test(metric.split('@')[0]);
}

/** "node metric" → metric. */
export function metricOfKey(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** All metrics that some row has, in the order of the first that has them. */
export function metricKeys(outcomes: readonly RowOutcome[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ metrics }) => Object.keys(metrics)))];
}

/** NDCG@10 or AUC where there is one, else the first. */
export function firstChoice(keys: readonly string[]): string | null {
  for (const wanted of ['ndcg@10', 'auc']) {
    const found = keys.find((key) => metricOfKey(key) === wanted);
    if (found !== undefined) return found;
  }
  return keys[0] ?? null;
}

export interface Judged {
  readonly row: SweepRow;
  readonly outcome: RowOutcome;
  readonly metric: MetricValue | null;
  readonly best: boolean;
  /** Whether its interval reaches the value of the best: not to be told apart by intervals alone. */
  readonly level: boolean;
}

/** Rows with the chosen metric, and which of them is best. */
export function judge(rows: readonly SweepRow[], outcomes: Readonly<Record<string, RowOutcome>>, key: string | null, empty: RowOutcome): readonly Judged[] {
  const sign = key !== null && lowerIsBetter(metricOfKey(key)) ? -1 : 1;
  const judged = rows.map((row) => {
    const outcome = outcomes[row.id] ?? empty;
    return { row, outcome, metric: key === null ? null : (outcome.metrics[key] ?? null) };
  });
  let best: (typeof judged)[number] | null = null;
  for (const one of judged) {
    const value = one.metric?.value ?? null;
    if (value !== null && (best === null || value * sign > (best.metric?.value ?? 0) * sign)) best = one;
  }
  const top = best?.metric?.value ?? null;
  return judged.map((one) => {
    const { low = null, high = null } = one.metric ?? {};
    return { ...one, best: one === best, level: one !== best && top !== null && low !== null && high !== null && low <= top && top <= high };
  });
}
