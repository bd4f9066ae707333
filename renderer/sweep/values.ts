import type { NumberParam, Param } from '#shared/contract/params.ts';

export type SweptValue = number | boolean | string;

export interface Range {
  readonly from: number;
  readonly to: number;
  /** How many values, both ends included. */
  readonly steps: number;
  readonly scale: 'linear' | 'logarithmic';
}

/** Three digits tell values apart that anybody sweeps over: 0.00316, not 0.0031622776601683794. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Values of a range in equal steps or by equal factors, whole where the parameter is; each once, ascending. */
export function valuesOf(
  param: Pick<NumberParam, 'minimum' | 'maximum' | 'integer'>,
  { from, to, steps, scale }: Range,
): readonly number[] {
  const [low, high] = [Math.max(param.minimum, Math.min(from, to)), Math.min(param.maximum, Math.max(from, to))];
  const count = Math.max(2, Math.floor(steps));
  const at = (share: number): number =>
    scale === 'logarithmic' && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
  const values = Array.from({ length: count }, (_, step) => {
    const value = step === 0 ? low : step === count - 1 ? high : rounded(at(step / (count - 1)));
    return param.integer === true ? Math.round(value) : value;
  });
  return [...new Set(values.map((value) => Math.min(high, Math.max(low, value))))];
}

/** A range around the value that is set: a factor of four to both sides, or half the way to the ends. */
export function rangeAround(param: NumberParam, value: number): Range {
  const scale = param.logarithmic === true && param.minimum >= 0 && value > 0 ? 'logarithmic' : 'linear';
  const [low, high] =
    scale === 'logarithmic'
      ? [value / 4, value * 4]
      : [
          value - (value - param.minimum) / 2,
          value + Math.min((param.maximum - value) / 2, Math.max(1, Math.abs(value) * 2)),
        ];
  const within = (one: number): number => {
    const kept = Math.min(param.maximum, Math.max(param.minimum, rounded(one)));
    return param.integer === true ? Math.round(kept) : kept;
  };
  return { from: within(low), to: within(high), steps: 5, scale };
}

/** Kinds of parameter that have values to try one after another. */
export function canSweep(param: Param): boolean {
  return param.kind === 'number' || param.kind === 'choice' || param.kind === 'flag';
}

/** Every value of a parameter without a range. */
export function allValues(param: Param): readonly SweptValue[] {
  if (param.kind === 'choice') return param.choices;
  return param.kind === 'flag' ? [false, true] : [];
}
