/** Round numbers from `low` to `high`, about `count` of them, a step of 1, 2 or 5 times a power of ten apart. */
export function niceTicks(low: number, high: number, count: number): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(low) ? [low] : [];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const value = (first + at) * step;
    return value === 0 ? 0 : Number(value.toPrecision(12));
  });
}

/** How many digits after the point tell these ticks apart. */
export function tickDigits(ticks: readonly number[]): number {
  for (let digits = 0; digits < 8; digits++)
    if (ticks.every((tick) => Math.abs(tick - Number(tick.toFixed(digits))) < 1e-9 * Math.max(1, Math.abs(tick))))
      return digits;
  return 8;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** The ticks of one axis in words, all with the same digits: 0, .05, .10; 10k, 20k. */
export function tickWords(ticks: readonly number[]): readonly string[] {
  const most = Math.max(0, ...ticks.map(Math.abs));
  if (most >= 1e6) return ticks.map((tick) => (tick === 0 ? '0' : `${short.format(tick / 1e6)}M`));
  if (most >= 1e4) return ticks.map((tick) => (tick === 0 ? '0' : `${short.format(tick / 1e3)}k`));
  if (most > 0 && most < 1e-4) return ticks.map((tick) => (tick === 0 ? '0' : tick.toExponential(0)));
  const digits = tickDigits(ticks);
  if (digits === 0) return ticks.map((tick) => whole.format(tick).replace('-', '−'));
  return ticks.map((tick) =>
    tick === 0
      ? '0'
      : tick
          .toFixed(digits)
          .replace(/^(-?)0\./, '$1.')
          .replace('-', '−'),
  );
}
