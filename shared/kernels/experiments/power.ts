import { normalCdf, normalQuantile, normalSurvival } from './distributions.ts';
import { sequentialCritical } from './lift.ts';

/** What is known before an experiment: the metric's mean and the variance of one unit. */
export interface Baseline {
  readonly mean: number;
  readonly variance: number;
}

export interface Plan {
  /** Two-sided level of the test. */
  readonly alpha: number;
  /** Chance of finding the effect where there is one. */
  readonly power: number;
  /** N* of the always-valid test; 0 plans for a fixed horizon. */
  readonly tuning: number;
}

/**
 * Standard error of the relative lift with `perArm` units in each of two arms, when b's mean is (1 + lift) times a's:
 * √(v / (n m²) + v (1 + lift)² / (n m²)) (delta method with equal variances, as GrowthBook's power calculator).
 */
export function liftStandardError(baseline: Baseline, perArm: number, lift: number): number {
  const relative = baseline.variance / (baseline.mean * baseline.mean * perArm);
  return Math.sqrt(relative * (1 + (1 + lift) ** 2));
}

/** Standard errors that an effect must exceed to be significant. */
function criticalOf(plan: Plan, units: number): number {
  return plan.tuning > 0 ? sequentialCritical(units, plan.alpha, plan.tuning) : normalQuantile(1 - plan.alpha / 2);
}

/** Chance that a two-sided test finds an effect of `lift` measured with `standardError`. */
function powerOf(lift: number, standardError: number, critical: number): number {
  const shift = Math.abs(lift) / standardError;
  return normalSurvival(critical - shift) + normalCdf(-critical - shift);
}

/** Power of a plan with `perArm` units in each of two arms. */
export function powerOfPlan(baseline: Baseline, perArm: number, lift: number, plan: Plan): number {
  return powerOf(lift, liftStandardError(baseline, perArm, lift), criticalOf(plan, 2 * perArm));
}

/**
 * Smallest positive lift found with the plan's power, NaN where no lift is large enough. With r = v / (n m²) and
 * c = z_crit + z_power, lift² = c² r (1 + (1 + lift)²) is solved for its positive root.
 */
export function minimumDetectableLift(baseline: Baseline, perArm: number, plan: Plan): number {
  const c = criticalOf(plan, 2 * perArm) + normalQuantile(plan.power);
  const scaled = (c * c * baseline.variance) / (baseline.mean * baseline.mean * perArm);
  if (!(scaled < 1)) return NaN;
  // (1 - s) lift² - 2 s lift - 2 s = 0
  return (scaled + Math.sqrt(scaled * scaled + 2 * scaled * (1 - scaled))) / (1 - scaled);
}

/** Smallest number of units per arm whose power for `lift` reaches the plan's; Infinity where lift is 0. */
export function unitsPerArm(baseline: Baseline, lift: number, plan: Plan): number {
  if (lift === 0 || baseline.mean === 0) return Infinity;
  const enough = (n: number): boolean => powerOfPlan(baseline, n, lift, plan) >= plan.power;
  let high = 2;
  while (!enough(high)) {
    high *= 2;
    if (high > 1e15) return Infinity;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Days until every one of `arms` arms holds `perArm` new units: day by day `perDay` units arrive of which the share `ramp[d]`
 * (the last entry for later days; 1 where there is none) enters the experiment. Infinity where nobody enters.
 */
export function daysFor(perArm: number, arms: number, perDay: number, ramp: readonly number[] = []): number {
  const needed = perArm * arms;
  let entered = 0;
  for (let day = 0; day < ramp.length; day++) {
    entered += perDay * ramp[day];
    if (entered >= needed) return day + 1;
  }
  const share = ramp.length === 0 ? 1 : ramp[ramp.length - 1];
  return perDay * share > 0 ? ramp.length + Math.ceil((needed - entered) / (perDay * share)) : Infinity;
}
