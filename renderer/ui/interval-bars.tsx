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
  help,
  bars,
}: {
  title: string;
  help: string;
  bars: readonly IntervalBar[];
}): ReactElement {
  const most = Math.max(...bars.map((bar) => bar.high ?? bar.value ?? 0), 1e-12);
  const share = (value: number): string => `${Math.max(0, Math.min(100, (value / most) * 100))}%`;
  return (
    <figure className="interval-bars">
      <figcaption>
        <strong>{title}</strong>
        <span className="quiet">{help}</span>
      </figcaption>
      {bars.map((bar) => (
        <div key={bar.name} className={`interval-row ${bar.strong ? 'interval-strong' : ''}`}>
          <span className="truncate">{bar.name}</span>
          <span className="interval-track">
            {bar.value === null ? null : <i className="interval-bar" style={{ width: share(bar.value) }} />}
            {bar.low === null || bar.high === null ? null : (
              <i
                className="interval-whisker"
                style={{ left: share(bar.low), width: `calc(${share(bar.high)} - ${share(bar.low)})` }}
              />
            )}
          </span>
          <b className="number">{metricValue(bar.value)}</b>
          <span className="quiet number interval-range">
            {bar.low === null || bar.high === null ? '' : `${metricValue(bar.low)} – ${metricValue(bar.high)}`}
          </span>
        </div>
      ))}
    </figure>
  );
}
