import type { Design } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { MetricValue, MetricValues } from '#shared/contract/values.ts';
import { funnelOf } from './funnel.ts';
import { headlineOf, labelled } from './headline.ts';
import type { Headline } from './headline.ts';
import { bytesText, countText, intervalText, metricHeading, millisText, valueText } from './numbers.ts';
import { experimentBlocks } from './experiment.ts';
import { numberText, sheetTable } from './sheet-table.ts';
import { byStage, componentTitle, resultTitle, stageOf, stageTitles } from './stages.ts';
import { heading, paragraph, plain } from './tree.ts';
import type { Block, Cell } from './tree.ts';
import { groupedWarnings } from './warnings.ts';

/** What a run measured: stages, evaluations, funnel, costs, environment. */
export function resultBlocks(design: Design, run: RunResult): Block[] {
  return [
    heading(2, 'Results'),
    paragraph(
      'Intervals are 95 % bootstrap intervals over users (over rows or queries where there are no users); n says over how many.',
    ),
    stageTable(run),
    ...evaluations(run),
    ...funnelBlocks(design, run),
    ...warningBlocks(run),
    ...costBlocks(run),
    ...provenance(run),
  ];
}

function stageTable(run: RunResult): Block {
  const rows = byStage(run).flatMap(({ stage, results }) =>
    results.map((one) => {
      const headline = headlineOf(one, stageOf(one.component));
      return [
        stageTitles[stage],
        resultTitle(one),
        componentTitle(one.component),
        one.status,
        one.in === null ? '–' : countText(one.in),
        one.out === null ? '–' : `${countText(one.out)} ${one.unit}`,
        headline === null ? '' : headlineText(headline),
      ];
    }),
  );
  return {
    type: 'table',
    columns: ['Stage', 'Node', 'Component', 'State', 'In', 'Out', 'Headline'],
    right: [false, false, false, false, true, true, false],
    rows,
  };
}

function headlineText({ key, metric, origin }: Headline): string {
  return `${labelled(metricHeading(key), origin)} ${valueText(metric.value)} ${intervalText(metric)} n ${countText(metric.n)}`.replace(
    / {2,}/g,
    ' ',
  );
}

function evaluations(run: RunResult): Block[] {
  const blocks: Block[] = [];
  for (const one of Object.values(run.nodes)) {
    if (stageOf(one.component) !== 'evaluation' && stageOf(one.component) !== 'online') continue;
    const experiment = experimentBlocks(one);
    if (experiment !== null) {
      blocks.push(...experiment);
      continue;
    }
    if (Object.keys(one.metrics).length > 0)
      blocks.push(heading(3, one.title), paragraph(originText(one)), metricTable(one.metrics, one.baselines));
    if (Object.keys(one.slices).length > 0) blocks.push(heading(4, `${one.title}, by slice`), sliceTable(one));
    for (const sheet of one.sheets) blocks.push(heading(4, sheet.title), sheetTable(sheet));
  }
  return blocks;
}

function originText(one: NodeResult): string {
  const words = {
    measured: 'Measured',
    estimated: 'Estimated',
    assumed: 'Assumed',
    simulated: 'Simulated',
    replayed: 'Replayed from logs',
  } as const;
  return `${words[one.origin]} by ${componentTitle(one.component)}.`;
}

/** Metrics of one evaluation, beside those of its baselines. */
export function metricTable(metrics: MetricValues, baselines: Readonly<Record<string, MetricValues>>): Block {
  const names = Object.keys(baselines);
  const rows = Object.entries(metrics).map(([key, metric]): Cell[] => [
    metricHeading(key),
    [{ type: 'strong', text: valueText(metric.value) }],
    intervalText(metric),
    countText(metric.n),
    ...names.map((name) => withInterval(baselines[name][key])),
  ]);
  return {
    type: 'table',
    columns: ['Metric', 'Value', '95 % interval', 'n', ...names.map((name) => `baseline ${name}`)],
    right: [false, true, false, true, ...names.map(() => true)],
    rows,
  };
}

function withInterval(metric: MetricValue | undefined): string {
  return metric === undefined ? '–' : `${valueText(metric.value)} ${intervalText(metric)}`.trimEnd();
}

/** Metrics shown by slice: the first of an evaluation, as many as fit beside each other. */
const sliceMetrics = 4;

