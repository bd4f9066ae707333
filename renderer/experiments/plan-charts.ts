import type { ExperimentPlan } from '#shared/contract/experiments.ts';
import type { ChartSpec } from '#renderer/ui/chart-model.ts';
import { percent } from './percent.ts';

/** Chances and lifts over the days in percent, as everything else on this page says them, with the power that is wanted. */
export function planCharts(plots: ExperimentPlan['plots'], power: number): readonly ChartSpec[] {
  return plots.map((plot) => {
    const series = plot.series.map((one) => ({ ...one, y: one.y.map((value) => 100 * value) }));
    const title = plot.title.replace(' (estimated)', '');
    if (plot.id !== 'power-by-day') return { ...plot, title, y: `${plot.y}, %`, reach: [0], series };
    const days = series[0].x;
    const wanted = { name: `wanted: ${percent(power).replace('.0 ', ' ')}`, x: days, y: days.map(() => 100 * power) };
    return { ...plot, title, y: `${plot.y}, %`, reach: [0, 100], series: [...series, wanted] };
  });
}
