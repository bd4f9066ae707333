import type { Context, Stage } from '#shared/contract/component.ts';
import type { Candidates, MetricValue, Value } from '#shared/contract/values.ts';
import { heldOut } from '#shared/values/history.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/**
 * Recall of everything that leaves a stage, and NDCG of its first ten, over the test requests: what a node shows as its
 * headline, and what the funnel of lost relevant items is made of. Binary relevance, log2 discount (RecBole's dialect);
 * 95 % bootstrap intervals over users.
 */
export function stageMetrics(stage: Stage, outputs: Readonly<Record<string, Value>>, context: Context): Readonly<Record<string, MetricValue>> {
  if (stage !== 'retrieval' && stage !== 'ranking' && stage !== 'reranking') return {};
  const lists = Object.values(outputs).find((value): value is Candidates => value.type === 'candidates' || value.type === 'list');
  if (lists === undefined) return {};
  const rows = requestsOfPart(lists.requests, 2);
  const recall = new Float64Array(rows.length);
  const ndcg = new Float64Array(rows.length);
  let longest = 0;
  for (let i = 0; i < rows.length; i++) {
    const r = rows[i];
    const relevant = new Set(heldOut(lists.split, lists.requests, r).items);
    const from = lists.offsets[r];
    const length = lists.offsets[r + 1] - from;
    longest = Math.max(longest, length);
    let found = 0;
    let gain = 0;
    for (let at = 0; at < length; at++) {
      if (!relevant.has(lists.items[from + at])) continue;
      found++;
      if (at < 10) gain += 1 / Math.log2(at + 2);
    }
    let ideal = 0;
    for (let at = 0; at < Math.min(10, relevant.size); at++) ideal += 1 / Math.log2(at + 2);
    recall[i] = relevant.size === 0 ? 0 : found / relevant.size;
    ndcg[i] = ideal === 0 ? 0 : gain / ideal;
  }
  if (rows.length === 0) return {};
  return { [`recall@${longest}`]: interval(recall, context), 'ndcg@10': interval(ndcg, context) };
}

/** Mean over users with a percentile bootstrap interval, 1,000 resamples. */
function interval(values: Float64Array, context: Context): MetricValue {
  const random = context.random('stage metrics');
  const means = new Float64Array(1_000);
  for (let b = 0; b < means.length; b++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[random.integer(values.length)];
    means[b] = sum / values.length;
  }
  means.sort();
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return { value: mean, low: means[24], high: means[975], n: values.length };
}
