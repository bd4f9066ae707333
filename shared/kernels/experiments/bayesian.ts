import { normalCdf, normalDensity, normalQuantile, normalSurvival } from './distributions.ts';

/** A belief about the effect before the data; a flat one says nothing. */
export interface EffectPrior {
  readonly mean: number;
  readonly deviation: number;
}

export interface Posterior {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
  /** Probability that b is better than a. */
  readonly chanceToWin: number;
  /** Expected loss, in units of the effect, of choosing b although a is better. */
  readonly riskOfChoosing: number;
  /** Expected loss of staying with a although b is better. */
  readonly riskOfKeeping: number;
}

/**
 * Normal posterior of an effect with estimate and standard error, under `prior` (flat where null), with a credible
 * interval of 1 - alpha. GrowthBook EffectBayesianABTest: precision-weighted mean; risks are E[max(0, ∓effect)],
 * σ φ(μ/σ) ∓ μ Φ(∓μ/σ).
 */
export function posteriorOf(
  estimate: number,
  standardError: number,
  prior: EffectPrior | null,
  alpha = 0.05,
): Posterior {
  const dataPrecision = 1 / (standardError * standardError);
  const priorPrecision = prior === null ? 0 : 1 / (prior.deviation * prior.deviation);
  const precision = dataPrecision + priorPrecision;
  const mean = (estimate * dataPrecision + (prior === null ? 0 : prior.mean) * priorPrecision) / precision;
  const deviation = Math.sqrt(1 / precision);
  const z = mean / deviation;
  const width = normalQuantile(1 - alpha / 2) * deviation;
  return {
    mean,
    deviation,
    low: mean - width,
    high: mean + width,
    chanceToWin: normalSurvival(-z),
    riskOfChoosing: deviation * normalDensity(z) - mean * normalCdf(-z),
    riskOfKeeping: deviation * normalDensity(z) + mean * normalSurvival(-z),
  };
}
