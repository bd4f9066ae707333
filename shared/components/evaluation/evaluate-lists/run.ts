import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, MetricValues, Metrics } from '#shared/contract/values.ts';
import { thousands } from '#shared/contract/thousands.ts';
import { listWorld } from '#shared/metrics/list-world.ts';
import type { ListValues } from '#shared/metrics/measure-lists.ts';
import { exposureAt, measureLists } from '#shared/metrics/measure-lists.ts';
import type { ListWorld } from '#shared/metrics/metric-shapes.ts';
import { sameRequests, splitWarnings, tieWarning } from '#shared/metrics/protocol-checks.ts';
import type { RankedLists } from '#shared/metrics/rank-lists.ts';
import { rankLists, tieSeed } from '#shared/metrics/rank-lists.ts';
import type { Relevance } from '#shared/metrics/relevance.ts';
import { relevanceOf, relevanceWithin } from '#shared/metrics/relevance.ts';
import type { Slice } from '#shared/metrics/slices.ts';
import { slicesCalled } from '#shared/metrics/slices.ts';
import { plainValue, summarise } from '#shared/metrics/summarise.ts';
import type { Metric } from '#shared/metrics/wanted-metrics.ts';
import { wantedMetrics } from '#shared/metrics/wanted-metrics.ts';
import { exposurePlot, perUserPlot, protocolSheet } from './pictures.ts';
import { spec } from './spec.ts';

/** What stays the same for everything that one evaluation measures. */
interface Evaluation {
  readonly metrics: readonly Metric[];
  readonly cutoffs: readonly number[];
  readonly hideKnown: boolean;
  readonly resamples: number;
  readonly seed: number;
  readonly part: 1 | 2;
  readonly relevance: Relevance;
  readonly world: ListWorld;
  readonly context: Context;
}

export const component = implement(spec, {
  apply(_, { lists, baselines }, params, context): { metrics: Metrics } {
    const part = params.part === 'test' ? 2 : 1;
    if (params.k.length === 0)
      throw new RunboardError('bad-parameter', 'there is no cut-off', {
        where: 'k',
        remedy: 'give at least one, such as 10',
      });
    const relevance = relevanceOf(lists.split, lists.requests, {
      part,
      threshold: params.relevantFrom,
      hideKnown: params.hideKnown,
    });
    const evaluation: Evaluation = {
      metrics: wantedMetrics(params.metrics, ['accuracy', 'beyond']),
      cutoffs: [...new Set(params.k)].sort((a, b) => a - b),
      hideKnown: params.hideKnown,
      resamples: params.resamples,
      seed: tieSeed(context.seed, params.part),
      part,
      relevance,
      world: listWorld(lists.split, part),
      context,
    };
    const slices = params.slices.flatMap((word) => slicesCalled(word, lists.split));
    const own = measure(lists, evaluation);
    warnAbout(lists, own.ranked, evaluation);
    const top = evaluation.cutoffs[0];
    const metrics: Metrics = {
      type: 'metrics',
      origin: 'measured',
      metrics: own.summary,
      baselines: params.baselines ? baselineMetrics(lists, baselines ?? [], evaluation) : {},
      slices: sliceMetrics(slices, lists, own, evaluation),
      users: Int32Array.from(relevance.requests, (r) => lists.requests.user[r]),
      perUser: Object.fromEntries(own.columns.map(({ key, values }) => [key, Float32Array.from(values)])),
      plots: [
        exposurePlot(exposureAt(own.ranked, top, lists.split.dataset.items.ids.length), top),
        ...own.columns.slice(0, 1).map(perUserPlot),
      ],
      sheets: [protocolSheet(lists.split, relevance, own.ranked)],
    };
    return { metrics };
  },
});

interface Measured {
  readonly ranked: RankedLists;
  readonly columns: readonly ListValues[];
  readonly summary: MetricValues;
}

/** Metric by metric, cut-off by cut-off, in the order in which they were asked for. */
function measure(candidates: Candidates, evaluation: Evaluation): Measured {
  const { metrics, cutoffs, context, world, relevance, hideKnown, seed } = evaluation;
  const ranked = rankLists(candidates, relevance.requests, { hideKnown, cutoffs, seed });
  const columns = measureLists(ranked, relevance, {
    metrics,
    cutoffs,
    world,
    split: candidates.split,
    requests: candidates.requests,
    progress: (share) => context.progress(share, `measuring ${candidates.sources.join(', ')}`),
  });
  const means = summarise(columns, evaluation.resamples, context.random('bootstrap'));
  const exposures = exposureMetrics(ranked, evaluation, candidates.split.dataset.items.ids.length);
  const summary = Object.fromEntries(
    metrics
      .flatMap(({ id }) => cutoffs.map((k) => `${id}@${k}`))
      .flatMap((key) => (key in means ? [[key, means[key]]] : [[key, exposures[key]]])),
  ) as MetricValues;
  return { ranked, columns, summary };
}

