import type { Plot } from '#shared/contract/values.ts';
import type { ChartSpec } from '#renderer/ui/chart-model.ts';

/** From this day on the intervals are narrow enough to be drawn beside the last: earlier ones would flatten the rest. */
function readableFrom(series: Plot['series'][number]): number {
  const width = (at: number): number => (series.high?.[at] ?? 0) - (series.low?.[at] ?? 0);
  const last = width(series.x.length - 1);
  const from = series.x.findIndex((_, at) => width(at) <= 5 * last);
  return Math.max(0, from);
}

/** The lift over time, one chart per variant, in percent. */
export function overTime(plots: readonly Plot[]): readonly ChartSpec[] {
  const soFar = plots.find((plot) => plot.id === 'lift-so-far');
  if (soFar === undefined) return [];
  const cuped = soFar.title.includes('CUPED');
  const byVariant = new Map<string, Plot['series'][number][]>();
  for (const series of soFar.series) {
    const [variant] = series.name.includes(', ') ? series.name.split(', ') : [''];
    byVariant.set(variant, [...(byVariant.get(variant) ?? []), series]);
  }
  return [...byVariant].map(([variant, pair]) => {
    const from = Math.max(...pair.map(readableFrom));
    const cut = (values: readonly number[] | undefined): number[] =>
      (values ?? []).slice(from).map((value) => 100 * value);
    const name = (series: Plot['series'][number]): string =>
      series.name.includes('always valid') ? 'always valid' : 'fixed horizon';
    return {
      title: `Lift so far${variant === '' ? '' : `: ${variant}`}`,
      x: 'day',
      y: `%${cuped ? ', CUPED' : ''}${from === 0 ? '' : `, from day ${pair[0].x[from]}`}`,
      mark: 'line' as const,
      reach: [0],
      series: pair.toReversed().map((series) => ({
        name: name(series),
        x: series.x.slice(from),
        y: cut(series.y),
        low: cut(series.low),
        high: cut(series.high),
      })),
    };
  });
}

/** What each day by itself showed. */
export function dayByDay(plots: readonly Plot[]): readonly ChartSpec[] {
  return plots
    .filter((plot) => plot.id === 'lift-by-day')
    .map((plot) => ({
      title: 'Each day by itself',
      x: plot.x,
      y: '%; a slope is novelty or learning',
      mark: 'point' as const,
      reach: [0],
      series: plot.series.map((series) => ({
        name: series.name.replace(', day by day', '').replace('day by day', 'lift'),
        x: series.x,
        y: series.y.map((value) => 100 * value),
      })),
    }));
}
