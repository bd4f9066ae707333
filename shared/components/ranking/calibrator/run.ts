import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Examples } from '#shared/contract/values.ts';
import { fitIsotonic, fitPlatt, isotonicInto, plattInto } from '#shared/kernels/calibration.ts';
import { calibrationBinsEqualMass, expectedCalibrationError } from '#shared/kernels/expected-calibration-error.ts';
import { noCandidates, ranked } from '#shared/values/rank-candidates.ts';
import { rowsOfPart } from '#shared/values/ranker-examples.ts';
import { spec } from './spec.ts';

/** The curve in use: Platt's slope and offset, or the corners of a rising line. */
type State = {
  readonly slope: number;
  readonly offset: number;
  readonly scores: Float64Array;
  readonly values: Float64Array;
};

/** Fewer validation examples than this make any curve a guess. */
const fewExamples = 200;

export const component = implement(spec, {
  fit({ examples }, { method }, context): State {
    context.progress(0);
    const { scores, labels } = validationScores(examples, context);
    const state = method === 'platt' ? fitSlope(scores, labels) : fitCurve(scores, labels);
    report(state, scores, labels, examples.probability, context);
    return state;
  },

  apply(state, { examples, candidates }) {
    const prediction = calibrated(state, predictionsOf(examples), examples.probability);
    return {
      examples: { ...examples, prediction, probability: true },
      candidates:
        candidates === undefined
          ? noCandidates(examples)
          : ranked(candidates, calibrated(state, candidates.scores, examples.probability)),
    };
  },
});

function fitSlope(scores: Float64Array, labels: Float64Array): State {
  const { slope, offset } = fitPlatt(scores, labels);
  return { slope, offset, scores: new Float64Array(0), values: new Float64Array(0) };
}

/**
 * One positive is added below all scores and one negative above: without them the outer steps are often exactly 0 and
 * 1, and a single miss there costs without limit.
 */
function fitCurve(scores: Float64Array, labels: Float64Array): State {
  let low = Infinity;
  let high = -Infinity;
  for (const score of scores) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  const curve = fitIsotonic([low, ...scores, high], [1, ...labels, 0]);
  return { slope: NaN, offset: NaN, scores: curve.scores, values: curve.values };
}

function predictionsOf(examples: Examples): Float32Array {
  if (examples.prediction !== null) return examples.prediction;
  throw new RunboardError('bad-board', 'the examples carry no predictions', {
    where: 'examples',
    remedy: 'wire the scored examples of a ranker to the calibrator',
  });
}

/** Probabilities are bent on the scale of log-odds, where a slope means something; kept off 0 and 1 by single precision. */
function onScale(score: number, probability: boolean): number {
  if (!probability) return score;
  const p = Math.min(1 - 1e-7, Math.max(1e-7, score));
  return Math.log(p / (1 - p));
}

function calibrated(state: State, scores: Float32Array, probability: boolean): Float32Array {
  const scaled = Float64Array.from(scores, (score) => onScale(score, probability));
  const out = new Float32Array(scores.length);
  if (state.scores.length === 0) plattInto(out, state, scaled);
  else isotonicInto(out, state, scaled);
  return out;
}

function validationScores(examples: Examples, context: Context): { scores: Float64Array; labels: Float64Array } {
  const prediction = predictionsOf(examples);
  const rows = rowsOfPart(examples, 1);
  const labels = Float64Array.from(rows, (row) => examples.label[row]);
  const odd = labels.find((label) => label !== 0 && label !== 1);
  if (odd !== undefined) {
    throw new RunboardError('bad-data', `a label is ${odd}, and probabilities are of 0 or 1`, {
      where: examples.labelling,
      remedy: 'label by threshold',
    });
  }
  if (rows.length === 0) {
    throw new RunboardError('bad-data', 'there is no validation part to learn from', {
      remedy: 'give the split a share for validation',
    });
  }
  if (rows.length < fewExamples)
    context.warn(`fitted on ${rows.length} validation examples only: more a guess than a calibration`);
  return { scores: Float64Array.from(rows, (row) => onScale(prediction[row], examples.probability)), labels };
}

function report(
  state: State,
  scores: Float64Array,
  labels: Float64Array,
  probability: boolean,
  context: Context,
): void {
  const after = new Float64Array(scores.length);
  if (state.scores.length === 0) plattInto(after, state, scores);
  else isotonicInto(after, state, scores);
  const stages = [{ name: 'after', values: after }];
  if (probability) stages.unshift({ name: 'before', values: scores.map((z) => 1 / (1 + Math.exp(-z))) });
  const series = stages.map(({ name, values }) => {
    const bins = calibrationBinsEqualMass(values, labels, 10);
    context.measure(`calibration error ${name} (validation)`, expectedCalibrationError(bins));
    const filled = Array.from(bins.count.keys()).filter((bin) => bins.count[bin] > 0);
    return { name, x: filled.map((bin) => bins.predicted[bin]), y: filled.map((bin) => bins.observed[bin]) };
  });
  context.plot({
    id: 'reliability',
    title: 'How often predictions come true (validation part)',
    x: 'predicted',
    y: 'observed',
    mark: 'line',
    series,
  });
}