function sliceTable(one: NodeResult): Block {
  const slices = Object.entries(one.slices);
  const keys = [...new Set(slices.flatMap(([, metrics]) => Object.keys(metrics)))].slice(0, sliceMetrics);
  const rows = slices.map(([name, metrics]) => [
    name,
    ...keys.map((key) => withInterval(metrics[key])),
    countText(Math.max(0, ...Object.values(metrics).map((metric) => metric.n))),
  ]);
  return {
    type: 'table',
    columns: ['Slice', ...keys.map(metricHeading), 'n'],
    right: [false, ...keys.map(() => true), true],
    rows,
  };
}

/** Where relevant items are lost; nothing where the board has no chain of stages. */
export function funnelBlocks(design: Design, run: RunResult): Block[] {
  const steps = funnelOf(design, run);
  if (steps.length === 0) return [];
  const rows = steps.map((step) => [
    step.title,
    step.items === null ? '–' : countText(step.items),
    valueText(step.recall.value),
    intervalText(step.recall),
    valueText(step.lost),
    countText(step.recall.n),
  ]);
  return [
    heading(3, 'Where relevant items are lost'),
    paragraph(
      'Share of each user’s held-out items, but for those they had before, that are still there after a stage, averaged over users.',
    ),
    {
      type: 'table',
      columns: ['After', 'Items per request', 'Still there', '95 % interval', 'Lost here', 'n'],
      right: [false, true, true, false, true, true],
      rows,
    },
  ];
}

function warningBlocks(run: RunResult): Block[] {
  const items = [
    ...Object.values(run.nodes).flatMap((one) =>
      one.error === undefined ? [] : [`${resultTitle(one)}: ${failureLine(one.error)}`],
    ),
    ...groupedWarnings(run).map(({ from, text }) => `${from}: ${text}`),
  ];
  if (items.length === 0) return [];
  return [
    heading(3, 'To be read with care'),
    { type: 'list', ordered: false, items: items.map((text) => ({ text: plain(text), below: [] })) },
  ];
}

function costBlocks(run: RunResult): Block[] {
  const rows = Object.values(run.nodes).map((one) => [
    resultTitle(one),
    millisText(one.fitMillis),
    millisText(one.applyMillis),
    bytesText(one.memoryBytes),
    bytesText(one.stateBytes),
    ...(one.latency === null
      ? ['–', '–', '–']
      : [millisText(one.latency.p50), millisText(one.latency.p95), millisText(one.latency.p99)]),
  ]);
  const measures = Object.values(run.nodes).flatMap((one) =>
    Object.entries(one.measures).map(([name, value]) => [resultTitle(one), name, numberText(value)]),
  );
  const blocks: Block[] = [
    heading(3, 'Measured cost'),
    paragraph(
      'Times of this machine, in this run; a reused result keeps the times of the run that made it. p50, p95 and p99 are of one request at a time.',
    ),
    {
      type: 'table',
      columns: ['Node', 'Fit', 'Apply', 'Memory', 'Model', 'p50', 'p95', 'p99'],
      right: [false, true, true, true, true, true, true, true],
      rows,
    },
  ];
  if (measures.length > 0)
    blocks.push({
      type: 'table',
      columns: ['Node', 'Measured on the way', 'Value'],
      right: [false, false, true],
      rows: measures,
    });
  return blocks;
}

function provenance(run: RunResult): Block[] {
  const { environment } = run;
  const rows: Cell[][] = [
    ['Run', [{ type: 'code', text: run.run }]],
    ['Started', run.startedAt],
    ['Design', [{ type: 'code', text: run.design.digest }]],
    ['Data', run.data.name],
    ['Data fingerprint', [{ type: 'code', text: run.data.fingerprint }]],
    ['Seed', String(run.seed)],
    ['Runboard', environment.runboard],
    ['Node.js', environment.node],
    ['Platform', environment.platform],
    ['Cores, threads used', `${environment.cores}, ${environment.threads}`],
    ['Memory', bytesText(environment.memoryBytes)],
    ['Tensor backend', environment.tensor],
    ['SQLite', environment.sqlite],
  ];
  return [heading(2, 'Provenance'), { type: 'table', columns: ['What', 'Value'], right: [false, false], rows }];
}
