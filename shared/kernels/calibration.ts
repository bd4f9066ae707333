/** Platt scaling: probability = 1 / (1 + e^-(slope · score + offset)). */
export interface PlattScaling {
  readonly slope: number;
  readonly offset: number;
}

/** ln(1 + e^z) without overflow. */
function softPlus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

function plattLoss(scores: ArrayLike<number>, targets: Float64Array, slope: number, offset: number): number {
  let loss = 0;
  for (let i = 0; i < targets.length; i++) {
    const z = slope * scores[i] + offset;
    loss += softPlus(z) - targets[i] * z;
  }
  return loss;
}

/** Labels pulled towards the middle, (n1 + 1) / (n1 + 2) and 1 / (n0 + 2): Platt's prior against overconfidence. */
function plattTargets(labels: ArrayLike<number>): Float64Array {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] > 0) positives++;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  return Float64Array.from({ length: labels.length }, (_, i) => (labels[i] > 0 ? high : low));
}

/** Newton's direction for slope and offset: solves the 2 × 2 system of gradient and hessian. */
function plattStep(
  scores: ArrayLike<number>,
  targets: Float64Array,
  at: PlattScaling,
): { slope: number; offset: number; descent: number } {
  let g1 = 0;
  let g2 = 0;
  // The ridge keeps the system solvable where all scores agree.
  let h11 = 1e-12;
  let h12 = 0;
  let h22 = 1e-12;
  for (let i = 0; i < targets.length; i++) {
    const p = 1 / (1 + Math.exp(-(at.slope * scores[i] + at.offset)));
    const h = p * (1 - p);
    g1 += scores[i] * (p - targets[i]);
    g2 += p - targets[i];
    h11 += scores[i] * scores[i] * h;
    h12 += scores[i] * h;
    h22 += h;
  }
  const determinant = h11 * h22 - h12 * h12;
  const slope = -(h22 * g1 - h12 * g2) / determinant;
  const offset = -(h11 * g2 - h12 * g1) / determinant;
  return { slope, offset, descent: -(g1 * slope + g2 * offset) };
}

/**
 * Fits Platt scaling by Newton's method with step halving (Platt 1999; Lin, Lin and Weng 2007).
 * @param scores any finite numbers
 * @param labels positive for 1, else 0; as many as scores
 */
export function fitPlatt(scores: ArrayLike<number>, labels: ArrayLike<number>): PlattScaling {
  const targets = plattTargets(labels);
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  let at: PlattScaling = { slope: 0, offset: Math.log(mean / (1 - mean)) };
  let loss = plattLoss(scores, targets, at.slope, at.offset);
  for (let round = 0; round < 100; round++) {
    const step = plattStep(scores, targets, at);
    if (!(step.descent > 1e-10)) break;
    let share = 1;
    for (; share > 1e-10; share /= 2) {
      const next = { slope: at.slope + share * step.slope, offset: at.offset + share * step.offset };
      const nextLoss = plattLoss(scores, targets, next.slope, next.offset);
      if (nextLoss > loss - 1e-4 * share * step.descent) continue;
      at = next;
      loss = nextLoss;
      break;
    }
    if (share <= 1e-10) break;
  }
  return at;
}

/** out[i] = calibrated probability of scores[i]. */
export function plattInto(out: Float32Array | Float64Array, scaling: PlattScaling, scores: ArrayLike<number>): void {
  for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-(scaling.slope * scores[i] + scaling.offset)));
}

/** A rising function through (scores[k], values[k]), straight in between and level outside. */
export interface IsotonicCurve {
  /** Strictly ascending. */
  readonly scores: Float64Array;
  /** Not descending. */
  readonly values: Float64Array;
}

/** Mean label of each distinct score, ascending by score, and how many rows share it. */
function tieMeans(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { at: Float64Array; means: Float64Array; weights: Float64Array } {
  const order = Int32Array.from({ length: labels.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);
  const at = new Float64Array(order.length);
  const means = new Float64Array(order.length);
  const weights = new Float64Array(order.length);
  let last = -1;
  for (const row of order) {
    if (last < 0 || at[last] !== scores[row]) at[++last] = scores[row];
    means[last] += labels[row];
    weights[last]++;
  }
  for (let k = 0; k <= last; k++) means[k] /= weights[k];
  return { at: at.subarray(0, last + 1), means: means.subarray(0, last + 1), weights: weights.subarray(0, last + 1) };
}

/**
 * Isotonic regression: the rising step function closest to the labels in squared error, by pooling adjacent
 * violators (Ayer et al. 1955), O(n log n) for the sort. Keeps the two ends of every step.
 * @param scores any numbers but NaN; equal scores share one value
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): IsotonicCurve {
  const { at, means, weights } = tieMeans(scores, labels);
  const first = new Int32Array(at.length);
  let blocks = 0;
  for (let k = 0; k < at.length; k++) {
    first[blocks] = k;
    means[blocks] = means[k];
    weights[blocks] = weights[k];
    blocks++;
    while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
      const weight = weights[blocks - 2] + weights[blocks - 1];
      means[blocks - 2] += ((means[blocks - 1] - means[blocks - 2]) * weights[blocks - 1]) / weight;
      weights[blocks - 2] = weight;
      blocks--;
    }
  }
  const corners: number[] = [];
  const values: number[] = [];
  for (let b = 0; b < blocks; b++) {
    const last = b + 1 < blocks ? first[b + 1] - 1 : at.length - 1;
    for (const k of last > first[b] ? [first[b], last] : [last]) {
      corners.push(at[k]);
      values.push(means[b]);
    }
  }
  return { scores: Float64Array.from(corners), values: Float64Array.from(values) };
}

/** out[i] = value of the curve at scores[i]. */
export function isotonicInto(out: Float32Array | Float64Array, curve: IsotonicCurve, scores: ArrayLike<number>): void {
  const last = curve.scores.length - 1;
  for (let i = 0; i < out.length; i++) {
    const score = Math.min(curve.scores[last], scores[i]);
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (curve.scores[middle] < score) low = middle + 1;
      else high = middle;
    }
    if (low === 0) {
      out[i] = curve.values[0];
      continue;
    }
    const share = (score - curve.scores[low - 1]) / (curve.scores[low] - curve.scores[low - 1]);
    out[i] = curve.values[low - 1] + share * (curve.values[low] - curve.values[low - 1]);
  }
}
