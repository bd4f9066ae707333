import type { MetricValue, Plot } from '#shared/contract/values.ts';
import type { Behaviour, Exposures, Period } from './exposures.ts';

/** Share of a variant's impressions that went to items that came during the experiment; none where all were there. */
export function newItemShare(
  exposures: Exposures,
  births: Int32Array | null,
  variant: number,
): Record<string, MetricValue> {
  if (births === null) return {};
  let shown = 0;
  let fresh = 0;
  for (let row = 0; row < exposures.rows; row++) {
    if (exposures.variant[row] !== variant) continue;
    shown++;
    if (births[exposures.item[row]] > 0) fresh++;
  }
  return { 'new-item-share': { value: shown > 0 ? fresh / shown : null, low: null, high: null, n: shown } };
}

/** The same share day by day. */
export function newItemPlots(
  exposures: Exposures,
  about: { readonly names: readonly string[]; readonly behaviour: Behaviour; readonly period: Period },
): Plot[] {
  const { births } = about.behaviour;
  if (births === null) return [];
  const { warmUp, to } = about.period;
  const shown = about.names.map(() => new Float64Array(to - warmUp));
  const fresh = about.names.map(() => new Float64Array(to - warmUp));
  for (let row = 0; row < exposures.rows; row++) {
    const variant = exposures.variant[row];
    if (variant < 0) continue;
    const day = Math.floor(exposures.time[row] / 86_400) - warmUp;
    shown[variant][day]++;
    if (births[exposures.item[row]] > 0) fresh[variant][day]++;
  }
  const days = Array.from({ length: to - warmUp }, (_, day) => day + 1);
  return [
    {
      id: 'new-items-by-day',
      title: 'Share of simulated impressions that go to new items',
      x: 'day',
      y: 'share',
      mark: 'line',
      series: about.names.map((name, v) => ({
        name,
        x: days,
        y: days.map((_, day) => (shown[v][day] > 0 ? fresh[v][day] / shown[v][day] : 0)),
      })),
    },
  ];
}
