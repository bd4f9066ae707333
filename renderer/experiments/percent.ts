const points = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A share as people say it: 4.2 %. */
export function percent(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const size = Math.abs(100 * value);
  if (size >= 100) return `${whole.format(100 * value)} %`;
  return size > 0 && size < 0.05 ? `${(100 * value).toPrecision(1)} %` : `${points.format(100 * value)} %`;
}

/** A chance: as a share, and never more certain than anybody should be. */
export function chance(value: number | null): string {
  if (value !== null && value < 0.001) return '< 0.1 %';
  return value !== null && value > 0.999 ? '> 99.9 %' : percent(value);
}

/** A relative change with its sign: +4.2 %, −1.0 %. */
export function change(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return `${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`;
}

/** An interval of changes: −1.0 to +4.2 %. */
export function changes(span: { readonly low: number; readonly high: number } | null): string {
  return span === null ? '' : `${change(span.low).replace(' %', '')} to ${change(span.high)}`;
}
