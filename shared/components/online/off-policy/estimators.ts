import type { Context } from '#shared/contract/component.ts';
import {
  doublyRobust,
  importanceWeights,
  inversePropensity,
  selfNormalisedDoublyRobust,
  shrunkDoublyRobust,
  switchDoublyRobust,
} from '#shared/kernels/off-policy/estimators.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import type { Predictions } from './reward-model.ts';
import { supportFault } from './support-check.ts';

/** One estimator: row-wise parts, and the row-wise parts of what it is divided by. */
export interface Estimator {
  readonly id: string;
  readonly title: string;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
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
  context: Context,
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
    { id: 'ctr-dm', title: 'Direct method (model as truth)', top: predictions.direct, bottom: ones },
    { id: 'ctr-dr', title: 'Doubly robust', top: doublyRobust(corrections), bottom: ones },
    { id: 'ctr-sndr', title: 'Self-normalised DR', top: selfNormalisedDoublyRobust(corrections), bottom: ones },
    { id: 'ctr-switch-dr', title: `SWITCH-DR at ${clip}`, top: switchDoublyRobust(corrections, clip), bottom: ones },
    { id: 'ctr-dros', title: `DRos, λ = ${shrink}`, top: shrunkDoublyRobust(corrections, shrink), bottom: ones },
    ...cascadeEstimators(policy, leastRows, context),
  ];
}

/**
 * Rows of a list share the weight of the sequence above them (cascade), or all of them that of the whole list. Such weights
 * grow so fast that the log often cannot bear them: those estimates are left empty, with the reason.
 */
function cascadeEstimators(
  { rows, sequence: evaluated }: JudgedPolicy,
  leastRows: number,
  context: Context,
): Estimator[] {
  if (evaluated === null) return [];
  if (rows.sequence === null) {
    context.log('the log has no column sequence (probability of the list down to each place): no cascade estimates');
    return [];
  }
  const wholeEvaluated = lastOfList(evaluated, rows.slates);
  const wholeLogged = lastOfList(rows.sequence, rows.slates);
  const cascade = importanceWeights(evaluated, rows.sequence);
  const whole = importanceWeights(wholeEvaluated, wholeLogged);
  const cascadeFault = supportFault(rows, evaluated, rows.sequence, leastRows)?.what ?? null;
  const wholeFault = supportFault(rows, wholeEvaluated, wholeLogged, leastRows)?.what ?? null;
  const ones = new Float64Array(rows.rows).fill(1);
  const weighted = inversePropensity(rows.click, cascade);
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
      id: 'ctr-list-ips',
      title: 'IPS of whole lists',
      top: inversePropensity(rows.click, whole),
      bottom: ones,
      fault: wholeFault,
    },
  ];
}

/** The value at the last place of each list, repeated on all its rows. */
function lastOfList(values: Float64Array, slates: Int32Array): Float64Array {
  const last = values.slice();
  for (let s = 0; s + 1 < slates.length; s++) last.fill(values[slates[s + 1] - 1], slates[s], slates[s + 1]);
  return last;
}
