/*
 * Gamma, beta and error functions to about 1e-14, the ground that the distributions stand on.
 * Sources: Abramowitz and Stegun chapters 6, 7 and 26; continued fractions by Lentz's method (Numerical Recipes 6.2, 6.4).
 */

const LOG_SQRT_2_PI = 0.9189385332046727;
const SQRT_PI = 1.772453850905516;
const TINY = 1e-300;
const EPSILON = 1e-16;
const LONGEST = 200_000;

/** Stirling's remainder: ln Γ(x) - ((x - ½) ln x - x + ln √2π), for x of 10 or more. */
function stirlingRemainder(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  let sum = -691 / 360360 + square / 156;
  sum = 1 / 1188 + square * sum;
  sum = -1 / 1680 + square * sum;
  sum = 1 / 1260 + square * sum;
  sum = -1 / 360 + square * sum;
  sum = 1 / 12 + square * sum;
  return inverse * sum;
}

/** ln Γ(x) for x above 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN;
  // Γ(x) = Γ(x + k) / (x (x + 1) … (x + k - 1)) moves a small x to where Stirling's series is exact.
  let product = 1;
  let shifted = x;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + LOG_SQRT_2_PI + stirlingRemainder(shifted) - Math.log(product);
}

/** ln B(a, b) for a and b above 0, without the cancellation of three large log-gammas. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (!(small > 0)) return NaN;
  if (small >= 10) {
    const remainder = stirlingRemainder(small) + stirlingRemainder(large) - stirlingRemainder(small + large);
    const share = small / (small + large);
    return (
      LOG_SQRT_2_PI - 0.5 * Math.log(large) + remainder + (small - 0.5) * Math.log(share) + large * Math.log1p(-share)
    );
  }
  if (large >= 10) {
    const remainder = stirlingRemainder(large) - stirlingRemainder(small + large);
    return (
      logGamma(small) +
      remainder +
      small -
      small * Math.log(small + large) +
      (large - 0.5) * Math.log1p(-small / (small + large))
    );
  }
  return logGamma(small) + logGamma(large) - logGamma(small + large);
}

/** One factor of a continued fraction, kept away from zero (Lentz). */
function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** Continued fraction of I_x(a, b), fast where x < (a + 1) / (a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= LONGEST; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) <= EPSILON) break;
  }
  return fraction;
}

/**
 * Regularised incomplete beta I_x(a, b) for a, b above 0. `x` and its complement `y` = 1 - x are both
 * passed, because whichever is tiny would lose its digits in the subtraction.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): number {
  if (Number.isNaN(x + a + b)) return NaN;
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const logX = x > 0.5 ? Math.log1p(-y) : Math.log(x);
  const logY = y > 0.5 ? Math.log1p(-x) : Math.log(y);
  const front = Math.exp(a * logX + b * logY - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, y)) / b;
}

/** Upper regularised incomplete gamma Q(a, x) for a above 0 and x of 0 or more. */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) return 1 - front * gammaSeries(a, x);
  // Γ(a, x) = e^-x x^a / (x + 1 - a - 1(1 - a) / (x + 3 - a - …))
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / awayFromZero(b);
  let fraction = d;
  for (let i = 1; i <= LONGEST; i++) {
    const term = -i * (i - a);
    b += 2;
    d = 1 / awayFromZero(term * d + b);
    c = awayFromZero(b + term / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) <= EPSILON) break;
  }
  return front * fraction;
}

/** Σ x^n / (a (a + 1) … (a + n)). */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n <= LONGEST; n++) {
    term *= x / (a + n);
    sum += term;
    if (term <= sum * EPSILON) break;
  }
  return sum;
}

/** Complementary error function, with full relative precision in the right tail. */
export function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  if (x > 27.3) return 0;
  const square = x * x;
  if (x < 1.5) {
    // erf x = 2 e^-x² / √π · Σ 2^n x^(2n+1) / (2n+1)!!, all terms positive
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * EPSILON; n++) {
      term *= (2 * square) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 * Math.exp(-square) * sum) / SQRT_PI;
  }
  // erfc x = e^-x² / √π · 1 / (x + ½ / (x + 1 / (x + 3/2 / (x + …)))), evaluated from the tail
  let fraction = 0;
  for (let n = 120; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-square) / (SQRT_PI * (x + fraction));
}
