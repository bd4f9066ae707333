import type { Design } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import type { NodeResult, NodeStatus, RunResult } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import { funnelOf } from '#shared/documents/funnel.ts';
import { headlineOf, labelled } from '#shared/documents/headline.ts';
import {
  countText,
  intervalText,
  metricHeading,
  millisText,
  shortCount,
  valueText,
} from '#shared/documents/numbers.ts';
import { byStage, componentTitle, resultTitle, stageOf, stageTitles } from '#shared/documents/stages.ts';
import { groupedWarnings } from '#shared/documents/warnings.ts';
import { bar, colour, safe, textTable } from '../text.ts';
import { experimentsText } from './experiment.ts';

/** What a run measured, for a person: stages in order, evaluations beside their baselines, experiments on their cards, losses, warnings. */
export function runText(design: Design | null, run: RunResult): string {
  const parts = [headText(run), stagesText(run), evaluationsText(run), experimentsText(run)];
  if (design !== null) parts.push(funnelText(design, run));
  parts.push(warningsText(run));
  return `${parts.filter((part) => part !== '').join('\n')}`;
}

const statusStyles = {
  running: 'cyan',
  done: 'green',
  failed: 'red',
  cancelled: 'yellow',
  interrupted: 'yellow',
} as const;

function headText(run: RunResult): string {
  const millis = run.finishedAt === null ? null : Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const took = millis === null ? '' : ` in ${millisText(millis)}`;
  const data = run.data.fingerprint === '' ? 'no data' : `${safe(run.data.name)} ${run.data.fingerprint.slice(0, 12)}`;
  return `${colour('bold', safe(run.design.title))}  ${run.run} ${colour(statusStyles[run.status], run.status)}${took}\n${colour('gray', `${data}, seed ${run.seed}, ${run.environment.threads} threads`)}\n`;
}

const marks: Readonly<Record<NodeStatus, string>> = {
  done: colour('green', '✓'),
  reused: colour('gray', '↺'),
  failed: colour('red', '✕'),
  cancelled: colour('yellow', '■'),
  skipped: colour('gray', '–'),
};

const stageColumns = [
  { title: '' },
  { title: 'stage', most: 28 },
  { title: 'component', most: 20, drop: 2 },
  { title: 'in', right: true, drop: 1 },
  { title: '' },
  { title: 'out' },
  { title: 'measured' },
  { title: '', right: true },
  { title: '95 % interval' },
  { title: 'n', right: true },
  { title: 'fit', right: true },
  { title: 'apply', right: true },
] as const;

function stagesText(run: RunResult): string {
  const rows = byStage(run).flatMap(({ stage, results }) => [
    colour('bold', stageTitles[stage]),
    ...results.map(stageRow),
  ]);
  return textTable(stageColumns, rows);
}

function stageRow(one: NodeResult): string[] {
  const headline = headlineOf(one, stageOf(one.component));
  const measured =
    headline === null
      ? ['', '', '', '']
      : [
          labelled(metricHeading(headline.key), headline.origin),
          valueText(headline.metric.value),
          intervalText(headline.metric),
          countText(headline.metric.n),
        ];
  const flow =
    one.out === null
      ? ['', '', '']
      : [
          one.in === null ? '' : shortCount(one.in),
          '→',
          `${shortCount(one.out)} ${one.unit.replace(/ per request$/, '')}`,
        ];
  const times = [one.fitMillis, one.applyMillis].map((millis) => (millis === null ? '' : millisText(millis)));
  return [
    `  ${marks[one.status]}`,
    safe(resultTitle(one)),
    componentTitle(one.component),
    ...flow,
    ...measured,
    ...times,
  ];
}

function evaluationsText(run: RunResult): string {
  const evaluations = Object.values(run.nodes).filter(
    (one) => stageOf(one.component) === 'evaluation' && Object.keys(one.metrics).length > 0,
  );
  return evaluations.map((one) => evaluationText(one)).join('\n');
}

function evaluationText(one: NodeResult): string {
  const baselines = Object.keys(one.baselines);
  const rows = Object.entries(one.metrics).map(([key, metric]) => [
    metricHeading(key),
    colour('bold', valueText(metric.value)),
    intervalText(metric),
    countText(metric.n),
    ...baselines.map((name) => baselineText(one.baselines[name][key])),
  ]);
  const columns = [
    { title: safe(one.title) },
    { title: '', right: true },
    { title: '95 % interval' },
    { title: 'n', right: true },
    ...baselines.map((name) => ({ title: safe(name), right: true })),
  ];
  return textTable(columns, rows);
}

function baselineText(metric: MetricValue | undefined): string {
  return metric === undefined ? '' : valueText(metric.value);
}

function funnelText(design: Design, run: RunResult): string {
  const steps = funnelOf(design, run);
  if (steps.length === 0) return '';
  const rows = steps.map((step, i) => [
    safe(step.title),
    step.items === null ? '' : countText(step.items),
    `${bar(step.recall.value ?? 0, 24)}`,
    `${((step.recall.value ?? 0) * 100).toFixed(1)} %`,
    `${(step.lost * 100).toFixed(1)} % ${i === 0 ? 'never retrieved' : 'lost here'}`,
  ]);
  return textTable(
    [
      { title: 'relevant items left after', most: 30 },
      { title: 'items', right: true },
      { title: '' },
      { title: '', right: true },
      { title: '' },
    ],
    rows,
  );
}

function warningsText(run: RunResult): string {
  const lines: string[] = [];
  if (run.error !== undefined) lines.push(`  ${colour('red', '✕')} ${safe(failureLine(run.error))}`);
  for (const one of Object.values(run.nodes)) {
    if (one.error !== undefined && one.status === 'failed')
      lines.push(`  ${colour('red', '✕')} ${safe(one.title)}: ${safe(failureLine(one.error))}`);
  }
  for (const { from, text } of groupedWarnings(run))
    lines.push(`  ${colour('yellow', '!')} ${safe(from)}: ${safe(text)}`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
