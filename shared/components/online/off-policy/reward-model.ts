import type { Candidates } from '#shared/contract/values.ts';
import type { Random } from '#shared/contract/random.ts';
import { fitPositionModel } from '#shared/kernels/experiments/click-models.ts';
import { crossFittingFolds } from '#shared/kernels/off-policy/resampling.ts';
import type { LoggedRows } from './logged-rows.ts';

/** Predictions of the cross-fitted click model, per logged row. */
export interface Predictions {
  /** q̂ of the logged item at its place. */
  readonly logged: Float64Array;
  /** Σ π_e q̂: what the policy would earn at that place, says the model. */
  readonly direct: Float64Array;
}

export interface RewardSettings {
  readonly folds: number;
  readonly smoothing: number;
  readonly explore: number;
  readonly pool: number;
}

/**
 * q̂(item, place) = θ_place · γ_item: examination from the position-based model, attraction shrunk towards the average,
 * (clicks + m γ̄) / (Σθ + m). Each user's rows are predicted by a model fitted on the users of the other folds.
 */
export function predict(
  rows: LoggedRows,
  own: Int32Array,
  policy: Candidates,
  settings: RewardSettings,
  random: Random,
): Predictions {
  const compact = compactItems(rows, policy);
  const fold = crossFittingFolds(rows.cluster, rows.clusters, Math.min(settings.folds, rows.clusters), random);
  const logged = new Float64Array(rows.rows);
  const direct = new Float64Array(rows.rows);
  for (let f = 0; f < settings.folds; f++) {
    const model = fitOn(rows, compact, fold, f, settings.smoothing);
    for (let row = 0; row < rows.rows; row++) {
      if (fold[row] !== f) continue;
      const theta = model.examination[rows.place[row]];
      const attraction = (item: number): number =>
        item < 0 || compact.codes[item] < 0 ? model.average : model.attraction[compact.codes[item]];
      logged[row] = theta * attraction(rows.item[row]);
      const certain = own[row] < 0 ? 0 : theta * attraction(own[row]);
      direct[row] =
        settings.explore === 0
          ? certain
          : (1 - settings.explore) * certain +
            settings.explore * theta * poolMean(policy, rows.request[row], settings.pool, attraction);
    }
  }
  return { logged, direct };
}

function poolMean(policy: Candidates, request: number, pool: number, attraction: (item: number) => number): number {
  const from = policy.offsets[request];
  const depth = Math.min(pool, policy.offsets[request + 1] - from);
  let sum = 0;
  for (let at = from; at < from + depth; at++) sum += attraction(policy.items[at]);
  return depth > 0 ? sum / depth : 0;
}

/** Items of the log, numbered from 0; others have code -1. */
function compactItems(rows: LoggedRows, policy: Candidates): { codes: Int32Array; count: number } {
  const codes = new Int32Array(policy.split.dataset.items.ids.length).fill(-1);
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
