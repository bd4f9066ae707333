import { complementaryError, incompleteBeta, logBeta, upperGamma } from './special-functions.ts';

const SQRT_2 = Math.SQRT2;
const SQRT_2_PI = 2.5066282746310002;
/** From here on the normal expansion is closer than the continued fraction, whose rounding grows with its length. */
const LARGE_DEGREES = 100_000;

/** P(Z ≤ z) of the standard normal. */
export function normalCdf(z: number): number {
  return 0.5 * complementaryError(-z / SQRT_2);
}

/** P(Z > z) of the standard normal, with full relative precision in the right tail. */
export function normalSurvival(z: number): number {
  return 0.5 * complementaryError(z / SQRT_2);
}

/** Density of the standard normal. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_2_PI;
}

/** z with P(Z ≤ z) = p; ±Infinity at p = 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // Start: Abramowitz and Stegun 26.2.23, error below 4.5e-4; then Halley's method on the tail probability.
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 4; i++) {
    const step = (normalSurvival(z) - tail) / normalDensity(z);
    z += step / (1 - (z * step) / 2);
  }
  return p < 0.5 ? -z : z;
}

/** Fisher's expansion of Student's tail in 1 / degrees (Abramowitz and Stegun 26.7.9 ff.); 1e-16 from 100,000 degrees on. */
function nearNormalSurvival(t: number, degrees: number): number {
  const s = t * t;
  const first = (s + 1) / 4;
  const second = (((3 * s - 7) * s - 5) * s - 3) / 96;
  const third = (((((s - 11) * s + 14) * s + 6) * s - 3) * s - 15) / 384;
  const correction = (first + (second + third / degrees) / degrees) / degrees;
  return normalSurvival(t) + normalDensity(t) * t * correction;
}

/** P(T > t) of Student's t with `degrees` above 0 (Infinity gives the normal). */
export function studentSurvival(t: number, degrees: number): number {
  if (degrees === Infinity) return normalSurvival(t);
  if (Number.isNaN(t) || !(degrees > 0)) return NaN;
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  if (degrees > LARGE_DEGREES) return nearNormalSurvival(t, degrees);
  const square = t * t;
  const tail = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
  return t >= 0 ? tail : 1 - tail;
}

function studentDensity(t: number, degrees: number): number {
  return Math.exp(
    -0.5 * (degrees + 1) * Math.log1p((t * t) / degrees) - logBeta(degrees / 2, 0.5) - 0.5 * Math.log(degrees),
  );
}

/** t with P(T ≤ t) = p; ±Infinity at p = 0 and 1, NaN outside. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return NaN;
  if (degrees === Infinity || p === 0 || p === 1) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let high = Math.max(1, -normalQuantile(tail));
  while (studentSurvival(high, degrees) > tail) high *= 2;
  const z = -normalQuantile(tail);
  // Start: first term of the Cornish-Fisher expansion.
  const start = Math.min(high, z + (z * z * z + z) / (4 * degrees));
  const found = fallingRoot(
    (t) => studentSurvival(t, degrees) - tail,
    (t) => -studentDensity(t, degrees),
    { low: 0, high, start },
  );
  return p < 0.5 ? -found : found;
}

interface Bracket {
  readonly low: number;
  readonly high: number;
  readonly start: number;
}

/** Root of a falling function inside a bracket: Newton's steps, halving where a step would leave the bracket. */
function fallingRoot(value: (x: number) => number, slope: (x: number) => number, bracket: Bracket): number {
  let { low, high } = bracket;
  let x = Math.min(high, Math.max(low, bracket.start));
  for (let i = 0; i < 200; i++) {
    const error = value(x);
    if (error === 0) return x;
    if (error > 0) low = x;
    else high = x;
    let next = x - error / slope(x);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (Math.abs(next - x) <= 4e-16 * Math.abs(next)) return next;
    x = next;
  }
  return x;
}

/** P(X > x) of chi-square with `degrees` above 0. */
export function chiSquareSurvival(x: number, degrees: number): number {
  return upperGamma(degrees / 2, Math.max(0, x) / 2);
}
