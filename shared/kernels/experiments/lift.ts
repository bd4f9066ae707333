import type { Arm } from './arms.ts';
import { normalQuantile, studentQuantile, studentSurvival } from './distributions.ts';

/** A difference between two arms: relative (a share of arm a's mean) or absolute. */
export interface Effect {
  readonly estimate: number;
  readonly standardError: number;
  /** Units in both arms. */
  readonly n: number;
  /** Welch and Satterthwaite's degrees of freedom. */
  readonly degrees: number;
}

/** An interval with the p-value that belongs to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}

/** Why no effect can be stated, or null where it can: what stands in the way of dividing by the base. */
export function effectFault(a: Arm, b: Arm): string | null {
  if (a.n < 2 || b.n < 2) return `an arm has fewer than two units (${a.n} and ${b.n})`;
  if (a.baseMean === 0 || a.mean === 0) return 'the base arm has a mean of 0, so there is nothing to be relative to';
  if (!(a.variance > 0) || !(b.variance > 0)) return 'an arm does not vary at all';
  return null;
}

/**
 * Variance of the estimated effect. Relative, by the delta method: s_b² / (n_b m_a²) + s_a² m_b² / (n_a m_a⁴);
 * absolute: s_b² / n_b + s_a² / n_a. Means are those before adjustment (GrowthBook frequentist_variance).
 */
function effectVariance(a: Arm, b: Arm, relative: boolean): number {
  if (!relative) return b.variance / b.n + a.variance / a.n;
  const square = a.baseMean * a.baseMean;
  return b.variance / (square * b.n) + (a.variance * b.baseMean * b.baseMean) / (square * square * a.n);
}

/** Effect of b over a. Ask `effectFault` first: a base of 0 gives infinities. */
export function effectOf(a: Arm, b: Arm, relative = true): Effect {
  const estimate = relative ? (b.mean - a.mean) / a.baseMean : b.mean - a.mean;
  const partA = a.variance / a.n;
  const partB = b.variance / b.n;
  const degrees = (partA + partB) ** 2 / (partA ** 2 / (a.n - 1) + partB ** 2 / (b.n - 1));
  return { estimate, standardError: Math.sqrt(effectVariance(a, b, relative)), n: a.n + b.n, degrees };
}

/** Welch's two-sided interval and p-value at level `alpha`, for one look at the data at its end. */
export function fixedHorizon(effect: Effect, alpha = 0.05): Interval {
  const width = studentQuantile(1 - alpha / 2, effect.degrees) * effect.standardError;
  const statistic = Math.abs(effect.estimate / effect.standardError);
  return {
    low: effect.estimate - width,
    high: effect.estimate + width,
    pValue: Math.min(1, 2 * studentSurvival(statistic, effect.degrees)),
  };
}

/** ρ that makes the always-valid interval tightest at `tuning` units in all (Waudby-Smith et al. eq. 161). */
function sequentialRho(alpha: number, tuning: number): number {
  return Math.sqrt((-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tuning);
}

/**
 * Half-width, in standard errors, of the asymptotic confidence sequence at n units (arXiv:2103.06476 eq. 9):
 * √n · √(2 (nρ² + 1) / (nρ)² · ln(√(nρ² + 1) / α)).
 */
export function sequentialCritical(n: number, alpha: number, tuning: number): number {
  const rho = sequentialRho(alpha, tuning);
  const scaled = n * rho * rho + 1;
  return Math.sqrt((n * 2 * scaled * Math.log(Math.sqrt(scaled) / alpha)) / (n * rho) ** 2);
}

/**
 * Always-valid interval and p-value: they hold at every look, however often one looks and whenever one stops.
 * `tuning` is N*, the number of units in all where the interval is tightest (GrowthBook's default 5,000).
 */
export function alwaysValid(effect: Effect, alpha = 0.05, tuning = 5000): Interval {
  const width = sequentialCritical(effect.n, alpha, tuning) * effect.standardError;
  const rho2 = sequentialRho(alpha, tuning) ** 2;
  // eq. 155: the e-value of the mixture martingale; its inverse bounds the p-value
  const scaled = effect.n * rho2 + 1;
  const square = (effect.estimate / effect.standardError) ** 2 * effect.n;
  const logInverse = 0.5 * Math.log(scaled) - (rho2 * square) / (2 * scaled);
  return { low: effect.estimate - width, high: effect.estimate + width, pValue: Math.min(1, Math.exp(logInverse)) };
}

/** Two-sided normal interval of an estimate with known standard error. */
export function normalInterval(estimate: number, standardError: number, alpha = 0.05): { low: number; high: number } {
  const width = normalQuantile(1 - alpha / 2) * standardError;
  return { low: estimate - width, high: estimate + width };
}
