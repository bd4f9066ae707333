/** When to slow down and when to stop, judged by a validation figure after each epoch. */
export interface ControlSettings {
  /** Which way the figure is better. */
  readonly better: 'higher' | 'lower';
  /** Learning rate to start with. */
  readonly rate: number;
  /** What the rate is multiplied by on a plateau; default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement that make a plateau; default 1. */
  readonly patience?: number;
  /** How many times the rate is lowered before training stops; default 1. */
  readonly reductions?: number;
  /** What counts as improvement; default 0: any. */
  readonly tolerance?: number;
}

/** What to do after an epoch: keep these weights; carry on; go back to the kept weights at the lowered rate; or go back and stop. */
export type Verdict = 'improved' | 'continue' | 'slower' | 'stop';

/** Reduce-on-plateau and early stopping in one (the pair that BARS' results rest on). Its owner keeps and restores the weights. */
export class TrainingControl {
  /** Current learning rate. */
  rate: number;
  /** Best figure so far. */
  best: number;
  /** Epoch of the best figure, from 1; 0 before the first. */
  bestEpoch = 0;
  private readonly sign: number;
  private readonly factor: number;
  private readonly patience: number;
  private readonly tolerance: number;
  private left: number;
  private epoch = 0;
  private waited = 0;

  constructor(settings: ControlSettings) {
    this.rate = settings.rate;
    this.sign = settings.better === 'higher' ? 1 : -1;
    this.best = -this.sign * Infinity;
    this.factor = settings.factor ?? 0.1;
    this.patience = settings.patience ?? 1;
    this.left = settings.reductions ?? 1;
    this.tolerance = settings.tolerance ?? 0;
  }

  /** Takes the validation figure of the epoch just trained. A NaN is never an improvement. */
  report(figure: number): Verdict {
    this.epoch++;
    if (this.sign * (figure - this.best) > this.tolerance) {
      this.best = figure;
      this.bestEpoch = this.epoch;
      this.waited = 0;
      return 'improved';
    }
    this.waited++;
    if (this.waited < this.patience) return 'continue';
    if (this.left === 0) return 'stop';
    this.left--;
    this.waited = 0;
    this.rate *= this.factor;
    return 'slower';
  }
}

/** Whether every number is finite: the check that turns a diverged training into a failure. O(n). */
export function allFinite(values: Float32Array | Float64Array): boolean {
  // A sum is finite only if all its terms are: x - x is 0 for finite x and NaN otherwise.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}
