import type { ReactElement } from 'react';
import { ZeroLine } from '#renderer/ui/zero-line.tsx';
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
  const clear = fixed !== null && (fixed.low > 0 || fixed.high < 0);
  const label =
    value === null
      ? 'no lift'
      : `${change(value)}, fixed horizon ${changes(fixed)}${always === null ? '' : `, always valid ${changes(always)}`}`;
  return (
    <ZeroLine most={most} value={value} thick={fixed} thin={always} tone={clear ? 'other' : 'unclear'} label={label} />
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
