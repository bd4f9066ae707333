import type { Random } from '#shared/contract/random.ts';
import { fitPositionModel } from '#shared/kernels/experiments/click-models.ts';
import { crossFittingFolds } from '#shared/kernels/off-policy/resampling.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import type { LoggedRows } from './logged-rows.ts';

/** Predictions of the cross-fitted click model, per logged row. */
export interface Predictions {
  /** q̂ of the logged item at its place. */
  readonly logged: Float64Array;
  /** Σ π_e q̂: what the policy would earn at that place, says the model. */
  readonly direct: Float64Array;
  /** The same given the logged items above; null where the policy does not say how it goes down a list. */
  readonly below: Float64Array | null;
  /** Σ π_e q̂ on average, from all folds of users but one, the model refitted: says how far the model itself can be trusted. */
  readonly without: Float64Array;
}

export interface RewardSettings {
  readonly folds: number;
  readonly smoothing: number;
}

/**
 * q̂(item, place) = θ_place · γ_item: examination from the position-based model, attraction shrunk towards the average,
 * (clicks + m γ̄) / (Σθ + m). Each user's rows are predicted by a model fitted on the users of the other folds. `between` is
 * called with the share done before each fold.
 */
export function predict(
  policy: JudgedPolicy,
  settings: RewardSettings,
  random: Random,
  between: (share: number) => void,
): Predictions {
  const { rows } = policy;
  const compact = compactItems(rows);
  const folds = Math.min(settings.folds, rows.clusters);
  const fold = crossFittingFolds(rows.cluster, rows.clusters, folds, random);
  const logged = new Float64Array(rows.rows);
  const direct = new Float64Array(rows.rows);
  const below = policy.sequence === null ? null : new Float64Array(rows.rows);
  const without = new Float64Array(folds);
  for (let f = 0; f < folds; f++) {
    between(f / folds);
    const model = fitOn(rows, compact, fold, f, settings.smoothing);
    const attraction = (item: number): number =>
      compact.codes[item] < 0 ? model.average : model.attraction[compact.codes[item]];
    let others = 0;
    for (let row = 0; row < rows.rows; row++) {
      const theta = model.examination[rows.place[row]];
      const expected = theta * policy.expects(row, attraction);
      if (fold[row] !== f) {
        without[f] += expected;
        others++;
        continue;
      }
      logged[row] = theta * attraction(rows.item[row]);
      direct[row] = expected;
      if (below !== null && policy.sequence !== null) below[row] = theta * policy.sequence.expects(row, attraction);
    }
    without[f] /= others;
  }
  return { logged, direct, below, without };
}

/** Items of the log, numbered from 0; others have code -1. */
function compactItems(rows: LoggedRows): { codes: Int32Array; count: number } {
  const codes = new Int32Array(rows.items).fill(-1);
  let count = 0;
  for (const item of rows.item) if (codes[item] < 0) codes[item] = count++;
  return { codes, count };
}

interface FittedModel {
  readonly examination: Float64Array;
  readonly attraction: Float64Array;
  readonly average: number;
}

function fitOn(
  rows: LoggedRows,
  compact: { codes: Int32Array; count: number },
  fold: Int32Array,
  left: number,
  smoothing: number,
): FittedModel {
  let count = 0;
  for (const one of fold) if (one !== left) count++;
  const item = new Int32Array(count);
  const position = new Int32Array(count);
  const click = new Float32Array(count);
  for (let row = 0, next = 0; row < rows.rows; row++) {
    if (fold[row] === left) continue;
    item[next] = compact.codes[rows.item[row]];
    position[next] = rows.place[row];
    click[next++] = rows.click[row];
  }
  const { examination } = fitPositionModel({ item, position, click }, rows.places, compact.count, 200);
  const clicks = new Float64Array(compact.count);
  const looks = new Float64Array(compact.count);
  let allClicks = 0;
  let allLooks = 0;
  for (let i = 0; i < count; i++) {
    clicks[item[i]] += click[i];
    looks[item[i]] += examination[position[i]];
    allClicks += click[i];
    allLooks += examination[position[i]];
  }
  const average = allLooks > 0 ? allClicks / allLooks : 0;
  const attraction = clicks.map((sum, i) =>
    looks[i] + smoothing > 0 ? (sum + smoothing * average) / (looks[i] + smoothing) : average,
  );
  return { examination, attraction, average };
}
