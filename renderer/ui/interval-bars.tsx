import type { ReactElement } from 'react';
import { metricValue } from './format.ts';
import './interval-bars.css';

export interface IntervalBar {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly strong: boolean;
}

/** Values of one metric side by side, each with its 95 % interval. */
export function IntervalBars({
  title,
  about,
  help,
  bars,
}: {
  title: string;
  /** What the metric tells, under the pointer. */
  about?: string;
  help: string;
  bars: readonly IntervalBar[];
}): ReactElement {
  const most = Math.max(...bars.map((bar) => bar.high ?? bar.value ?? 0), 0);
  const least = Math.min(...bars.map((bar) => bar.low ?? bar.value ?? 0), 0);
  const span = Math.max(most - least, 1e-12);
  /** From one value to another on a track on which all of them, and zero, have their place. */
  const reach = (from: number, to: number): { left: string; width: string } => ({
    left: `${((from - least) / span) * 100}%`,
    width: `${((to - from) / span) * 100}%`,
  });
  return (
    <figure className="interval-bars">
      <figcaption>
        <strong title={about}>{title}</strong>
        <span className="quiet">{help}</span>
      </figcaption>
      {bars.map((bar) => (
        <div key={bar.name} className={`interval-row ${bar.strong ? 'interval-strong' : ''}`}>
          <span className="truncate" title={bar.name}>
            <bdi>{bar.name}</bdi>
          </span>
          <span className="interval-track">
            {bar.value === null ? null : (
              <i className="interval-bar" style={reach(Math.min(0, bar.value), Math.max(0, bar.value))} />
            )}
            {bar.low === null || bar.high === null ? null : (
              <i className="interval-whisker" style={reach(bar.low, bar.high)} />
            )}
          </span>
          <b className="number">{metricValue(bar.value)}</b>
          <span className="quiet number interval-range">
            {bar.low === null || bar.high === null
              ? ''
              : `${metricValue(bar.low)} ${bar.low < 0 ? 'to' : '–'} ${metricValue(bar.high)}`}
          </span>
        </div>
      ))}
    </figure>
  );
}
