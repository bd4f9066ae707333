import type { Origin, Plot } from '#shared/contract/values.ts';
import type { Interval } from '#shared/kernels/experiments/lift.ts';
import type { Analysis, AnalysisSettings, DayPoint } from './experiment-analysis.ts';
import type { Finding } from './effects.ts';

type Series = Plot['series'][number];

/** The lift of the first metric over time: what is known after each day, and what each day by itself showed. */
export function overTimePlots(analysis: Analysis, _settings: AnalysisSettings, origin: Origin): Plot[] {
  const metric = analysis.comparisons[0]?.metric;
  if (metric === undefined) return [];
  const cuped = analysis.comparisons[0].cuped === null ? '' : ', CUPED';
  const named = (variant: number, what: string): string =>
    analysis.overTime.length > 1 ? `${analysis.rows.names[variant]}, ${what}` : what;
  return [
    {
      id: 'lift-so-far',
      title: `${metric.title}: lift after each day${cuped} (${origin})`,
      x: 'day',
      y: 'relative lift',
      mark: 'line',
      series: analysis.overTime.flatMap((points, at) => [
        seriesOf(
          named(at + 1, 'fixed horizon: valid at the planned end only'),
          points,
          (point) => point.soFar,
          (finding) => finding.fixed,
        ),
        seriesOf(
          named(at + 1, 'always valid'),
          points,
          (point) => point.soFar,
          (finding) => finding.sequential,
        ),
      ]),
    },
    {
      id: 'lift-by-day',
      title: `${metric.title}: lift of each day by itself (${origin}); a slope is novelty or learning`,
      x: 'day',
      y: 'relative lift',
      mark: 'point',
      series: analysis.overTime.map((points, at) =>
        seriesOf(
          named(at + 1, 'day by day'),
          points,
          (point) => point.daily,
          (finding) => finding.fixed,
        ),
      ),
    },
  ];
}

function seriesOf(
  name: string,
  points: readonly DayPoint[],
  of: (point: DayPoint) => Finding,
  interval: (finding: Finding) => Interval,
): Series {
  const known = points.filter((point) => of(point).fault === null);
  return {
    name,
    x: known.map((point) => point.day),
    y: known.map((point) => of(point).effect.estimate),
    low: known.map((point) => interval(of(point)).low),
    high: known.map((point) => interval(of(point)).high),
  };
}
