/** Min-max to [0, 1]: out = (s - min) / (max - min); all equal gives 0.5. Returns `out`. */
export function minMaxInto(out: Float64Array, scores: ArrayLike<number>): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < low) low = scores[i];
    if (scores[i] > high) high = scores[i];
  }
  const range = high - low;
  for (let i = 0; i < scores.length; i++) out[i] = range > 0 ? (scores[i] - low) / range : 0.5;
  return out;
}

/** Position in a list that is already in order of relevance: out[i] = 1 - i / n, from 1 down to 1 / n. Returns `out`. */
export function rankScoresInto(out: Float64Array, count: number): Float64Array {
  for (let i = 0; i < count; i++) out[i] = 1 - i / count;
  return out;
}

/** Scales each row of a row-major matrix to unit length in place; rows of zeros stay zero. */
export function unitRows(vectors: Float64Array, dimensions: number): Float64Array {
  for (let row = 0; row < vectors.length; row += dimensions) {
    let square = 0;
    for (let d = 0; d < dimensions; d++) square += vectors[row + d] * vectors[row + d];
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let d = 0; d < dimensions; d++) vectors[row + d] *= scale;
  }
  return vectors;
}

/** Dot product of row `a` with row `b` of a row-major matrix. */
export function rowDot(vectors: Float64Array, dimensions: number, a: number, b: number): number {
  const left = a * dimensions;
  const right = b * dimensions;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += vectors[left + d] * vectors[right + d];
  return sum;
}
