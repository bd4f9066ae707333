/** The direct method, Σ_a π_e(a | x) q̂(x, a) per row, of tables of rows × actions; probabilities of a row are divided by their sum, as obp does. */
export function directMethod(policy: Float64Array, predictions: Float64Array, actions: number): Float64Array {
  return Float64Array.from({ length: predictions.length / actions }, (_, row) => {
    let sum = 0;
    let total = 0;
    for (let at = row * actions; at < (row + 1) * actions; at++) {
      sum += policy[at] * predictions[at];
      total += policy[at];
    }
    return sum / total;
  });
}
