/**
 * Average precision over the whole candidate set with pessimistic ranks on ties (Cornac's MAP):
 * rank(i) = #{j: score_j >= score_i}; AP = mean over relevant i of #{relevant j: score_j >= score_i} / rank(i).
 * `labels` is 1 for relevant items. NaN when there is none.
 */
export function averagePrecisionPessimistic(scores: Float64Array, labels: Uint8Array): number {
  const count = scores.length;
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => scores[b] - scores[a] || a - b);
  let seen = 0;
  let sum = 0;
  for (let start = 0; start < count;) {
    let end = start;
    let inBlock = 0;
    while (end < count && scores[order[end]] === scores[order[start]]) inBlock += labels[order[end++]];
    seen += inBlock;
    sum += (inBlock * seen) / end;
    start = end;
  }
  return seen === 0 ? NaN : sum / seen;
}
