import {
  doublyRobust,
  importanceWeights,
  inversePropensity,
  selfNormalisedDoublyRobust,
  shrunkDoublyRobust,
  switchDoublyRobust,
} from '#shared/kernels/off-policy/estimators.ts';
import { cascadeDoublyRobust } from '#shared/kernels/off-policy/slate.ts';
import type { JudgedPolicy, SequencePolicy } from './judged-policy.ts';
import type { LoggedRows } from './logged-rows.ts';
import type { Predictions } from './reward-model.ts';
import { supportFault } from './support-check.ts';

/** One estimator: row-wise parts, and the row-wise parts of what it is divided by. */
export interface Estimator {
  readonly id: string;
  readonly title: string;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
  /** The estimate without each fold of users, where its interval comes from these. */
  readonly without?: Float64Array;
  /** Why it is left empty; null or absent where it is not. */
  readonly fault?: string | null;
}

export interface Limits {
  readonly clip: number;
  readonly shrink: number;
  readonly leastRows: number;
}

/** Every estimator of a policy's click-through rate. */
export function estimatorsOf(
  policy: JudgedPolicy,
  predictions: Predictions,
  { clip, shrink, leastRows }: Limits,
): Estimator[] {
  const { rows } = policy;
  const weights = importanceWeights(policy.evaluated, rows.logged);
  const ones = new Float64Array(rows.rows).fill(1);
  const weighted = inversePropensity(rows.click, weights);
  const corrections = { rewards: rows.click, weights, direct: predictions.direct, logged: predictions.logged };
  return [
    { id: 'logged-ctr', title: 'As logged (not an estimate)', top: rows.click, bottom: ones },
    { id: 'ctr-ips', title: 'IPS', top: weighted, bottom: ones },
    {
      id: 'ctr-clipped-ips',
      title: `IPS, weights at most ${clip}`,
      top: inversePropensity(rows.click, weights, clip),
      bottom: ones,
    },
    { id: 'ctr-snips', title: 'SNIPS', top: weighted, bottom: weights },
    {
      id: 'ctr-dm',
      title: 'Direct method (model as truth)',
      top: predictions.direct,
      bottom: ones,
      without: predictions.without,
    },
    { id: 'ctr-dr', title: 'Doubly robust', top: doublyRobust(corrections), bottom: ones },
    { id: 'ctr-sndr', title: 'Self-normalised DR', top: selfNormalisedDoublyRobust(corrections), bottom: ones },
    { id: 'ctr-switch-dr', title: `SWITCH-DR at ${clip}`, top: switchDoublyRobust(corrections, clip), bottom: ones },
    { id: 'ctr-dros', title: `DRos, λ = ${shrink}`, top: shrunkDoublyRobust(corrections, shrink), bottom: ones },
    ...cascadeEstimators(policy, predictions, leastRows),
  ];
}

/**
 * Rows of a list share the weight of the sequence above them (cascade), or all of them that of the whole list. Such weights
 * grow so fast that the log often cannot bear them: those estimates are left empty, with the reason.
 */
function cascadeEstimators(
  { rows, sequence: evaluated }: JudgedPolicy,
  { logged: predicted, below }: Predictions,
  leastRows: number,
): Estimator[] {
  const none = new Float64Array(rows.rows);
  const missing = missingForCascade(rows, evaluated);
  if (evaluated === null || rows.sequence === null || below === null)
    return [{ id: 'ctr-cascade-dr', title: cascadeRobust, top: none, bottom: none, fault: missing }];
  const wholeEvaluated = lastOfList(evaluated.probability, rows.slates);
  const wholeLogged = lastOfList(rows.sequence, rows.slates);
  const cascade = importanceWeights(evaluated.probability, rows.sequence);
  const whole = importanceWeights(wholeEvaluated, wholeLogged);
  const cascadeFault = supportFault(rows, evaluated.probability, rows.sequence, leastRows)?.what ?? null;
  const wholeFault = supportFault(rows, wholeEvaluated, wholeLogged, leastRows)?.what ?? null;
  const ones = new Float64Array(rows.rows).fill(1);
  const weighted = inversePropensity(rows.click, cascade);
  const corrections = { rewards: rows.click, weights: cascade, expected: below, logged: predicted };
  return [
    {
      id: 'ctr-cascade-ips',
      title: 'IPS of the list down to each place (cascade)',
      top: weighted,
      bottom: ones,
      fault: cascadeFault,
    },
    {
      id: 'ctr-cascade-snips',
      title: 'SNIPS of the list down to each place',
      top: weighted,
      bottom: cascade,
      fault: cascadeFault,
    },
    {
      id: 'ctr-cascade-dr',
      title: cascadeRobust,
      top: onFirstRow(cascadeDoublyRobust(corrections, rows.slates), rows.slates, rows.rows),
      bottom: ones,
      fault: missing ?? cascadeFault,
    },
    {
      id: 'ctr-list-ips',
      title: 'IPS of whole lists',
      top: inversePropensity(rows.click, whole),
      bottom: ones,
      fault: wholeFault,
    },
  ];
}

const cascadeRobust = 'Doubly robust, down to each place (cascade)';

/** What the cascade doubly robust estimate needs and does not get; null where it has everything. */
function missingForCascade(rows: LoggedRows, evaluated: SequencePolicy | null): string | null {
  if (evaluated === null)
    return 'how the policy goes down a list cannot be counted from rows of its own: wire its lists instead';
  if (rows.sequence === null)
    return 'the log has no column `sequence`, the probability with which the list down to each place was shown';
  let broken = 0;
  for (let s = 0; s + 1 < rows.slates.length; s++) {
    const first = rows.slates[s];
    if (rows.place.subarray(first, rows.slates[s + 1]).some((place, at) => place !== at)) broken++;
  }
  return broken === 0
    ? null
    : `${broken} lists of the log lack rows above others: every place from the top has to be there, with its request`;
}

/** A number per list as a number per row, on the first row of the list. */
function onFirstRow(lists: Float64Array, slates: Int32Array, rows: number): Float64Array {
  const spread = new Float64Array(rows);
  for (let s = 0; s < lists.length; s++) spread[slates[s]] += lists[s];
  return spread;
}

/** The value at the last place of each list, repeated on all its rows. */
function lastOfList(values: Float64Array, slates: Int32Array): Float64Array {
  const last = values.slice();
  for (let s = 0; s + 1 < slates.length; s++) last.fill(values[slates[s + 1] - 1], slates[s], slates[s + 1]);
  return last;
}
