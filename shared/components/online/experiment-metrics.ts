import type { Metrics, MetricValue, MetricValues, Origin } from '#shared/contract/values.ts';
import { normalInterval } from '#shared/kernels/experiments/lift.ts';
import type { Analysis, AnalysisSettings, Comparison } from './experiment-analysis.ts';
import { armSheet, experimentCard, guardrailSheet, segmentSheet } from './experiment-sheets.ts';
import { overTimePlots } from './experiment-plots.ts';
import type { Finding } from './effects.ts';

/** A number without an interval; null where it is not one. */
function plainValue(value: number, n: number): MetricValue {
  return { value: Number.isFinite(value) ? value : null, low: null, high: null, n };
}

/** A number with its interval; all null where there is none. */
function intervalValue(
  value: number,
  interval: { readonly low: number; readonly high: number },
  n: number,
): MetricValue {
  if (!Number.isFinite(value) || !Number.isFinite(interval.low) || !Number.isFinite(interval.high))
    return plainValue(NaN, n);
  return { value, low: interval.low, high: interval.high, n };
}

/** The Metrics value of an analysed experiment. A withheld lift is null everywhere, never a number with a footnote. */
export function experimentMetrics(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Metrics {
  const { rows } = analysis;
  const several = rows.names.length > 2;
  const metrics: Record<string, MetricValue> = {};
  const slices: Record<string, MetricValues> = {};
  for (const one of analysis.comparisons) {
    const suffix = several ? `:${rows.names[one.variant]}` : '';
    Object.assign(metrics, comparisonMetrics(one, suffix, analysis.withheld !== null));
    for (const [v, arm] of [
      [0, one.control],
      [one.variant, one.treated],
    ] as const) {
      const slice = `variant: ${rows.names[v]}`;
      slices[slice] = {
        ...slices[slice],
        [one.metric.id]: intervalValue(
          arm.mean,
          normalInterval(arm.mean, Math.sqrt(arm.variance / Math.max(1, arm.n)), settings.alpha),
          arm.n,
        ),
      };
    }
  }
  for (const { segment, variant, finding } of analysis.segments) {
    const key = `${analysis.comparisons[0].metric.id}-lift${several ? `:${rows.names[variant]}` : ''}`;
    slices[segment] = { ...slices[segment], [key]: liftValue(finding, analysis.withheld !== null) };
  }
  const units = analysis.unitsPerArm.reduce((sum, one) => sum + one, 0);
  metrics['sample-ratio-p'] = plainValue(analysis.sampleRatio.pValue, units);
  metrics['users'] = plainValue(units, units);
  return {
    type: 'metrics',
    origin,
    metrics,
    baselines: {},
    slices,
    users: new Int32Array(0),
    perUser: {},
    plots: analysis.withheld === null ? overTimePlots(analysis, settings, origin) : [],
    sheets: [
      experimentCard(analysis, settings, origin),
      armSheet(analysis, settings, origin),
      guardrailSheet(analysis, settings, origin),
      ...segmentSheet(analysis, origin),
    ],
  };
}

function liftValue(finding: Finding, withheld: boolean): MetricValue {
  return withheld
    ? plainValue(NaN, finding.effect.n)
    : intervalValue(finding.effect.estimate, finding.fixed, finding.effect.n);
}

function comparisonMetrics(one: Comparison, suffix: string, withheld: boolean): Record<string, MetricValue> {
  const { finding, cuped } = one;
  const { n } = finding.effect;
  const id = one.metric.id;
  const shown = (value: number): MetricValue => plainValue(withheld ? NaN : value, n);
  const values: Record<string, MetricValue> = { [`${id}-lift${suffix}`]: liftValue(finding, withheld) };
  if (cuped !== null) values[`${id}-lift-cuped${suffix}`] = liftValue(cuped.finding, withheld);
  const preferred = cuped?.finding ?? finding;
  values[`${id}-lift-sequential${suffix}`] = withheld
    ? plainValue(NaN, n)
    : intervalValue(preferred.effect.estimate, preferred.sequential, n);
  if (one.guardrail) return values;
  values[`${id}-p${suffix}`] = shown(preferred.fixed.pValue);
  values[`${id}-p-adjusted${suffix}`] = shown(one.adjustedP);
  // "Win" is a gain in what the metric should do; for lower-is-better it is the other tail.
  const wins = one.metric.better === 'higher' ? preferred.posterior.chanceToWin : 1 - preferred.posterior.chanceToWin;
  values[`${id}-chance-to-win${suffix}`] = shown(wins);
  values[`${id}-risk${suffix}`] = shown(
    one.metric.better === 'higher' ? preferred.posterior.riskOfChoosing : preferred.posterior.riskOfKeeping,
  );
  if (cuped !== null) values[`${id}-cuped-variance-ratio${suffix}`] = shown(cuped.varianceRatio);
  return values;
}
