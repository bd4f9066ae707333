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
}

/** Rows with the chosen metric, and which of them is best: all that share the best value, none where all are alike. */
export function judge(
  rows: readonly SweepRow[],
  outcomes: Readonly<Record<string, RowOutcome>>,
  key: string | null,
  empty: RowOutcome,
): readonly Judged[] {
  const judged = rows.map((row) => {
    const outcome = outcomes[row.id] ?? empty;
    return { row, outcome, metric: key === null ? null : (outcome.metrics[key] ?? null) };
  });
  const values = judged.flatMap(({ metric }) => metric?.value ?? []);
  const differ = values.length === 1 || values.some((value) => value !== values[0]);
  const top =
    values.length === 0 || !differ
      ? null
      : key !== null && lowerIsBetter(metricOfKey(key))
        ? Math.min(...values)
        : Math.max(...values);
  return judged.map((one) => {
    return { ...one, best: top !== null && one.metric?.value === top };
  });
}
