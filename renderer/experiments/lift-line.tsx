import type { ReactElement } from 'react';
import type { Span } from './experiment.ts';
import { change, changes } from './percent.ts';

interface LiftLineProps {
  readonly value: number | null;
  readonly fixed: Span | null;
  readonly always?: Span | null;
  /** Change at either end of the line. */
  readonly most: number;
}

/** A lift on a line around zero: the thick bar is the fixed-horizon interval, the thin one is always valid. */
export function LiftLine({ value, fixed, always = null, most }: LiftLineProps): ReactElement {
  const at = (x: number): number => 50 + (Math.max(-1, Math.min(1, x / most)) * 100) / 2;
  const bar = (span: Span): { left: string; width: string } => ({
    left: `${at(span.low)}%`,
    width: `${Math.max(0.5, at(span.high) - at(span.low))}%`,
  });
  const clear = fixed !== null && (fixed.low > 0 || fixed.high < 0);
  const label =
    value === null
      ? 'no lift'
      : `${change(value)}, fixed horizon ${changes(fixed)}${always === null ? '' : `, always valid ${changes(always)}`}`;
  return (
    <span className="lift-line" role="img" aria-label={label}>
      <i className="gap-zero" />
      {always === null ? null : <i className="lift-always" style={bar(always)} />}
      {fixed === null ? null : <i className={`lift-fixed ${clear ? 'lift-clear' : ''}`} style={bar(fixed)} />}
      {value === null ? null : <i className="lift-dot" style={{ left: `${at(value)}%` }} />}
    </span>
  );
}

/** How far a line must reach to show these intervals; the widest always-valid ones may run off its ends. */
export function reachOf(lifts: readonly { readonly value: number | null; readonly fixed: Span | null }[]): number {
  return (
    Math.max(
      0.01,
      ...lifts.flatMap(({ value, fixed }) => [
        Math.abs(value ?? 0),
        Math.abs(fixed?.low ?? 0),
        Math.abs(fixed?.high ?? 0),
      ]),
    ) * 1.15
  );
}
