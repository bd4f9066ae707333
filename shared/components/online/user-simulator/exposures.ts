import type { Context } from '#shared/contract/component.ts';
import type { Random } from '#shared/contract/random.ts';
import { clickByCascadeInto, clickByPositionInto } from '#shared/kernels/experiments/click-models.ts';
import type { Attraction } from './tastes.ts';
import type { Traffic } from './traffic.ts';

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

function room(rows: number, timed: boolean): Omit<Exposures, 'late' | 'rows'> {
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

/** Rows that the traffic will give. */
export function exposureRows(
  traffic: Traffic,
  attraction: Attraction,
  places: number,
  warmUp: number,
  days: number,
): number {
  const population = traffic.taste.length;
  let rows = 0;
  for (let day = 0; day < warmUp + days; day++) {
    for (let u = 0; u < population; u++) {
      const visits = traffic.requests[day * population + u];
      if (visits > 0)
        rows +=
          visits *
          Math.min(places, attraction.lengths[Math.max(0, listOf(traffic, u, day - warmUp))][traffic.taste[u]]);
    }
  }
  return rows;
}

/** Simulates all days. Within a day users come in order; a user's request falls on a random second. */
export async function simulate(
  traffic: Traffic,
  attraction: Attraction,
  behaviour: Behaviour,
  days: { warmUp: number; days: number },
  context: Context,
): Promise<Exposures> {
  const population = traffic.taste.length;
  const log = room(
    exposureRows(traffic, attraction, behaviour.places, days.warmUp, days.days),
    behaviour.latency.length > 0,
  );
  const world = new World(
    traffic,
    attraction,
    behaviour,
    (days.warmUp + days.days) * 86_400,
    context.random('behaviour'),
    log,
  );
  const walk = context.random('drift');
  let interest = 0;
  for (let day = 0; day < days.warmUp + days.days; day++) {
    for (let u = 0; u < population; u++) {
      if (u % 4_096 === 0)
        context.progress((day + u / population) / (days.warmUp + days.days), `day ${day - days.warmUp + 1}`);
      for (let visit = traffic.requests[day * population + u]; visit > 0; visit--)
        world.visit(u, day, listOf(traffic, u, day - days.warmUp), Math.exp(interest), days.warmUp);
    }
    interest += behaviour.drift * walk.normal();
    await context.breathe();
  }
  return { ...log, rows: log.user.length, late: world.late };
}

/** The state of all users while the days go by. */
class World {
  late = 0;
  private row = 0;
  private requestNumber = 0;
  private readonly traffic: Traffic;
  private readonly attraction: Attraction;
  private readonly behaviour: Behaviour;
  private readonly end: number;
  private readonly random: Random;
  private readonly log: Omit<Exposures, 'late' | 'rows'>;
  /** How often user u saw the item of memory m, at [u * 2 * pool + m]. */
  private readonly seen: Uint16Array;
  private readonly order: Int32Array;
  private readonly appeal: Float64Array;

  constructor(
    traffic: Traffic,
    attraction: Attraction,
    behaviour: Behaviour,
    end: number,
    random: Random,
    log: Omit<Exposures, 'late' | 'rows'>,
  ) {
    this.traffic = traffic;
    this.attraction = attraction;
    this.behaviour = behaviour;
    this.end = end;
    this.random = random;
    this.log = log;
    this.seen = new Uint16Array(behaviour.fatigue > 0 ? traffic.taste.length * attraction.pool * 2 : 0);
    this.order = new Int32Array(attraction.pool);
    this.appeal = new Float64Array(behaviour.places);
  }

  visit(u: number, day: number, variant: number, interest: number, warmUp: number): void {
    const { attraction, behaviour, log, random } = this;
    const shown = Math.max(0, variant);
    const from = this.traffic.taste[u] * attraction.pool;
    const length = attraction.lengths[shown][this.traffic.taste[u]];
    const count = Math.min(behaviour.places, length);
    this.drawOrder(length, count);
    const since = day - warmUp - this.traffic.enters[u];
    const fresh = variant > 0 && behaviour.novelty > 0 ? 1 + behaviour.novelty * Math.exp(-since / 3) : 1;
    const factor = interest * fresh * (1 + (variant >= 0 ? (behaviour.lift[variant] ?? 0) : 0));
    const time = day * 86_400 + random.integer(86_400);
    const start = this.row;
    for (let k = 0; k < count; k++) {
      const entry = this.order[k];
      const tired =
        behaviour.fatigue > 0 ? (1 - behaviour.fatigue) ** this.remember(u, attraction.memory[shown][from + entry]) : 1;
      this.appeal[k] = Math.min(1, attraction.values[shown][from + entry] * factor * tired);
      log.user[start + k] = u;
      log.item[start + k] = attraction.items[shown][from + entry];
      log.time[start + k] = time;
      log.request[start + k] = this.requestNumber;
      log.position[start + k] = k + 1;
      log.variant[start + k] = variant;
    }
    this.writePropensities(shown, from, length, count);
    if (behaviour.latency.length > 0) {
      // Response times are skewed: log-normal, with a spread of 0.3.
      const millis = (behaviour.latency[shown] ?? behaviour.latency[0]) * Math.exp(0.3 * random.normal());
      log.latency.fill(millis, start, start + count);
    }
    this.click(start, count);
    this.requestNumber++;
    this.row += count;
  }

  /** How often the user saw the item before; counts this time too. */
  private remember(u: number, memory: number): number {
    return this.seen[u * 2 * this.attraction.pool + memory]++;
  }

  /** The list as it is, or with chance `explore` a random order of the pool (only the first `count` are drawn). */
  private drawOrder(length: number, count: number): void {
    const { order, random } = this;
    for (let k = 0; k < length; k++) order[k] = k;
    if (!(this.behaviour.explore > 0) || random.next() >= this.behaviour.explore) return;
    for (let k = 0; k < count; k++) {
      const j = k + random.integer(length - k);
      const kept = order[k];
      order[k] = order[j];
      order[j] = kept;
    }
  }

  /**
   * Item at place: (1 - ε) [it is the list's own] + ε / L. Sequence down to place k: (1 - ε) [all are the list's own] +
   * ε (L - k)! / L!. A list that explores by itself states its own probabilities.
   */
  private writePropensities(shown: number, from: number, length: number, count: number): void {
    const { explore, stated } = this.behaviour;
    const own = stated[shown];
    let kept = 1;
    let shuffled = explore;
    let product = 1;
    for (let k = 0; k < count; k++) {
      const inPlace = this.order[k] === k;
      if (!inPlace) kept = 0;
      shuffled /= length - k;
      if (own === null) {
        this.log.propensity[this.row + k] = (inPlace ? 1 - explore : 0) + explore / length;
        this.log.sequence[this.row + k] = kept * (1 - explore) + shuffled;
      } else {
        product *= own[from + k];
        this.log.propensity[this.row + k] = own[from + k];
        this.log.sequence[this.row + k] = product;
      }
    }
  }

  private click(start: number, count: number): void {
    const { behaviour, log, random } = this;
    const clicks = log.click.subarray(start, start + count);
    const looks =
      behaviour.clickModel === 'position'
        ? count
        : clickByCascadeInto(
            clicks,
            this.appeal,
            { from: 0, count },
            { afterClick: behaviour.afterClick, afterLook: behaviour.afterLook },
            random,
          );
    if (behaviour.clickModel === 'position')
      clickByPositionInto(clicks, this.appeal.subarray(0, count), 0, behaviour.examination, random);
    for (let k = 0; k < count; k++) {
      if (clicks[k] === 1) {
        this.follow(start + k);
        continue;
      }
      const looked = behaviour.clickModel === 'position' ? behaviour.examination[k] : k < looks ? 1 : 0;
      if (behaviour.hide > 0 && random.next() < behaviour.hide * looked * (1 - this.appeal[k]))
        log.hidden[start + k] = 1;
    }
  }

  /** What comes of a click: time spent, perhaps a conversion, perhaps too late to be logged. */
  private follow(row: number): void {
    const { behaviour, log, random } = this;
    log.dwell[row] = 45 * Math.exp(0.9 * random.normal());
    if (random.next() >= behaviour.conversion) return;
    const delay = -Math.log(1 - random.next()) * behaviour.delay * 86_400;
    if (log.time[row] + delay > this.end) {
      this.late++;
      return;
    }
    log.conversion[row] = 1;
    log.revenue[row] = behaviour.prices[log.item[row]];
  }
}
