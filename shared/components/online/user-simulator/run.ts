import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Candidates, Dataset, Model, Vectors } from '#shared/contract/values.ts';
import { examinationCurve } from '#shared/kernels/experiments/click-models.ts';
import { truthOf } from './expected.ts';
import { drawBirths } from './births.ts';
import { exposureLog, logFrame } from './exposure-log.ts';
import { exposureRows, simulate } from './exposures.ts';
import type { Behaviour, Period } from './exposures.ts';
import { joined, pastOf } from './past.ts';
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
  async apply(_, { lists: wired, model, renewed, past }, params, context) {
    const lists = params.sameForAll ? wired.map(() => wired[0]) : wired;
    // A port of many that nothing is wired to is absent.
    const later = (renewed as typeof renewed | undefined) ?? [];
    const shown = later.length === 0 ? lists : params.sameForAll ? later.map(() => later[0]) : later;
    const names = variantNames(params.names, lists.length);
    checkParams(params, lists.length, shown.length);
    const tastes = tastesOf(lists, shown);
    const births = drawBirths(lists[0].split, params, context);
    const lift = params.sameForAll ? [] : params.lift;
    const world = attractionOf(later.length === 0 ? lists : [...lists, ...shown], tastes, {
      pool: Math.max(params.places, params.explore > 0 || births !== null ? params.pool : 0),
      places: params.places,
      largestLift: Math.max(0, ...lift),
      // Not from the node's own stream: two simulators on a board must be able to ask the same people.
      seed: hashText(`world ${params.world}`),
      weights: params,
      vectors: tasteVectors(params.preference, lists[0].split.dataset, model, context),
    });
    const attraction = later.length === 0 ? world : lastOf(world, shown.length);
    const traffic = drawTraffic(
      { ...params, tastes: tastes.users.length, shares: sharesOf(params.shares, lists.length) },
      context.random('traffic'),
    );
    const period = periodOf(params);
    checkRoom(exposureRows(traffic, attraction, params.places, period));
    const frame = logFrame(lists[0].split.dataset, traffic, tastes, names);
    const before = past === undefined ? null : pastOf(past, frame);
    const behaviour = behaviourOf(params, lift, { lists: shown, tastes, attraction, births }, context);
    const exposures = await simulate(traffic, attraction, behaviour, { period, past: before }, context);
    const all = before === null ? exposures : joined(before, exposures);
    const truths = shown.map((list, v) => truthOf(v, list, tastes, attraction, behaviour));
    const requests = traffic.requests.subarray(0, period.to * params.population).reduce((sum, count) => sum + count, 0);
    context.measure('requests', requests);
    context.measure('impressions', all.rows);
    context.measure('conversions after the last day', exposures.late);
    return {
      log: exposureLog(frame, all, births),
      metrics: outcomesOf(all, { names, truths, behaviour, requests, period }),
    };
  },
});

/** The days that are simulated: all, or those from one day of the experiment up to another. */
function periodOf({ warmUp, days, fromDay, toDay }: Params): Period {
  const from = fromDay === 0 ? 0 : warmUp + fromDay;
  const to = warmUp + (toDay === 0 ? days : Math.min(days, toDay));
  if (from >= to) {
    throw new RunboardError('bad-parameter', `no days lie from day ${fromDay} to day ${toDay === 0 ? days : toDay}`, {
      where: 'fromDay',
      remedy: 'start before the end',
    });
  }
  return { warmUp, from, to, all: warmUp + days };
}

function checkRoom(rows: number): void {
  if (rows <= mostRows) return;
  throw new RunboardError('too-large', `${rows} impressions are more than the ${mostRows} that fit in memory`, {
    remedy: 'take fewer days, requests a day or places',
  });
}

/** The last `count` lists of an attraction: those that are shown now. */
function lastOf(world: Attraction, count: number): Attraction {
  return {
    ...world,
    lengths: world.lengths.slice(-count),
    items: world.items.slice(-count),
    values: world.values.slice(-count),
    memory: world.memory.slice(-count),
  };
}

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

function checkParams({ shares, explore, pool, places }: Params, variants: number, shown: number): void {
  if (shown !== variants) {
    throw new RunboardError('bad-board', `${shown} renewed lists for ${variants} variants`, {
      where: 'renewed',
      remedy: 'wire one renewed list per list, in the same order',
    });
  }
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
  shown: { lists: readonly Candidates[]; tastes: Tastes; attraction: Attraction; births: Int32Array | null },
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
    births: shown.births,
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
