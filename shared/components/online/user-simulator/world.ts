import type { Random } from '#shared/contract/random.ts';
import { clickByCascadeInto, clickByPositionInto } from '#shared/kernels/experiments/click-models.ts';
import type { Behaviour, ExposureColumns, Exposures } from './exposures.ts';
import type { Attraction } from './tastes.ts';
import type { Traffic } from './traffic.ts';

export interface WorldParts {
  readonly traffic: Traffic;
  readonly attraction: Attraction;
  readonly behaviour: Behaviour;
  /** Second at which the experiment ends: what comes later is not logged. */
  readonly end: number;
  readonly log: ExposureColumns;
  readonly past: Exposures | null;
}

/** The state of all users while the days go by. */
export class World {
  late = 0;
  rows = 0;
  private requestNumber: number;
  private day = 0;
  private random!: Random;
  private readonly traffic: Traffic;
  private readonly attraction: Attraction;
  private readonly behaviour: Behaviour;
  private readonly end: number;
  private readonly log: ExposureColumns;
  /** How often user u saw the item of memory m, at [u * width + m]. */
  private readonly seen: Uint16Array;
  /** Entries of the list in question whose items are there, in the list's order, and as they are shown. */
  private readonly own: Int32Array;
  private readonly order: Int32Array;
  private readonly appeal: Float64Array;

  constructor({ traffic, attraction, behaviour, end, log, past }: WorldParts) {
    this.traffic = traffic;
    this.attraction = attraction;
    this.behaviour = behaviour;
    this.end = end;
    this.log = log;
    this.requestNumber = past === null || past.rows === 0 ? 0 : past.request[past.rows - 1] + 1;
    this.seen = new Uint16Array(behaviour.fatigue > 0 ? traffic.taste.length * attraction.width : 0);
    if (past !== null && behaviour.fatigue > 0) this.recall(past);
    this.own = new Int32Array(attraction.pool);
    this.order = new Int32Array(attraction.pool);
    this.appeal = new Float64Array(behaviour.places);
  }

  startDay(day: number, random: Random): void {
    this.day = day;
    this.random = random;
  }

  /** User u comes on day `since` of the experiment (negative in the warm-up) and is shown the list of `variant`. */
  visit(u: number, since: number, variant: number, interest: number): void {
    const { attraction, behaviour, log, random } = this;
    const shown = Math.max(0, variant);
    const from = this.traffic.taste[u] * attraction.pool;
    const listed = attraction.lengths[shown][this.traffic.taste[u]];
    const length = this.arrange(attraction.items[shown], from, listed);
    const count = Math.min(behaviour.places, length);
    this.drawOrder(length, count);
    const inside = since - this.traffic.enters[u];
    const fresh = variant > 0 && behaviour.novelty > 0 ? 1 + behaviour.novelty * Math.exp(-inside / 3) : 1;
    const factor = interest * fresh * (1 + (variant >= 0 ? (behaviour.lift[variant] ?? 0) : 0));
    const time = this.day * 86_400 + random.integer(86_400);
    const start = this.rows;
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
    this.writePropensities(shown, from, { length, count, whole: length === listed });
    if (behaviour.latency.length > 0) {
      // Response times are skewed: log-normal, with a spread of 0.3.
      const millis = (behaviour.latency[shown] ?? behaviour.latency[0]) * Math.exp(0.3 * random.normal());
      log.latency.fill(millis, start, start + count);
    }
    this.click(start, count);
    this.requestNumber++;
    this.rows += count;
  }

  /** How often the user saw the item before; counts this time too. */
  private remember(u: number, memory: number): number {
    return this.seen[u * this.attraction.width + memory]++;
  }

  /** Counts what users saw before of the items that are still in a list of theirs. */
  private recall(past: Exposures): void {
    const { width, remembered } = this.attraction;
    for (let row = 0; row < past.rows; row++) {
      const from = this.traffic.taste[past.user[row]] * width;
      for (let m = 0; m < width && remembered[from + m] >= 0; m++) {
        if (remembered[from + m] !== past.item[row]) continue;
        this.seen[past.user[row] * width + m]++;
        break;
      }
    }
  }

  /** Closes the list up over items that are not there yet; gives its length. */
  private arrange(items: Int32Array, from: number, listed: number): number {
    const { births } = this.behaviour;
    let length = 0;
    for (let k = 0; k < listed; k++) if (births === null || births[items[from + k]] <= this.day) this.own[length++] = k;
    return length;
  }

  /** The list as it is, or with chance `explore` a random order of the pool (only the first `count` are drawn). */
  private drawOrder(length: number, count: number): void {
    const { order, own, random } = this;
    for (let k = 0; k < length; k++) order[k] = own[k];
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
   * ε (L - k)! / L!. A list that explores by itself states its own probabilities, which are unknown once an item of it had to be
   * left out.
   */
  private writePropensities(
    shown: number,
    from: number,
    { length, count, whole }: { length: number; count: number; whole: boolean },
  ): void {
    const { explore, stated } = this.behaviour;
    const told = stated[shown];
    let kept = 1;
    let shuffled = explore;
    let product = 1;
    for (let k = 0; k < count; k++) {
      const inPlace = this.order[k] === this.own[k];
      if (!inPlace) kept = 0;
      shuffled /= length - k;
      if (told === null) {
        this.log.propensity[this.rows + k] = (inPlace ? 1 - explore : 0) + explore / length;
        this.log.sequence[this.rows + k] = kept * (1 - explore) + shuffled;
      } else {
        product *= whole ? told[from + k] : NaN;
        this.log.propensity[this.rows + k] = whole ? told[from + k] : NaN;
        this.log.sequence[this.rows + k] = product;
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
