import type { ReactElement } from 'react';
import './zero-line.css';

interface Span {
  readonly low: number;
  readonly high: number;
}

interface ZeroLineProps {
  /** What the line reaches to both sides; a line that reaches nowhere is empty. */
  readonly most: number;
  readonly value: number | null;
  /** The interval to be read first. */
  readonly thick: Span | null;
  /** A wider interval around it. */
  readonly thin?: Span | null;
  readonly tone: 'better' | 'worse' | 'other' | 'unclear' | 'none';
  /** What it shows, for those who hear it; without it the line stands beside its numbers and is not read out. */
  readonly label?: string;
}

/** Where a difference lies around zero, with its intervals; what lies further out than the line reaches ends with it. */
export function ZeroLine({ most, value, thick, thin = null, tone, label }: ZeroLineProps): ReactElement {
  if (!(most > 0)) return <span className="zero-line" />;
  const at = (x: number): number => 50 + (Math.max(-most, Math.min(most, x)) / most) * 48;
  const place = ({ low, high }: Span): { left: string; width: string } => ({
    left: `${at(low)}%`,
    width: `${Math.max(0.5, at(high) - at(low))}%`,
  });
  return (
    <span
      className="zero-line"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <i className="zero-line-middle" />
      {thin === null ? null : <i className="zero-line-thin" style={place(thin)} />}
      {thick === null ? null : <i className={`zero-line-thick zero-line-${tone}`} style={place(thick)} />}
      {value === null ? null : <i className="zero-line-value" style={{ left: `${at(value)}%` }} />}
    </span>
  );
}
