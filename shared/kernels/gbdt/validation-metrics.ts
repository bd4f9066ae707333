import { auc } from '../auc.ts';
import { maximumDcg, rankRows } from './lambdarank.ts';
import type { Labels, ObjectiveName } from './objectives.ts';

/** A number followed while training, and which way it should go. */
export interface ValidationMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  /** From raw scores. */
  measure(scores: Float64Array, labels: Labels): number;
}

/** -mean of y ln p + (1 - y) ln(1 - p), from raw scores: ln(1 + e^s) - y s, which neither overflows nor cancels. */
function logLossOfScores(scores: Float64Array, labels: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row];
    sum += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - labels[row] * score;
  }
  return sum / scores.length;
}

function rootMeanSquaredError(scores: Float64Array, labels: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row++) sum += (scores[row] - labels[row]) ** 2;
  return Math.sqrt(sum / scores.length);
}

/**
 * Mean NDCG at k with gain 2^grade - 1, in LightGBM's dialect: a query without relevant rows counts 1, ties keep
 * the row order.
 */
export function gradedNdcg(scores: Float64Array, labels: Labels, k: number): number {
  const queryStart = labels.queryStart ?? Int32Array.of(0, scores.length);
  const ideal = maximumDcg(labels.values, queryStart, k);
  let sum = 0;
  for (let query = 0; query < ideal.length; query++) {
    if (ideal[query] === 0) {
      sum++;
      continue;
    }
    const order = rankRows(scores, queryStart[query], queryStart[query + 1]);
    let dcg = 0;
    for (let rank = 0; rank < Math.min(k, order.length); rank++)
      dcg += (2 ** labels.values[order[rank]] - 1) / Math.log2(2 + rank);
    sum += dcg / ideal[query];
  }
  return sum / ideal.length;
}

/** The metrics of an objective; the first one decides when training stops early. */
export function metricsOf(objective: ObjectiveName, ranks: readonly number[]): readonly ValidationMetric[] {
  if (objective === 'regression') {
    return [
      { name: 'rmse', higherIsBetter: false, measure: (scores, { values }) => rootMeanSquaredError(scores, values) },
    ];
  }
  if (objective === 'lambdarank') {
    return ranks.map((k) => ({
      name: `ndcg@${k}`,
      higherIsBetter: true,
      measure: (scores, labels) => gradedNdcg(scores, labels, k),
    }));
  }
  return [
    { name: 'log loss', higherIsBetter: false, measure: (scores, { values }) => logLossOfScores(scores, values) },
    { name: 'auc', higherIsBetter: true, measure: (scores, { values }) => auc(scores, values) },
  ];
}
