import type { Examples, Plot, Sheet } from '#shared/contract/values.ts';
import type { ThresholdCounts } from '#shared/kernels/classification-curves.ts';
import { precisionRecallCurve, rocCurve } from '#shared/kernels/classification-curves.ts';
import { calibrationBinsEqualMass } from '#shared/kernels/expected-calibration-error.ts';
import { bestF1 } from '#shared/kernels/threshold-metrics.ts';
import type { PartRows } from './part-rows.ts';

/** Points of a curve that a person can tell apart. */
const points = 200;

/** ROC and precision-recall curve and, for probabilities, the calibration curve. Curves that need a missing class are left out. */
export function curves(rows: PartRows, counts: ThresholdCounts, probability: boolean, bins: number): Plot[] {
  const plots: Plot[] = [];
  if (counts.positives > 0 && counts.negatives > 0) {
    const roc = rocCurve(counts, points);
    plots.push({
      id: 'roc',
      title: 'ROC',
      x: 'false-positive rate',
      y: 'true-positive rate',
      mark: 'line',
      series: [
        { name: 'model', x: [...roc.x], y: [...roc.y] },
        { name: 'chance', x: [0, 1], y: [0, 1] },
      ],
    });
    const precision = precisionRecallCurve(counts, points);
    const rate = counts.positives / (counts.positives + counts.negatives);
    plots.push({
      id: 'precision-recall',
      title: 'Precision over recall',
      x: 'recall',
      y: 'precision',
      mark: 'line',
      series: [
        { name: 'model', x: [...precision.x], y: [...precision.y] },
        { name: 'chance', x: [0, 1], y: [rate, rate] },
      ],
    });
  }
  if (probability) plots.push(calibrationPlot(rows, bins));
  return plots;
}

/** Bins of equal size: each point stands for as many examples. */
function calibrationPlot(rows: PartRows, bins: number): Plot {
  const { count, predicted, observed } = calibrationBinsEqualMass(rows.scores, rows.labels, bins);
  const filled = [...count.keys()].filter((bin) => count[bin] > 0);
  const most = Math.max(0, ...filled.map((bin) => Math.max(predicted[bin], observed[bin])));
  return {
    id: 'calibration',
    title: 'Calibration',
    x: 'predicted',
    y: 'observed',
    mark: 'line',
    series: [
      { name: 'model', x: filled.map((bin) => predicted[bin]), y: filled.map((bin) => observed[bin]) },
      { name: 'perfect', x: [0, most], y: [0, most] },
    ],
  };
}

/** Under which rules the numbers came about. */
export function protocolSheet(examples: Examples, rows: PartRows, counts: ThresholdCounts): Sheet {
  const byUnit = new Uint8Array(rows.units);
  rows.unit.forEach((unit, i) => (byUnit[unit] |= rows.labels[i] > 0 ? 1 : 2));
  const best = bestF1(counts);
  const known = Number.isNaN(best.f1) ? null : best;
  return {
    id: 'protocol',
    title: 'Protocol',
    columns: ['what', 'value'],
    rows: [
      ['split', examples.split.protocol.name],
      ['leaks the future', examples.split.protocol.leaksFuture ? 'yes' : 'no'],
      ['labels', examples.labelling],
      ['examples measured', rows.scores.length],
      ['share of positives', rows.scores.length === 0 ? null : counts.positives / rows.scores.length],
      [rows.unitsAreUsers ? 'users or queries' : 'users', rows.unitsAreUsers ? rows.units : null],
      [
        'users with both classes, counted in per-user AUC',
        rows.unitsAreUsers ? byUnit.filter((classes) => classes === 3).length : null,
      ],
      ['largest F1 on these examples', known === null ? null : known.f1],
      ['its threshold (choose it on validation)', known === null ? null : known.threshold],
    ],
  };
}
