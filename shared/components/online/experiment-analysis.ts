import { RunboardError } from '#shared/contract/failure.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { holm } from '#shared/kernels/holm.ts';
import { benjaminiHochbergAdjusted } from '#shared/kernels/experiments/multiple-testing.ts';
import { sampleRatioAlarm, sampleRatioTest } from '#shared/kernels/experiments/sample-ratio.ts';
import type { SampleRatio } from '#shared/kernels/experiments/sample-ratio.ts';
import type { Arm } from '#shared/kernels/experiments/arms.ts';
import { adjustedFinding, armOf, findingOf } from './effects.ts';
import type { Adjusted, Finding, TestSettings } from './effects.ts';
import type { ExperimentRows } from './experiment-rows.ts';
import { dailySums, onlineMetrics, titledBy, unitSums } from './online-metrics.ts';
import type { OnlineMetric } from './online-metrics.ts';

export interface AnalysisSettings extends TestSettings {
  readonly metrics: readonly string[];
  readonly guardrails: readonly string[];
  readonly guardrailMargin: number;
  readonly correction: 'holm' | 'benjamini-hochberg' | 'none';
  readonly cuped: boolean;
  readonly shares: readonly number[];
  readonly segments: readonly string[];
  readonly minimumDays: number;
}

/** One metric under one variant against the control. */
export interface Comparison {
  readonly metric: OnlineMetric;
  readonly guardrail: boolean;
  /** Place of the variant among the names; the control is 0. */
  readonly variant: number;
  readonly control: Arm;
  readonly treated: Arm;
  readonly finding: Finding;
  readonly cuped: Adjusted | null;
  /** p-value after the correction for several tests; NaN where there is none. */
  readonly adjustedP: number;
}

export interface DayPoint {
  readonly day: number;
  readonly soFar: Finding;
  readonly daily: Finding;
}

interface SegmentFinding {
  readonly segment: string;
  readonly variant: number;
  readonly finding: Finding;
}

export interface Analysis {
  readonly rows: ExperimentRows;
  readonly unitsPerArm: readonly number[];
  readonly sampleRatio: SampleRatio;
  /** Why no lift may be stated; null where it may. */
  readonly withheld: string | null;
  readonly comparisons: readonly Comparison[];
  /** Lift of the first metric over time, by variant from 1; with CUPED where its lift at the end is. */
  readonly overTime: readonly (readonly DayPoint[])[];
  readonly segments: readonly SegmentFinding[];
}

export function analyse(dataset: Dataset, rows: ExperimentRows, settings: AnalysisSettings): Analysis {
  const unitsPerArm = rows.names.map(() => 0);
  for (const arm of rows.armOf) if (arm >= 0) unitsPerArm[arm]++;
  if (settings.shares.length > 0 && settings.shares.length !== rows.names.length) {
    throw new RunboardError(
      'bad-parameter',
      `${settings.shares.length} traffic shares for ${rows.names.length} variants`,
      { where: 'shares', remedy: 'give one share per variant, or none' },
    );
  }
  const sampleRatio = sampleRatioTest(
    unitsPerArm,
    settings.shares.length > 0 ? settings.shares : unitsPerArm.map(() => 1),
  );
  const simulated = dataset.roles['simulator'] !== undefined;
  const chosen = chosenMetrics(rows, settings).map((one) => ({ ...one, metric: titledBy(one.metric, simulated) }));
  const comparisons = corrected(
    chosen.flatMap((one) => comparisonsOf(rows, one.metric, one.guardrail, settings)),
    settings,
  );
  return {
    rows,
    unitsPerArm,
    sampleRatio,
    withheld: whyWithheld(rows, sampleRatio, unitsPerArm, settings),
    comparisons,
    overTime: chosen.length === 0 ? [] : overTime(rows, chosen[0].metric, settings, comparisons[0]?.cuped !== null),
    segments: chosen.length === 0 ? [] : segmentFindings(dataset, rows, chosen[0].metric, settings),
  };
}

function whyWithheld(
  rows: ExperimentRows,
  ratio: SampleRatio,
  unitsPerArm: readonly number[],
  settings: AnalysisSettings,
): string | null {
  if (ratio.pValue < sampleRatioAlarm) {
    const expected = Array.from(ratio.expected, (one) => Math.round(one)).join(' : ');
    return `users are split ${unitsPerArm.join(' : ')} instead of ${expected} (p = ${ratio.pValue.toExponential(1)}): something let users into one variant more than into another, so no lift can be trusted`;
  }
  if (rows.days < settings.minimumDays) {
    return `${rows.days === 1 ? 'a single day' : `${rows.days} days`} of data where at least ${settings.minimumDays} are asked for: one day tells nothing of weekdays, novelty and late conversions`;
  }
  return null;
}

function chosenMetrics(
  rows: ExperimentRows,
  settings: AnalysisSettings,
): { metric: OnlineMetric; guardrail: boolean }[] {
  const asked = [
    ...settings.metrics.map((id) => ({ id, guardrail: false })),
    ...settings.guardrails.filter((id) => !settings.metrics.includes(id)).map((id) => ({ id, guardrail: true })),
  ];
  const found = asked.flatMap(({ id, guardrail }) => {
    const metric = onlineMetrics.find((one) => one.id === id);
    return metric !== undefined && rows.columns[metric.column] !== undefined ? [{ metric, guardrail }] : [];
  });
  if (!found.some((one) => !one.guardrail)) {
    throw new RunboardError('bad-data', `the log has no column for any of ${settings.metrics.join(', ')}`, {
      where: 'metrics',
      remedy: `it has ${Object.keys(rows.columns).join(', ')}`,
    });
  }
  return found;
}

