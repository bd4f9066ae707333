/** How values become labels. */
export interface Labelling {
  readonly target: 'threshold' | 'value';
  /** Values from here on are labelled 1. */
  readonly positive: number;
  /** Values up to here are labelled 0; those in between have no label. */
  readonly negative: number;
}

/** 1, 0, or NaN for the band in between; the value itself where it is the target. */
export function labelOf(value: number, { target, positive, negative }: Labelling): number {
  if (target === 'value') return value;
  return value >= positive ? 1 : value <= negative ? 0 : NaN;
}
