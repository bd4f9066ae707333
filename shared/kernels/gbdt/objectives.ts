import { lambdaRankInto, maximumDcg } from './lambdarank.ts';

/** What is learnt: the log loss of labels 0 and 1, the squared error, or the order within queries. */
export type ObjectiveName = 'binary' | 'regression' | 'lambdarank';

/** Labels of the rows, and what else the objective reads. */
export interface Labels {
  /** binary: 0 or 1. regression: any finite number. lambdarank: grades, integers from 0 to 30. */
  readonly values: Float64Array;
  /** Weight of each row, positive; 1 where absent. Lambdarank takes none. */
  readonly weights?: Float64Array;
  /** lambdarank: first row of each query, and the number of rows last; rows of a query are adjacent. */
  readonly queryStart?: Int32Array;
}

/** Turns scores into the gradients that the next tree is grown on. */
export interface Objective {
  readonly baseScore: number;
  /** Fills gradient and hessian of each row side by side. */
  gradientsInto(out: Float32Array, scores: Float64Array): void;
}

function checkLabels(name: ObjectiveName, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const label = values[row];
    const fits =
      name === 'binary'
        ? label === 0 || label === 1
        : name === 'regression'
          ? Number.isFinite(label)
          : label >= 0 && label <= 30 && Number.isInteger(label);
    if (fits) continue;
    const wanted = { binary: '0 or 1', regression: 'a finite number', lambdarank: 'a whole grade from 0 to 30' }[name];
    throw new RangeError(`The label of training row ${row} is ${label}; the objective "${name}" needs ${wanted}.`);
  }
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    sum += weight * values[row];
    total += weight;
  }
  return sum / total;
}

/** Log loss: g = p - y, h = p (1 - p), from the log-odds of the mean on. */
function binaryObjective({ values, weights }: Labels): Objective {
  const limit = 1e-15;
  const mean = Math.min(1 - limit, Math.max(limit, weightedMean(values, weights)));
  return {
    baseScore: Math.log(mean / (1 - mean)),
    gradientsInto(out, scores) {
      for (let row = 0; row < scores.length; row++) {
        const weight = weights === undefined ? 1 : weights[row];
        const probability = 1 / (1 + Math.exp(-scores[row]));
        out[2 * row] = weight * (probability - values[row]);
        out[2 * row + 1] = weight * probability * (1 - probability);
      }
    },
  };
}

/** Squared error: g = s - y, h = 1, from the mean on. */
function regressionObjective({ values, weights }: Labels): Objective {
  return {
    baseScore: weightedMean(values, weights),
    gradientsInto(out, scores) {
      for (let row = 0; row < scores.length; row++) {
        const weight = weights === undefined ? 1 : weights[row];
        out[2 * row] = weight * (scores[row] - values[row]);
        out[2 * row + 1] = weight;
      }
    },
  };
}

function lambdaRankObjective({ values, queryStart }: Labels, truncation: number): Objective {
  if (queryStart === undefined)
    throw new RangeError('Lambdarank needs to know which rows belong to one query; none are given.');
  const ideal = maximumDcg(values, queryStart, truncation);
  return {
    baseScore: 0,
    gradientsInto: (out, scores) => lambdaRankInto(out, scores, values, queryStart, { truncation, ideal }),
  };
}

/**
 * The objective of a training set.
 * @param truncation lambdarank: pairs whose better ranked row is below this rank do not count (LightGBM: 30)
 */
export function makeObjective(name: ObjectiveName, labels: Labels, truncation: number): Objective {
  checkLabels(name, labels.values);
  if (name === 'binary') return binaryObjective(labels);
  if (name === 'regression') return regressionObjective(labels);
  return lambdaRankObjective(labels, truncation);
}
