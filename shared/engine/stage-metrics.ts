import type { Context, Stage } from '#shared/contract/component.ts';
import type { Candidates, MetricValue, Value } from '#shared/contract/values.ts';
import { bootstrapIntervals, userSums } from '#shared/kernels/bootstrap.ts';
import { ndcgAt, recallAt } from '#shared/kernels/ranking-metrics.ts';
import { heldOut, hiddenItems } from '#shared/values/history.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

const cutoff = 10;
const resamples = 1_000;

/**
 * Recall of everything that leaves a stage, and NDCG of its first ten, over the test requests that have something to
 * find: what a node shows as its headline, and what the funnel of lost relevant items is made of. Binary relevance, log2
 * discount (RecBole's dialect); 95 % bootstrap intervals over users. Evaluations measure the same by default.
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
  const lengthOf = (r: number): number => lists.offsets[r + 1] - lists.offsets[r];
  const longest = rows.reduce((most, r) => Math.max(most, lengthOf(r)), 0);
  const gains = new Float64Array(longest);
  const recall = new Float64Array(rows.length);
  const ndcg = new Float64Array(rows.length);
  let n = 0;
  for (const r of rows) {
    const relevant = toFind(lists, r);
    if (relevant.size === 0) continue;
    const length = lengthOf(r);
    for (let at = 0; at < length; at++) gains[at] = relevant.has(lists.items[lists.offsets[r] + at]) ? 1 : 0;
    recall[n] = recallAt(gains, length, relevant.size, length);
    ndcg[n++] = ndcgAt(gains, length, relevant.size, cutoff);
  }
  if (n === 0) return {};
  const { value, low, high } = bootstrapIntervals(
    userSums([recall.subarray(0, n), ndcg.subarray(0, n)]),
    resamples,
    0.95,
    context.random('stage metrics'),
  );
  const measured = (column: number): MetricValue => ({
    value: value[column],
    low: low[column],
    high: high[column],
    n,
  });
  return { [`recall@${longest}`]: measured(0), [`ndcg@${cutoff}`]: measured(1) };
}

/** What a list should hold: held-out items. What the user already has may not be shown, so that missing it is no fault. */
function toFind({ split, requests }: Candidates, r: number): Set<number> {
  const relevant = new Set(heldOut(split, requests, r).items);
  for (const item of hiddenItems(split, requests, r)) relevant.delete(item);
  return relevant;
}
