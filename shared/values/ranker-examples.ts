import { RunboardError } from '#shared/contract/failure.ts';
import type { Examples } from '#shared/contract/values.ts';
import { auc } from '#shared/kernels/auc.ts';

/** Rows of examples of one part: 0 train, 1 validation, 2 test. */
export function rowsOfPart(examples: Examples, part: number): Int32Array {
  return Int32Array.from(examples.part.keys()).filter((row) => examples.part[row] === part);
}

/** Training rows; throws bad-data where there are none, or their weights leave nothing to learn from. */
export function trainingRows(examples: Examples): Int32Array {
  const rows = rowsOfPart(examples, 0);
  if (rows.length === 0)
    throw new RunboardError('bad-data', 'there are no training examples', {
      remedy: 'split so that something is left to learn from',
    });
  if (examples.weight !== null) checkWeights(examples.weight, rows);
  return rows;
}

function checkWeights(weight: Float32Array, rows: Int32Array): void {
  const remedy = 'have the examples node weigh nothing, or look for propensities near 0 in the impressions';
  let heaviest = 0;
  for (const row of rows) {
    if (!(weight[row] >= 0 && weight[row] < Infinity))
      throw new RunboardError('bad-data', `a weight is ${weight[row]}, and it has to be a number from 0 on`, {
        where: `example ${row}`,
        remedy,
      });
    heaviest = Math.max(heaviest, weight[row]);
  }
  if (heaviest === 0) throw new RunboardError('bad-data', `all ${rows.length} training weights are 0`, { remedy });
}

/** Training rows for a model of probabilities; throws bad-data also where labels are none, or are all alike. */
export function binaryTrainingRows(examples: Examples): Int32Array {
  const rows = trainingRows(examples);
  let positives = 0;
  for (const row of rows) {
    const label = examples.label[row];
    if (!(label >= 0 && label <= 1)) {
      throw new RunboardError('bad-data', `a label is ${label}, and this ranker learns probabilities`, {
        where: `example ${row}`,
        remedy:
          'have the examples node turn values into 0 and 1 by a threshold, or use gradient-boosted trees for regression',
      });
    }
    positives += label;
  }
  if (positives === 0 || positives === rows.length) {
    throw new RunboardError('bad-data', `all ${rows.length} training labels are ${positives === 0 ? 0 : 1}`, {
      remedy: 'set the thresholds of the examples node so that both kinds of labels remain, or add sampled negatives',
    });
  }
  return rows;
}

/** Area under the ROC curve of logits against the labels of `rows`; where only one class is there, minus the log loss. */
export function validationFigure(logits: Float32Array, examples: Examples, rows: Int32Array): number {
  const labels = Float32Array.from(rows, (row) => (examples.label[row] > 0.5 ? 1 : 0));
  if (labels.includes(1) && labels.includes(0)) return logits.some(Number.isNaN) ? NaN : auc(logits, labels);
  let loss = 0;
  for (let i = 0; i < rows.length; i++)
    loss += Math.max(logits[i], 0) - examples.label[rows[i]] * logits[i] + Math.log1p(Math.exp(-Math.abs(logits[i])));
  return -loss / Math.max(1, rows.length);
}

/** Probabilities of log-odds, in place. */
export function probabilities(logits: Float32Array): Float32Array {
  for (let i = 0; i < logits.length; i++) logits[i] = 1 / (1 + Math.exp(-logits[i]));
  return logits;
}