function comparisonsOf(
  rows: ExperimentRows,
  metric: OnlineMetric,
  guardrail: boolean,
  settings: AnalysisSettings,
): Comparison[] {
  const during = unitSums(rows, metric, false);
  const before = unitSums(rows, metric, true);
  const control = armOf(metric, during, rows.armOf, 0);
  return rows.names.slice(1).map((_, at) => {
    const variant = at + 1;
    const treated = armOf(metric, during, rows.armOf, variant);
    const finding = findingOf(control, treated, settings);
    const cuped =
      settings.cuped && finding.fault === null
        ? adjustedFinding(metric, during, before, rows.armOf, [0, variant], settings)
        : null;
    return { metric, guardrail, variant, control, treated, finding, cuped, adjustedP: NaN };
  });
}

function adjust(pValues: Float64Array, correction: AnalysisSettings['correction']): Float64Array {
  if (correction === 'none') return pValues;
  return correction === 'holm' ? holm(pValues) : benjaminiHochbergAdjusted(pValues);
}

/** Goal metrics are corrected together; guardrails stand by themselves, since missing harm is the error that matters there. */
function corrected(comparisons: readonly Comparison[], settings: AnalysisSettings): Comparison[] {
  const goals = Float64Array.from(comparisons, (one) =>
    one.guardrail ? NaN : (one.cuped?.finding ?? one.finding).fixed.pValue,
  );
  const adjusted = adjust(goals, settings.correction);
  return comparisons.map((one, i) => ({ ...one, adjustedP: one.guardrail ? one.finding.fixed.pValue : adjusted[i] }));
}

function overTime(rows: ExperimentRows, metric: OnlineMetric, settings: TestSettings, cuped: boolean): DayPoint[][] {
  const points: DayPoint[][] = rows.names.slice(1).map(() => []);
  const before = unitSums(rows, metric, true);
  const there = (x: Float64Array): Int32Array => rows.armOf.map((arm, u) => (x[u] > 0 ? arm : -1));
  dailySums(rows, metric, (day, daily, soFar) => {
    const armsDaily = there(daily.x);
    const armsSoFar = there(soFar.x);
    for (let variant = 1; variant < rows.names.length; variant++) {
      const plain = findingOf(armOf(metric, soFar, armsSoFar, 0), armOf(metric, soFar, armsSoFar, variant), settings);
      const adjusted =
        cuped && plain.fault === null
          ? adjustedFinding(metric, soFar, before, armsSoFar, [0, variant], settings)
          : null;
      points[variant - 1].push({
        day: day + 1,
        soFar: adjusted?.finding ?? plain,
        daily: findingOf(armOf(metric, daily, armsDaily, 0), armOf(metric, daily, armsDaily, variant), settings),
      });
    }
  });
  return points;
}

function segmentFindings(
  dataset: Dataset,
  rows: ExperimentRows,
  metric: OnlineMetric,
  settings: AnalysisSettings,
): SegmentFinding[] {
  const during = unitSums(rows, metric, false);
  const found: SegmentFinding[] = [];
  for (const name of settings.segments) {
    for (const { segment, member } of segmentsOf(dataset, rows, name)) {
      const arms = rows.armOf.map((arm, u) => (member(u) ? arm : -1));
      for (let variant = 1; variant < rows.names.length; variant++) {
        found.push({
          segment,
          variant,
          finding: findingOf(armOf(metric, during, arms, 0), armOf(metric, during, arms, variant), settings),
        });
      }
    }
  }
  return found;
}

/** At most this many parts per segment column: with more, each says little and some look significant by chance. */
const mostParts = 8;

function segmentsOf(
  dataset: Dataset,
  rows: ExperimentRows,
  name: string,
): { segment: string; member: (unit: number) => boolean }[] {
  if (name === 'activity') return activitySegments(rows);
  const column = dataset.users.table.columns[name];
  if (column?.kind !== 'category') {
    throw new RunboardError('bad-parameter', `users have no column of names called ${name}`, {
      where: 'segments',
      remedy: 'name a category column of the users, or activity',
    });
  }
  const counts = column.names.map(() => 0);
  for (const user of rows.userOf) if (column.codes[user] >= 0) counts[column.codes[user]]++;
  return counts
    .map((count, code) => ({ count, code }))
    .filter((one) => one.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostParts)
    .map(({ code }) => ({
      segment: `${name}: ${column.names[code]}`,
      member: (unit) => column.codes[rows.userOf[unit]] === code,
    }));
}

/** Thirds by impressions before the experiment: what happened during it may be an effect of it. */
function activitySegments(rows: ExperimentRows): { segment: string; member: (unit: number) => boolean }[] {
  const before = new Int32Array(rows.units);
  for (let i = 0; i < rows.rows; i++) if (rows.arm[i] < 0) before[rows.unit[i]]++;
  const sorted = before.filter((_, u) => rows.armOf[u] >= 0).sort();
  if (sorted.length === 0 || sorted[sorted.length - 1] === 0) return [];
  const low = sorted[Math.floor(sorted.length / 3)];
  const high = sorted[Math.floor((2 * sorted.length) / 3)];
  return [
    { segment: 'activity before: lowest third', member: (unit) => before[unit] <= low },
    { segment: 'activity before: middle third', member: (unit) => before[unit] > low && before[unit] <= high },
    { segment: 'activity before: top third', member: (unit) => before[unit] > high },
  ];
}