function exposureMetrics(ranked: RankedLists, { metrics, cutoffs }: Evaluation, catalogue: number): MetricValues {
  const wanted = metrics.filter((metric) => 'ofExposure' in metric);
  if (wanted.length === 0) return {};
  return Object.fromEntries(
    cutoffs.flatMap((k) => {
      const exposure = exposureAt(ranked, k, catalogue);
      return wanted.map(
        (metric) => [`${metric.id}@${k}`, plainValue(metric.ofExposure(exposure), ranked.requests.length)] as const,
      );
    }),
  );
}

function baselineMetrics(
  lists: Candidates,
  baselines: readonly Candidates[],
  evaluation: Evaluation,
): Record<string, MetricValues> {
  const out: Record<string, MetricValues> = {};
  for (const baseline of baselines) {
    const title = baseline.sources.join(', ');
    if (!sameRequests(lists.requests, baseline.requests)) {
      throw new RunboardError('bad-board', `the baseline ${title} answers other requests than the lists`, {
        where: 'baselines',
        remedy: 'wire both to the same split',
      });
    }
    const name = title in out ? `${title} ${Object.keys(out).length + 1}` : title;
    out[name] = measure(baseline, evaluation).summary;
  }
  return out;
}

function sliceMetrics(
  slices: readonly Slice[],
  lists: Candidates,
  own: Measured,
  evaluation: Evaluation,
): Record<string, MetricValues> {
  const { context, relevance, resamples, hideKnown, seed, cutoffs } = evaluation;
  const out: Record<string, MetricValues> = {};
  for (const { name, of, members } of slices) {
    context.progress(1, `slice ${name}`);
    const random = context.random(`slice ${name}`);
    if (of === 'users') {
      const positions: number[] = [];
      relevance.requests.forEach((r, e) => members[lists.requests.user[r]] === 1 && positions.push(e));
      out[name] = summarise(own.columns, resamples, random, Int32Array.from(positions));
      continue;
    }
    // Only the relevant items of the slice are to be found; the lists stay as they are.
    const within = relevanceWithin(relevance, members);
    const columns = measureLists(rankLists(lists, within.requests, { hideKnown, cutoffs, seed }), within, {
      metrics: evaluation.metrics.filter((metric) => metric.family === 'accuracy'),
      cutoffs,
      world: evaluation.world,
      split: lists.split,
      requests: lists.requests,
      progress: (share) => context.progress(share, `slice ${name}`),
    });
    out[name] = summarise(columns, resamples, random);
  }
  return out;
}

function warnAbout(lists: Candidates, ranked: RankedLists, evaluation: Evaluation): void {
  const { context, metrics, world, cutoffs, part } = evaluation;
  const count = ranked.requests.length;
  if (count === 0)
    context.warn(
      `nobody has something relevant in the ${part === 2 ? 'test' : 'validation'} part: nothing could be measured`,
    );
  for (const warning of splitWarnings(lists.split, part)) context.warn(warning);
  for (const k of cutoffs) {
    const warning = tieWarning(ranked.tied[k], count, k);
    if (warning !== null) context.warn(warning);
  }
  if (ranked.known > 0)
    context.warn(`${thousands(ranked.known)} entries of the lists were already known to their users and were left out`);
  const deepest = cutoffs[cutoffs.length - 1];
  let short = 0;
  for (let e = 0; e < count; e++)
    if (ranked.offsets[e + 1] - ranked.offsets[e] < Math.min(deepest, ranked.reachable[e])) short++;
  if (short > 0) context.warn(`${thousands(short)} of ${thousands(count)} lists hold fewer than ${deepest} items`);
  const missing = { categories: world.categories === null, created: world.born === null };
  for (const metric of metrics) {
    const need = 'needs' in metric ? metric.needs?.find((one) => missing[one]) : undefined;
    if (need !== undefined)
      context.log(
        `${metric.id} needs the role item.${need === 'categories' ? 'category' : 'created'}, which the data set does not have`,
      );
  }
}
