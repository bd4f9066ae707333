import type { Context } from '#shared/contract/component.ts';
import type { Attraction } from './tastes.ts';
import type { Traffic } from './traffic.ts';
import { World } from './world.ts';

/** What users meet: how they look, tire and pay. */
export interface Behaviour {
  readonly places: number;
  readonly clickModel: 'position' | 'cascade';
  /** Chance to look at each place (position model). */
  readonly examination: Float64Array;
  readonly afterClick: number;
  readonly afterLook: number;
  /** Planted relative lift of each variant. */
  readonly lift: readonly number[];
  readonly novelty: number;
  readonly fatigue: number;
  readonly drift: number;
  readonly explore: number;
  readonly conversion: number;
  readonly delay: number;
  readonly hide: number;
  /** Median milliseconds of each variant's answers; empty where none are logged. */
  readonly latency: readonly number[];
  /** Revenue of a conversion by item. */
  readonly prices: Float64Array;
  /** Probabilities that the lists themselves state for their entries, by variant; null where they are certain. */
  readonly stated: readonly (Float64Array | null)[];
  /** First day (warm-up days count) on which an item may be shown, by item; null where all are there from the start. */
  readonly births: Int32Array | null;
}

/** Days that are simulated in one go, counted from the first day of the warm-up; `all` is where the experiment ends. */
export interface Period {
  readonly warmUp: number;
  readonly from: number;
  readonly to: number;
  readonly all: number;
}

/** One row per item shown. Times are seconds since the first simulated midnight. */
export interface Exposures {
  readonly rows: number;
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly time: Float64Array;
  readonly request: Int32Array;
  readonly position: Int32Array;
  readonly propensity: Float64Array;
  /** Probability of the whole sequence from the top to this place. */
  readonly sequence: Float64Array;
  readonly click: Float32Array;
  /** -1 while the user is not in the experiment. */
  readonly variant: Int32Array;
  readonly dwell: Float32Array;
  readonly conversion: Float32Array;
  readonly revenue: Float32Array;
  readonly hidden: Float32Array;
  /** Milliseconds of the request; empty where none are logged. */
  readonly latency: Float32Array;
  /** Conversions that come after the last day, hence are not in the log. */
  readonly late: number;
}

export type ExposureColumns = Omit<Exposures, 'late' | 'rows'>;

function room(rows: number, timed: boolean): ExposureColumns {
  return {
    user: new Int32Array(rows),
    item: new Int32Array(rows),
    time: new Float64Array(rows),
    request: new Int32Array(rows),
    position: new Int32Array(rows),
    propensity: new Float64Array(rows),
    sequence: new Float64Array(rows),
    click: new Float32Array(rows),
    variant: new Int32Array(rows),
    dwell: new Float32Array(rows),
    conversion: new Float32Array(rows),
    revenue: new Float32Array(rows),
    hidden: new Float32Array(rows),
    latency: new Float32Array(timed ? rows : 0),
  };
}

/** Variant whose list user u sees on experiment day `day` (negative in the warm-up): the control until they enter. */
function listOf(traffic: Traffic, u: number, day: number): number {
  return day >= 0 && day >= traffic.enters[u] ? traffic.variant[u] : -1;
}

/** Rows that the traffic gives at most: fewer where items are not there yet. */
export function exposureRows(traffic: Traffic, attraction: Attraction, places: number, period: Period): number {
  const population = traffic.taste.length;
  let rows = 0;
  for (let day = period.from; day < period.to; day++) {
    for (let u = 0; u < population; u++) {
      const visits = traffic.requests[day * population + u];
      if (visits > 0)
        rows +=
          visits *
          Math.min(places, attraction.lengths[Math.max(0, listOf(traffic, u, day - period.warmUp))][traffic.taste[u]]);
    }
  }
  return rows;
}

/**
 * Simulates the days of a period. Within a day users come in order; a user's request falls on a random second. Every day draws
 * from a stream of its own, so that days simulated one period after another come out as in one go. `past` is what users saw before.
 */
export async function simulate(
  traffic: Traffic,
  attraction: Attraction,
  behaviour: Behaviour,
  { period, past }: { period: Period; past: Exposures | null },
  context: Context,
): Promise<Exposures> {
  const population = traffic.taste.length;
  const log = room(exposureRows(traffic, attraction, behaviour.places, period), behaviour.latency.length > 0);
  const world = new World({ traffic, attraction, behaviour, end: period.all * 86_400, log, past });
  const walk = context.random('drift');
  let interest = 0;
  for (let day = 0; day < period.from; day++) interest += behaviour.drift * walk.normal();
  for (let day = period.from; day < period.to; day++) {
    world.startDay(day, context.random(`behaviour on day ${day}`));
    for (let u = 0; u < population; u++) {
      if (u % 4_096 === 0)
        context.progress(
          (day - period.from + u / population) / (period.to - period.from),
          `day ${day - period.warmUp + 1}`,
        );
      for (let visit = traffic.requests[day * population + u]; visit > 0; visit--)
        world.visit(u, day - period.warmUp, listOf(traffic, u, day - period.warmUp), Math.exp(interest));
    }
    interest += behaviour.drift * walk.normal();
    await context.breathe();
  }
  return { ...cutTo(log, world.rows), rows: world.rows, late: world.late };
}

function cutTo(log: ExposureColumns, rows: number): ExposureColumns {
  if (rows === log.user.length) return log;
  return Object.fromEntries(
    Object.entries(log).map(([name, values]) => [name, values.slice(0, Math.min(rows, values.length))]),
  ) as unknown as ExposureColumns;
}
