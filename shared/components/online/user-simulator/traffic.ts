import { RunboardError } from '#shared/contract/failure.ts';
import type { Random } from '#shared/contract/random.ts';

/** Who is simulated, when they come, and which variant they get. */
export interface Traffic {
  /** Taste of each simulated user. */
  readonly taste: Int32Array;
  readonly variant: Int32Array;
  /** Day on which the user enters the experiment, from 0; `days` or later: never. */
  readonly enters: Int32Array;
  /** Requests of user u on day d (warm-up days first) at [d * population + u]. */
  readonly requests: Uint16Array;
  readonly totalRequests: number;
}

export interface TrafficShape {
  readonly population: number;
  readonly tastes: number;
  readonly days: number;
  readonly warmUp: number;
  readonly requestsPerDay: number;
  readonly newUsers: number;
  readonly shares: readonly number[];
  readonly ramp: readonly number[];
}

/** Draws users and their visits. Activity differs between users (log-normal, spread 0.6), so that a few come often. */
export function drawTraffic(shape: TrafficShape, random: Random): Traffic {
  const { population, days, warmUp } = shape;
  const taste = Int32Array.from({ length: population }, (_, u) => u % shape.tastes);
  const rate = Float64Array.from({ length: population }, () => Math.exp(0.6 * random.normal()));
  const variant = new Int32Array(population);
  const enters = new Int32Array(population);
  const firstDay = new Int32Array(population);
  const bounds = cumulative(shape.shares);
  let total = 0;
  for (let u = 0; u < population; u++) {
    total += rate[u];
    variant[u] = place(random.next(), bounds);
    enters[u] = entryDay(random.next(), shape.ramp, days);
    firstDay[u] = random.next() < shape.newUsers ? warmUp + random.integer(days) : 0;
  }
  const scale = shape.requestsPerDay / total;
  const requests = new Uint16Array((warmUp + days) * population);
  let totalRequests = 0;
  for (let day = 0; day < warmUp + days; day++) {
    for (let u = 0; u < population; u++) {
      if (day < firstDay[u]) continue;
      const drawn = Math.min(65_535, poisson(rate[u] * scale, random));
      requests[day * population + u] = drawn;
      totalRequests += drawn;
    }
  }
  return { taste, variant, enters, requests, totalRequests };
}

function cumulative(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, one) => sum + one, 0);
  if (!(total > 0))
    throw new RunboardError('bad-parameter', 'the traffic shares add up to 0', {
      where: 'shares',
      remedy: 'give at least one variant a weight above 0',
    });
  let sum = 0;
  return shares.map((share) => (sum += share / total));
}

function place(drawn: number, bounds: readonly number[]): number {
  const at = bounds.findIndex((bound) => drawn < bound);
  return at < 0 ? bounds.length - 1 : at;
}

function entryDay(drawn: number, ramp: readonly number[], days: number): number {
  if (ramp.length === 0) return 0;
  const day = ramp.findIndex((share) => drawn < share);
  return day < 0 ? days : day;
}

/** Poisson deviate: by products of uniforms in steps of rate 20, whose sums are Poisson again. */
function poisson(rate: number, random: Random): number {
  let count = 0;
  for (let left = rate; left > 0; left -= 20) {
    const limit = Math.exp(-Math.min(20, left));
    for (let product = random.next(); product > limit; product *= random.next()) count++;
  }
  return count;
}
