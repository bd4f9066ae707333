/** How fast and how steadily Adam moves; the defaults of the paper. */
export interface AdamSettings {
  /** Step length; above 0. */
  readonly rate: number;
  /** Memory of the mean of gradients, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Memory of the mean of squared gradients, in [0, 1); default 0.999. */
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Adds `decay` times the weight to its gradient (L2); default 0. */
  readonly decay?: number;
}

/** State of Adam for one dense array of weights (Kingma and Ba 2015, algorithm 1). */
export class Adam {
  rate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly decay: number;
  private readonly mean: Float32Array;
  private readonly square: Float32Array;
  private steps = 0;

  constructor(size: number, settings: AdamSettings) {
    this.rate = settings.rate;
    this.beta1 = settings.beta1 ?? 0.9;
    this.beta2 = settings.beta2 ?? 0.999;
    this.epsilon = settings.epsilon ?? 1e-8;
    this.decay = settings.decay ?? 0;
    this.mean = new Float32Array(size);
    this.square = new Float32Array(size);
  }

  /** Moves `weights` against `gradient`; both have the size given to the constructor. */
  step(weights: Float32Array, gradient: Float32Array): void {
    const { beta1, beta2, epsilon, decay, mean, square } = this;
    this.steps++;
    const scale = stepLength(this.rate, beta1, beta2, this.steps);
    const floor = epsilon * Math.sqrt(1 - beta2 ** this.steps);
    // m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  w -= rate * m^ / (sqrt(v^) + epsilon), bias corrections folded into scale and floor
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i] + decay * weights[i];
      const m = (mean[i] += (1 - beta1) * (g - mean[i]));
      const v = (square[i] += (1 - beta2) * (g * g - square[i]));
      weights[i] -= (scale * m) / (Math.sqrt(v) + floor);
    }
  }
}

/**
 * State of Adam for a table of rows of which each batch touches a few. Gradients are gathered per touched row
 * (`slot` gives the place to add to), then `step` moves these rows only: the moments of the others wait, as in
 * TensorFlow's LazyAdam. Cost per step is touched rows × width, whatever the size of the table.
 */
export class SparseAdam {
  rate: number;
  readonly width: number;
  /** Gradients of the touched rows, one after the other; add at `slot(row)`. Look it up again after calls of `slot`: it grows. */
  gradients: Float32Array;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly decay: number;
  private readonly mean: Float32Array;
  private readonly square: Float32Array;
  private readonly slotOf: Int32Array;
  private touched: Int32Array;
  private size = 0;
  private steps = 0;

  constructor(rows: number, width: number, settings: AdamSettings) {
    this.rate = settings.rate;
    this.width = width;
    this.beta1 = settings.beta1 ?? 0.9;
    this.beta2 = settings.beta2 ?? 0.999;
    this.epsilon = settings.epsilon ?? 1e-8;
    this.decay = settings.decay ?? 0;
    this.mean = new Float32Array(rows * width);
    this.square = new Float32Array(rows * width);
    this.slotOf = new Int32Array(rows).fill(-1);
    this.touched = new Int32Array(256);
    this.gradients = new Float32Array(256 * width);
  }

  /** Offset in `gradients` of the gradient of `row`, which starts at zero in each step. */
  slot(row: number): number {
    const known = this.slotOf[row];
    if (known >= 0) return known * this.width;
    if (this.size === this.touched.length) this.grow();
    this.slotOf[row] = this.size;
    this.touched[this.size] = row;
    return this.size++ * this.width;
  }

  /** Moves the touched rows of `table` (rows × width) and forgets which they were. */
  step(table: Float32Array): void {
    const { beta1, beta2, epsilon, decay, mean, square, gradients, width } = this;
    this.steps++;
    const scale = stepLength(this.rate, beta1, beta2, this.steps);
    const floor = epsilon * Math.sqrt(1 - beta2 ** this.steps);
    for (let s = 0; s < this.size; s++) {
      const row = this.touched[s];
      this.slotOf[row] = -1;
      for (let from = s * width, i = row * width, end = i + width; i < end; i++, from++) {
        const g = gradients[from] + decay * table[i];
        const m = (mean[i] += (1 - beta1) * (g - mean[i]));
        const v = (square[i] += (1 - beta2) * (g * g - square[i]));
        table[i] -= (scale * m) / (Math.sqrt(v) + floor);
      }
    }
    gradients.fill(0, 0, this.size * width);
    this.size = 0;
  }

  private grow(): void {
    const touched = new Int32Array(this.touched.length * 2);
    touched.set(this.touched);
    this.touched = touched;
    const gradients = new Float32Array(this.gradients.length * 2);
    gradients.set(this.gradients);
    this.gradients = gradients;
  }
}

/** rate * sqrt(1 - b2^t) / (1 - b1^t): Adam's step with both bias corrections (Kingma and Ba 2015, section 2). */
function stepLength(rate: number, beta1: number, beta2: number, steps: number): number {
  return (rate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
}
