import type { Requests, Split } from '#shared/contract/values.ts';
import { gainsAlongInto } from '#shared/kernels/ranking-metrics.ts';
import { historyOf } from '#shared/values/history.ts';
import type { AccuracyMetric, ListMetric, ListWorld, RankedList } from './metric-shapes.ts';
import type { RankedLists } from './rank-lists.ts';
import type { Relevance } from './relevance.ts';
import type { Metric } from './wanted-metrics.ts';

/** One metric at one cut-off, for every measured list. */
export interface ListValues {
  /** As "ndcg@10". */
  readonly key: string;
  /** One per list; NaN where not defined. */
  readonly values: Float64Array;
  /** Weight of each list in the mean; all alike where absent. */
  readonly weights?: Float64Array;
}

interface Column<M> extends ListValues {
  readonly metric: M;
  readonly k: number;
  readonly weights?: Float64Array;
}

/** Columns of the wanted metrics of one shape at every cut-off, metric by metric. */
function columnsOf<M extends Metric>(
  metrics: readonly Metric[],
  is: (metric: Metric) => metric is M,
  cutoffs: readonly number[],
  lists: number,
): Column<M>[] {
  return metrics.filter(is).flatMap((metric) =>
    cutoffs.map((k) => ({
      key: `${metric.id}@${k}`,
      metric,
      k,
      values: new Float64Array(lists),
      ...('weight' in metric ? { weights: new Float64Array(lists) } : {}),
    })),
  );
}

function isAccuracy(metric: Metric): metric is AccuracyMetric {
  return metric.family === 'accuracy';
}

function isOfList(metric: Metric): metric is ListMetric {
  return 'ofList' in metric;
}

/** Largest number of items that are relevant to one request. */
function mostRelevant(relevance: Relevance): number {
  let most = 0;
  for (let e = 0; e < relevance.requests.length; e++)
    most = Math.max(most, relevance.offsets[e + 1] - relevance.offsets[e]);
  return most;
}

/** Grades of the relevant items of entry e, largest first. */
function idealOf(relevance: Relevance, e: number): Float64Array {
  return relevance.grades
    .slice(relevance.offsets[e], relevance.offsets[e + 1])
    .map((grade) => -grade)
    .sort()
    .map((grade) => -grade);
}

export interface Measuring {
  readonly metrics: readonly Metric[];
  readonly cutoffs: readonly number[];
  readonly world: ListWorld;
  readonly split: Split;
  readonly requests: Requests;
  /** Called now and then with the share done. */
  readonly progress: (share: number) => void;
}

/**
 * Every wanted metric of every list. `lists` and `relevance` are about the same requests, in the same order.
 * Relevance is held as grades, but a relevant item counts as relevant whatever its grade.
 */
export function measureLists(lists: RankedLists, relevance: Relevance, measuring: Measuring): ListValues[] {
  const { metrics, cutoffs, world, split, requests } = measuring;
  const count = lists.requests.length;
  const accuracy = columnsOf(metrics, isAccuracy, cutoffs, count);
  const ofLists = columnsOf(metrics, isOfList, cutoffs, count);
  const grade = new Float64Array(split.dataset.items.ids.length);
  const gains = new Float64Array(Math.max(1, ...cutoffs, mostRelevant(relevance)));
  for (let e = 0; e < count; e++) {
    if (e % 512 === 0) measuring.progress(e / count);
    const start = lists.offsets[e];
    const end = lists.offsets[e + 1];
    for (let at = relevance.offsets[e]; at < relevance.offsets[e + 1]; at++)
      grade[relevance.items[at]] = positiveGrade(relevance.grades[at]);
    const length = gainsAlongInto(gains, lists.items, start, end, grade);
    for (let at = relevance.offsets[e]; at < relevance.offsets[e + 1]; at++) grade[relevance.items[at]] = 0;
    const list: RankedList = {
      gains,
      length,
      relevant: relevance.offsets[e + 1] - relevance.offsets[e],
      ideal: idealOf(relevance, e),
      threshold: relevance.threshold,
      candidates: lists.reachable[e],
    };
    for (const column of accuracy) {
      column.values[e] = column.metric.at(list, column.k);
      if (column.weights !== undefined) column.weights[e] = column.metric.weight?.(list, column.k) ?? 1;
    }
    if (ofLists.length === 0) continue;
    const r = lists.requests[e];
    const history = historyOf(split, requests.part[r] === 2 ? 'train+validation' : 'train');
    const user = requests.user[r];
    const past = history.items.subarray(history.offsets[user], history.offsets[user + 1]);
    const time = requests.time[r];
    for (const { metric, k, values } of ofLists) {
      values[e] = metric.ofList(
        { items: lists.items, start, end: Math.min(end, start + k), gains, history: past, time },
        world,
      );
    }
  }
  return inOrder(metrics, [...accuracy, ...ofLists]);
}

/** A relevant item whose value is 0 or less still counts as found; it gains next to nothing. */
function positiveGrade(grade: number): number {
  return grade > 0 ? grade : Number.MIN_VALUE;
}

/** Metric by metric as asked for. */
function inOrder(metrics: readonly Metric[], columns: readonly ListValues[]): ListValues[] {
  return metrics.flatMap((metric) => columns.filter(({ key }) => key.startsWith(`${metric.id}@`)));
}

/** How often each item of the catalogue is among the first k of a list. */
export function exposureAt(lists: RankedLists, k: number, catalogue: number): Float64Array {
  const exposure = new Float64Array(catalogue);
  for (let e = 0; e < lists.requests.length; e++) {
    const end = Math.min(lists.offsets[e + 1], lists.offsets[e] + k);
    for (let at = lists.offsets[e]; at < end; at++) exposure[lists.items[at]]++;
  }
  return exposure;
}
