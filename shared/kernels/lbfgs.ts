/** Value of a function at `point`; writes its gradient into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsSettings {
  readonly iterations: number;
  /** Steps remembered; default 10. */
  readonly memory?: number;
  /** Stops when the largest gradient entry is below this; default 1e-5. */
  readonly tolerance?: number;
  /** Called after each iteration with the value there; return false to stop. */
  readonly each?: (iteration: number, value: number) => boolean | void;
}

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with a backtracking line search
 * on Armijo's condition. Changes `point` in place and returns the value there and the iterations taken.
 */
export function minimise(
  point: Float64Array,
  objective: Objective,
  settings: LbfgsSettings,
): { value: number; iterations: number } {
  const memory = settings.memory ?? 10;
  const tolerance = settings.tolerance ?? 1e-5;
  const moves: Float64Array[] = [];
  const turns: Float64Array[] = [];
  let gradient = new Float64Array(point.length);
  let nextGradient = new Float64Array(point.length);
  const next = new Float64Array(point.length);
  let value = objective(point, gradient);
  for (let iteration = 1; iteration <= settings.iterations; iteration++) {
    if (largest(gradient) < tolerance) return { value, iterations: iteration - 1 };
    const direction = searchDirection(gradient, moves, turns);
    const slope = dot(direction, gradient);
    let length = moves.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Infinity;
    for (let tries = 0; tries < 30; tries++, length *= 0.5) {
      for (let i = 0; i < point.length; i++) next[i] = point[i] + length * direction[i];
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) return { value, iterations: iteration - 1 };
    const move = new Float64Array(point.length);
    const turn = new Float64Array(point.length);
    for (let i = 0; i < point.length; i++) {
      move[i] = next[i] - point[i];
      turn[i] = nextGradient[i] - gradient[i];
    }
    if (dot(move, turn) > 1e-12) {
      moves.push(move);
      turns.push(turn);
      if (moves.length > memory) {
        moves.shift();
        turns.shift();
      }
    }
    point.set(next);
    value = nextValue;
    [gradient, nextGradient] = [nextGradient, gradient];
    if (settings.each?.(iteration, value) === false) return { value, iterations: iteration };
  }
  return { value, iterations: settings.iterations };
}

/** -H g by the two-loop recursion over the remembered steps. */
function searchDirection(
  gradient: Float64Array,
  moves: readonly Float64Array[],
  turns: readonly Float64Array[],
): Float64Array {
  const direction = gradient.map((g) => -g);
  const weights = new Float64Array(moves.length);
  for (let k = moves.length - 1; k >= 0; k--) {
    weights[k] = dot(moves[k], direction) / dot(moves[k], turns[k]);
    addScaled(direction, turns[k], -weights[k]);
  }
  if (moves.length > 0) {
    const last = moves.length - 1;
    const scale = dot(moves[last], turns[last]) / dot(turns[last], turns[last]);
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (let k = 0; k < moves.length; k++) {
    const back = dot(turns[k], direction) / dot(moves[k], turns[k]);
    addScaled(direction, moves[k], weights[k] - back);
  }
  return direction;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}

function addScaled(into: Float64Array, added: Float64Array, scale: number): void {
  for (let i = 0; i < into.length; i++) into[i] += scale * added[i];
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
