import { thousands } from '#shared/contract/thousands.ts';
import type { Origin, Sheet } from '#shared/contract/values.ts';
import type { Analysis, AnalysisSettings, Comparison } from './experiment-analysis.ts';

/** What the first line of everything that leaves an experiment says. */
const originSentences: Readonly<Record<Origin, string>> = {
  simulated: 'Simulated: these users exist only in the simulator; a real experiment may come out otherwise',
  replayed: 'Replayed: computed from a logged experiment',
  estimated: 'Estimated: computed from a log of another policy, or by formula',
  measured: 'Measured',
  assumed: 'Assumed',
};

/** A change in percent, with its sign; the parts of a number stay on one line. */
const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
const percent = (value: number): string => (Number.isFinite(value) ? `${points(value)}\u00a0%` : 'none');
/** A share that somebody set: without digits that say nothing. */
const plainPercent = (value: number): string => `${Number((100 * value).toFixed(2))}\u00a0%`;
const span = ({ low, high }: { low: number; high: number }): string =>
  Number.isFinite(low) && Number.isFinite(high) ? `${points(low)}\u00a0to\u00a0${points(high)}\u00a0%` : 'none';

/** The experiment on one card: what was compared, whether it can be trusted, what came out. */
export function experimentCard(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Sheet {
  const { rows, withheld } = analysis;
  const lines: [string, string][] = [
    ['Origin', originSentences[origin]],
    [
      'Compared',
      rows.names
        .map((name, v) => `${name}${v === 0 ? ' (control)' : ''}: ${thousands(analysis.unitsPerArm[v])} users`)
        .join(', '),
    ],
    ['Unit of randomisation', 'user'],
    ['Days', String(rows.days)],
    [
      'Sample ratio',
      `p = ${analysis.sampleRatio.pValue.toPrecision(2)}${analysis.sampleRatio.pValue < 0.001 ? ': ALARM' : ': as planned'}`,
    ],
    [
      'Level',
      `two-sided, ${plainPercent(settings.alpha)}; ${settings.correction === 'none' ? 'no correction for several tests' : `several tests corrected by ${settings.correction === 'holm' ? 'Holm' : 'Benjamini and Hochberg'}`}`,
    ],
    ...rows.notes.map((note): [string, string] => ['Left out', note]),
  ];
  if (withheld !== null) lines.push(['No result', withheld]);
  else
    for (const one of analysis.comparisons.filter((comparison) => !comparison.guardrail))
      lines.push([`${one.metric.title}, ${rows.names[one.variant]}`, verdict(one, settings)]);
  return { id: 'experiment-card', title: `Experiment card (${origin})`, columns: ['what', 'says'], rows: lines };
}

function verdict(one: Comparison, settings: AnalysisSettings): string {
  const used = one.cuped?.finding ?? one.finding;
  if (used.fault !== null) return `no lift can be stated: ${used.fault}`;
  const size = `lift ${percent(used.effect.estimate)} (${span(used.fixed)}${one.cuped === null ? '' : ', CUPED'})`;
  if (!(one.adjustedP < settings.alpha)) return `no difference shown: ${size}`;
  return `${used.effect.estimate > 0 === (one.metric.better === 'higher') ? 'better' : 'worse'}: ${size}`;
}

/** All lifts, with both kinds of interval. */
export function armSheet(analysis: Analysis, _settings: AnalysisSettings, origin: Origin): Sheet {
  const hide = analysis.withheld !== null;
  return {
    id: 'lifts',
    title: `Lifts (${origin})`,
    columns: [
      'metric',
      'variant',
      'control mean',
      'variant mean',
      'lift',
      'fixed-horizon interval',
      'always-valid interval',
      'p',
      'p adjusted',
      'chance to win',
      'variance left by CUPED',
      'risk',
    ],
    rows: analysis.comparisons.map((one) => {
      const used = one.cuped?.finding ?? one.finding;
      const wins = one.metric.better === 'higher' ? used.posterior.chanceToWin : 1 - used.posterior.chanceToWin;
      const risk = one.metric.better === 'higher' ? used.posterior.riskOfChoosing : used.posterior.riskOfKeeping;
      const lifts =
        hide || used.fault !== null
          ? [null, used.fault ?? 'withheld', null, null, null, null]
          : [used.effect.estimate, span(used.fixed), span(used.sequential), used.fixed.pValue, one.adjustedP, wins];
      return [
        one.metric.title,
        analysis.rows.names[one.variant],
        one.control.baseMean,
        one.treated.baseMean,
        ...lifts,
        hide ? null : (one.cuped?.varianceRatio ?? null),
        hide || used.fault !== null ? null : risk,
      ];
    }),
  };
}

/** Guardrails: harm is excluded only where the whole interval lies on the right side of the margin. */
export function guardrailSheet(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Sheet {
  return {
    id: 'guardrails',
    title: `Guardrails (${origin})`,
    columns: ['guardrail', 'variant', 'change', 'interval', 'verdict'],
    rows: analysis.comparisons
      .filter((one) => one.guardrail)
      .map((one) => {
        const { finding } = one;
        if (analysis.withheld !== null || finding.fault !== null)
          return [one.metric.title, analysis.rows.names[one.variant], null, null, finding.fault ?? 'withheld'];
        return [
          one.metric.title,
          analysis.rows.names[one.variant],
          finding.effect.estimate,
          span(finding.fixed),
          guardrailVerdict(one, settings),
        ];
      }),
  };
}

/** holds, broken, or not known: by where the interval of harm lies against the margin. */
export function guardrailVerdict({ finding, metric }: Comparison, { guardrailMargin }: AnalysisSettings): string {
  const sign = metric.better === 'lower' ? 1 : -1;
  const harm = [sign * finding.fixed.low, sign * finding.fixed.high].sort((a, b) => a - b);
  if (harm[0] > guardrailMargin) return `broken: worse by more than ${plainPercent(guardrailMargin)}`;
  if (harm[1] < guardrailMargin) return `holds: harm of ${plainPercent(guardrailMargin)} is excluded`;
  return `not known: harm of ${plainPercent(guardrailMargin)} cannot be excluded yet`;
}

export function segmentSheet(analysis: Analysis, origin: Origin): Sheet[] {
  if (analysis.segments.length === 0 || analysis.withheld !== null) return [];
  return [
    {
      id: 'segments',
      title: `Segments (${origin}; not corrected for looking at many)`,
      columns: ['segment', 'variant', 'users', 'lift', 'interval'],
      rows: analysis.segments.map(({ segment, variant, finding }) => [
        segment,
        analysis.rows.names[variant],
        finding.effect.n,
        finding.fault === null ? finding.effect.estimate : null,
        finding.fault ?? span(finding.fixed),
      ]),
    },
  ];
}
