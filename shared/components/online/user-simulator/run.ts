import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Candidates, Dataset, Model, Vectors } from '#shared/contract/values.ts';
import { examinationCurve } from '#shared/kernels/experiments/click-models.ts';
import { truthOf } from './expected.ts';
import { exposureLog } from './exposure-log.ts';
import { exposureRows, simulate } from './exposures.ts';
import type { Behaviour } from './exposures.ts';
import { hashText } from '#shared/kernels/random.ts';
import { outcomesOf } from './outcomes.ts';
import { spec } from './spec.ts';
import { attractionOf, tastesOf } from './tastes.ts';
import type { Attraction, Tastes } from './tastes.ts';
import { drawTraffic } from './traffic.ts';

type Params = ParamValues<typeof spec.params>;

/** More impressions than this do not fit into the memory of a small machine (about 70 bytes each). */
const mostRows = 30_000_000;

export const component = implement(spec, {
  async apply(_, { lists: wired, model }, params, context) {
    const lists = params.sameForAll ? wired.map(() => wired[0]) : wired;
    const names = variantNames(params.names, lists.length);
    checkParams(params, lists.length);
    const tastes = tastesOf(lists);
    const pool = Math.max(params.places, params.explore > 0 ? params.pool : 0);
    const lift = params.sameForAll ? [] : params.lift;
    const attraction = attractionOf(lists, tastes, {
      pool,
      places: params.places,
      largestLift: Math.max(0, ...lift),
      // Not from the node's own stream: two simulators on a board must be able to ask the same people.
      seed: hashText(`world ${params.world}`),
      weights: params,
      vectors: tasteVectors(params.preference, lists[0].split.dataset, model, context),
    });
    const traffic = drawTraffic(
      { ...params, tastes: tastes.users.length, shares: sharesOf(params.shares, lists.length) },
      context.random('traffic'),
    );
    const rows = exposureRows(traffic, attraction, params.places, params.warmUp, params.days);
    if (rows > mostRows) {
      throw new RunboardError('too-large', `${rows} impressions are more than the ${mostRows} that fit in memory`, {
        remedy: 'take fewer days, requests a day or places',
      });
    }
    const behaviour = behaviourOf(params, lift, { lists, tastes, attraction }, context);
    const exposures = await simulate(traffic, attraction, behaviour, params, context);
    const truths = lists.map((list, v) => truthOf(v, list, tastes, attraction, behaviour));
    context.measure('requests', traffic.totalRequests);
    context.measure('impressions', exposures.rows);
    context.measure('conversions after the last day', exposures.late);
    return {
      log: exposureLog(lists[0].split.dataset, exposures, traffic, tastes, names),
      metrics: outcomesOf(exposures, { names, truths, behaviour, requests: traffic.totalRequests }),
    };
  },
});

/** Vectors whose inner products are tastes; null where categories have to do. */
function tasteVectors(
  preference: Params['preference'],
  dataset: Dataset,
  model: Model | undefined,
  context: Context,
): Vectors | null {
  if (preference === 'planted') {
    const { truth } = dataset;
    if (!truth)
      throw new RunboardError('bad-data', `nobody planted tastes in ${dataset.name}`, {
        where: 'preference',
        remedy: 'take a world made by `runboard generate`, or choose fitted',
      });
    if (model !== undefined) context.warn('users go by the planted tastes: the wired taste model is not asked');
    return { width: truth.users.width, users: truth.users.values, items: truth.items.values };
  }
  if (model === undefined) return null;
  if (model.vectors === null)
    throw new RunboardError('bad-board', `the taste model ${model.component} has no vectors`, {
      remedy: 'wire a factor model such as iALS, BPR or two-tower, or none',
    });
  return model.vectors;
}

function variantNames(given: readonly string[], count: number): string[] {
  const names = Array.from({ length: count }, (_, v) => given[v] ?? String.fromCharCode(65 + (v % 26)));
  if (new Set(names).size < names.length)
    throw new RunboardError('bad-parameter', `two variants are called the same (${names.join(', ')})`, {
      where: 'names',
      remedy: 'give each variant its own name',
    });
  return names;
}

function checkParams({ shares, explore, pool, places }: Params, variants: number): void {
  if (shares.length > 0 && shares.length !== variants) {
    throw new RunboardError('bad-parameter', `${shares.length} traffic shares for ${variants} variants`, {
      where: 'shares',
      remedy: 'give one share per wired list, or none',
    });
  }
  if (explore > 0 && pool < places) {
    throw new RunboardError('bad-parameter', `the exploration pool of ${pool} is smaller than the ${places} places`, {
      where: 'pool',
      remedy: 'raise the pool or show fewer places',
    });
  }
}

function sharesOf(given: readonly number[], variants: number): readonly number[] {
  return given.length > 0 ? given : new Array<number>(variants).fill(1);
}

function behaviourOf(
  params: Params,
  lift: readonly number[],
  shown: { lists: readonly Candidates[]; tastes: Tastes; attraction: Attraction },
  context: Context,
): Behaviour {
  const stated = shown.lists.map((list) => statedProbabilities(list, shown.tastes, shown.attraction.pool));
  const explores = stated.some((one) => one !== null);
  if (explores && params.explore > 0)
    context.warn('a list explores by itself and states its own probabilities: the simulator shuffles nothing');
  return {
    ...params,
    explore: explores ? 0 : params.explore,
    lift,
    examination: examinationCurve(params.places, params.decay),
    prices: pricesOf(shown.lists[0].split.dataset, params.price),
    stated,
  };
}

function statedProbabilities(list: Candidates, tastes: Tastes, pool: number): Float64Array | null {
  if (list.propensity === null) return null;
  const stated = new Float64Array(tastes.requests.length * pool).fill(NaN);
  for (let t = 0; t < tastes.requests.length; t++) {
    const from = list.offsets[tastes.requests[t]];
    const count = Math.min(pool, list.offsets[tastes.requests[t] + 1] - from);
    for (let k = 0; k < count; k++) stated[t * pool + k] = list.propensity[from + k];
  }
  return stated;
}

/** What a conversion pays by item: the item's price where it is known and positive, else the usual price. */
function pricesOf(dataset: Dataset, usual: number): Float64Array {
  const prices = new Float64Array(dataset.items.ids.length).fill(usual);
  const column = dataset.items.table.columns[dataset.roles['item.price'] ?? ''];
  if (column?.kind === 'number')
    for (let i = 0; i < prices.length; i++) if (column.values[i] > 0) prices[i] = column.values[i];
  return prices;
}
