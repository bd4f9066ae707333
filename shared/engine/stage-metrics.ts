import type { Context, Stage } from '#shared/contract/component.ts';
import type { Candidates, MetricValue, Value } from '#shared/contract/values.ts';
import { bootstrapIntervals, userSums } from '#shared/kernels/bootstrap.ts';
import { ndcgAt, recallAt } from '#shared/kernels/ranking-metrics.ts';
import { heldOut } from '#shared/values/history.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

const cutoff = 10;
const resamples = 1_000;

/**
 * Recall of everything that leaves a stage, and NDCG of its first ten, over the test requests: what a node shows as its
 * headline, and what the funnel of lost relevant items is made of. Binary relevance, log2 discount (RecBole's dialect);
 * 95 % bootstrap intervals over users.
 */
export function stageMetrics(
  stage: Stage,
  outputs: Readonly<Record<string, Value>>,
  context: Context,
): Readonly<Record<string, MetricValue>> {
  if (stage !== 'retrieval' && stage !== 'ranking' && stage !== 'reranking') return {};
  const lists = Object.values(outputs).find(
    (value): value is Candidates => value.type === 'candidates' || value.type === 'list',
  );
  if (lists === undefined) return {};
  const rows = requestsOfPart(lists.requests, 2);
  if (rows.length === 0) return {};
  const lengths = Array.from(rows, (r) => lists.offsets[r + 1] - lists.offsets[r]);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const gains = new Float64Array(longest);
  const recall = new Float64Array(rows.length);
  const ndcg = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const r = rows[i];
    const relevant = new Set(heldOut(lists.split, lists.requests, r).items);
    if (relevant.size === 0) continue; // counts as 0
    const from = lists.offsets[r];
    for (let at = 0; at < lengths[i]; at++) gains[at] = relevant.has(lists.items[from + at]) ? 1 : 0;
    recall[i] = recallAt(gains, lengths[i], relevant.size, lengths[i]);
    ndcg[i] = ndcgAt(gains, lengths[i], relevant.size, cutoff);
  }
  const { value, low, high } = bootstrapIntervals(
    userSums([recall, ndcg]),
    resamples,
    0.95,
    context.random('stage metrics'),
  );
  const measured = (column: number): MetricValue => ({
    value: value[column],
    low: low[column],
    high: high[column],
    n: rows.length,
  });
  return { [`recall@${longest}`]: measured(0), [`ndcg@${cutoff}`]: measured(1) };
}
