import type { ReactElement } from 'react';
import './difference.css';
import { metricValue, signed } from './format.ts';
import { ZeroLine } from './zero-line.tsx';

/** A paired difference of means with its interval. */
export interface Gap {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly pHolm: number;
  readonly users: number;
}

export type Better = 'higher' | 'lower' | 'neither';

/** Differences that chance alone would give in fewer than one of twenty such comparisons, all of them together. */
export function isClear(gap: Gap): boolean {
  return gap.pHolm < 0.05;
}

/** What a difference is worth: better or worse where that is known and clear. */
export function verdictOf(gap: Gap, better: Better): 'better' | 'worse' | 'other' | 'unclear' | 'none' {
  if (gap.mean === 0 && gap.low === 0 && gap.high === 0) return 'none';
  if (!isClear(gap)) return 'unclear';
  if (better === 'neither') return 'other';
  return gap.mean > 0 === (better === 'higher') ? 'better' : 'worse';
}

function chance(p: number): string {
  return p < 0.001 ? '< .001' : metricValue(p);
}

/** Numbers of one difference with the same digits: a fourth where the interval is narrow. */
function worded(gap: Gap): { readonly mean: string; readonly low: string; readonly high: string } {
  const digits = Math.max(Math.abs(gap.mean), gap.high - gap.low) < 0.003 ? 4 : 3;
  const word = (value: number): string => {
    const size = Math.abs(value);
    if (size >= 1) return signed(value);
    const text = size.toFixed(digits).replace(/^0/, '');
    return Number(text) === 0 ? '0' : `${value < 0 ? '−' : '+'}${text}`;
  };
  return { mean: word(gap.mean), low: word(gap.low), high: word(gap.high) };
}

/** Everything about a difference in one sentence. */
export function gapWords(gap: Gap): string {
  const { low, high } = worded(gap);
  return `95 % from ${low} to ${high}, paired over ${gap.users} users; p ${chance(gap.p)}, after Holm ${chance(gap.pHolm)}`;
}

/** A difference as text: mean, interval, and its probability for those who ask. */
export function GapText({ gap, better }: { gap: Gap; better: Better }): ReactElement {
  const verdict = verdictOf(gap, better);
  if (verdict === 'none') return <span className="quiet">same</span>;
  const { mean, low, high } = worded(gap);
  return (
    <span className={`gap gap-${verdict}`} title={gapWords(gap)}>
      <b>{mean}</b>{' '}
      <span className="quiet gap-range">
        {low} to {high}
      </span>
      <span className="visually-hidden">
        , {verdict === 'unclear' ? 'not clear' : `clearly ${verdict}`}, p after Holm {chance(gap.pHolm)}
      </span>
    </span>
  );
}

/** Where a difference lies on a line around zero, with its interval; `most` is what the line reaches to both sides. */
export function GapBar({ gap, better, most }: { gap: Gap | null; better: Better; most: number }): ReactElement {
  return gap === null ? (
    <ZeroLine most={0} value={null} thick={null} tone="none" />
  ) : (
    <ZeroLine most={most} value={gap.mean} thick={gap} tone={verdictOf(gap, better)} />
  );
}

/** How far to both sides a line around zero must reach to hold these differences. */
export function reachOf(gaps: readonly (Gap | null)[]): number {
  return gaps.reduce((most, gap) => (gap === null ? most : Math.max(most, Math.abs(gap.low), Math.abs(gap.high))), 0);
}
