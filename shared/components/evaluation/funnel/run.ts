import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, MetricValues, Metrics, Plot, Sheet } from '#shared/contract/values.ts';
import type { ListValues } from '#shared/metrics/measure-lists.ts';
import { sameRequests } from '#shared/metrics/protocol-checks.ts';
import type { Relevance } from '#shared/metrics/relevance.ts';
import { relevanceOf } from '#shared/metrics/relevance.ts';
import { summarise } from '#shared/metrics/summarise.ts';
import { spec } from './spec.ts';

/** One stage: share of each user's relevant items that it lets through, and how many items that takes. */
interface Stage {
  readonly name: string;
  readonly found: Float64Array;
  readonly itemsPerRequest: number;
  readonly relevantFound: number;
}

export const component = implement(spec, {
  apply(_, { stages }, params, context): { metrics: Metrics } {
    const first = stages[0];
    if (first === undefined)
      throw new RunboardError('bad-board', 'the funnel has no stages', {
        where: 'stages',
        remedy: 'wire candidates and lists to it, in the order of the stages',
      });
    const part = params.part === 'test' ? 2 : 1;
    const relevance = relevanceOf(first.split, first.requests, {
      part,
      threshold: params.relevantFrom,
      hideKnown: true,
    });
    const measured = stages.map((candidates, at): Stage => {
      context.progress(at / stages.length);
      const name = params.names[at] ?? `stage ${at + 1}`;
      if (!sameRequests(first.requests, candidates.requests)) {
        throw new RunboardError('bad-board', `${name} answers other requests than the stage before it`, {
          where: 'stages',
          remedy: 'wire all of them to the same split',
        });
      }
      return measureStage(name, candidates, relevance);
    });
    if (relevance.requests.length === 0)
      context.warn(`nobody has something relevant in the ${params.part} part: nothing could be measured`);
    const columns = measured.flatMap((stage, at): ListValues[] => {
      const before = at === 0 ? new Float64Array(stage.found.length).fill(1) : measured[at - 1].found;
      return [
        { key: `found after ${stage.name}`, values: stage.found },
        { key: `lost in ${stage.name}`, values: stage.found.map((found, e) => before[e] - found) },
      ];
    });
    const summary = summarise(columns, params.resamples, context.random('bootstrap'));
    return {
      metrics: {
        type: 'metrics',
        origin: 'measured',
        metrics: summary,
        baselines: {},
        slices: {},
        users: Int32Array.from(relevance.requests, (r) => first.requests.user[r]),
        perUser: Object.fromEntries(columns.map(({ key, values }) => [key, Float32Array.from(values)])),
        plots: [funnelPlot(measured, summary)],
        sheets: [funnelSheet(measured, summary, relevance, first.split.dataset.items.ids.length)],
      },
    };
  },
});

function measureStage(name: string, candidates: Candidates, relevance: Relevance): Stage {
  const asked = new Int32Array(candidates.split.dataset.items.ids.length).fill(-1);
  const found = new Float64Array(relevance.requests.length);
  let entries = 0;
  let hits = 0;
  relevance.requests.forEach((r, e) => {
    for (let at = relevance.offsets[e]; at < relevance.offsets[e + 1]; at++) asked[relevance.items[at]] = e;
    let own = 0;
    for (let at = candidates.offsets[r]; at < candidates.offsets[r + 1]; at++) {
      if (asked[candidates.items[at]] !== e) continue;
      asked[candidates.items[at]] = -1; // an item that is listed twice is found once
      own++;
    }
    entries += candidates.offsets[r + 1] - candidates.offsets[r];
    hits += own;
    found[e] = own / (relevance.offsets[e + 1] - relevance.offsets[e]);
  });
  return { name, found, itemsPerRequest: found.length === 0 ? 0 : entries / found.length, relevantFound: hits };
}

function funnelPlot(stages: readonly Stage[], summary: MetricValues): Plot {
  const shares = stages.map(({ name }) => summary[`found after ${name}`]);
  return {
    id: 'funnel',
    title: 'Relevant items still there, by stage',
    x: 'stage',
    y: 'share of relevant items',
    mark: 'bar',
    series: [
      {
        name: 'found',
        x: stages.map(({ name }) => name),
        y: shares.map((one) => one.value ?? 0),
        low: shares.map((one) => one.low ?? 0),
        high: shares.map((one) => one.high ?? 0),
      },
    ],
  };
}

function funnelSheet(stages: readonly Stage[], summary: MetricValues, relevance: Relevance, catalogue: number): Sheet {
  return {
    id: 'funnel',
    title: 'Funnel',
    columns: ['stage', 'items per request', 'relevant items found', 'found, mean over users', 'lost here'],
    rows: [
      ['catalogue', catalogue, relevance.items.length, 1, null],
      ...stages.map(({ name, itemsPerRequest, relevantFound }) => [
        name,
        itemsPerRequest,
        relevantFound,
        summary[`found after ${name}`].value,
        summary[`lost in ${name}`].value,
      ]),
    ],
  };
}
