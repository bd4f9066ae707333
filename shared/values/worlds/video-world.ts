import { Xoshiro } from '#shared/kernels/random.ts';
import { AliasTable } from './alias-table.ts';
import { PairSet } from './pair-set.ts';
import { affinity, drawTasteSpace, logistic, tasteWidth, type TasteSpace } from './taste-space.ts';
import { drawVideoItems, type VideoItems } from './video-items.ts';
import { eventColumns, impressionColumns, Log, type EventLog, type ImpressionLog } from './video-log.ts';
import { VideoShelf } from './video-shelf.ts';
import { devices, drawVideoUsers, tasteOn, type VideoUsers } from './video-users.ts';

export interface WorldOptions {
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly days: number;
  readonly seed: number;
}

/** Unix time of the first day: 1 January 2026. */
export const worldStart = 1_767_225_600;
export const daySeconds = 86_400;

/** What is planted, beyond vectors: kept with the data so that tests can ask whether a component recovers it. */
export const planted = {
  slate: 10,
  /** Position p is looked at with probability p to the power of minus this. */
  examinationDecay: 0.7,
  /** Once looked at, an item is clicked with probability logistic(bias + slope · affinity + quality · quality of the item). */
  clickBias: -2.4,
  clickSlope: 4.2,
  clickQuality: 0.4,
  /** The logging policy: shares of draws by taste, by popularity, uniformly. */
  policyTaste: 0.5,
  policyPopular: 0.3,
  policyUniform: 0.2,
  /** Share of sessions that start on the logged home page; the others search. */
  homeSessions: 0.25,
  /** Share of choices in a session that stay with its first cluster, and that follow what everybody watches. */
  focus: 0.45,
  trending: 0.12,
  /** Probability that a searching session goes on after an item. */
  goOn: 0.82,
  /** How much of the affinity within a cluster decides what is taken. */
  fineTaste: 7,
} as const;

interface Visit {
  readonly user: number;
  readonly session: number;
  readonly device: number;
  readonly time: number;
}

/** A video service that runs for some days: planted tastes, and the log of what follows from them, day by day. */
export class VideoWorld {
  readonly options: WorldOptions;
  readonly space: TasteSpace;
  readonly users: VideoUsers;
  readonly items: VideoItems;
  /** The log of the day that was lived last. */
  readonly events: EventLog = new Log(eventColumns);
  readonly impressions: ImpressionLog = new Log(impressionColumns);
  private readonly shelf: VideoShelf;
  private readonly seen: PairSet;
  private readonly viewers: AliasTable;
  private readonly taste = new Float32Array(tasteWidth);
  /** Chance of each cluster for the visitor at hand. */
  private readonly chances: Float64Array;
  private random = new Xoshiro(0);
  /** Events made so far, and how many there are to be by the end of the day. */
  private made = 0;
  private quota = 0;
  private sessions = 0;
  private requests = 0;

  constructor(options: WorldOptions) {
    const { users, items, events, days, seed } = options;
    this.options = options;
    this.space = drawTasteSpace(items, seed);
    this.users = drawVideoUsers(users, days, this.space, seed);
    this.items = drawVideoItems(items, days, this.space, seed);
    this.shelf = new VideoShelf(this.items, this.space);
    this.seen = new PairSet(items, events);
    this.viewers = new AliasTable(users);
    this.chances = new Float64Array(this.space.clusters);
  }

  /** Lives through one day, from 0. `breathe` is called now and then; it may throw to stop. */
  live(day: number, breathe: () => void = () => undefined): void {
    this.events.clear();
    this.impressions.clear();
    this.random = new Xoshiro(this.options.seed, `day ${day}`);
    this.quota = eventsUntil(day, this.options);
    this.shelf.fill(day);
    const { joined, activity } = this.users;
    this.viewers.build(activity.map((often, u) => (joined[u] <= day ? often : 0)));
    if (this.viewers.total === 0) this.viewers.build(activity);
    for (let session = 0; this.made < this.quota; session++) {
      if (session % 1024 === 0) breathe();
      this.liveSession(day);
    }
  }

  private liveSession(day: number): void {
    const { random } = this;
    const user = this.viewers.draw(random);
    tasteOn(this.users, user, day / Math.max(1, this.options.days - 1), this.taste);
    this.weighClusters();
    // Most sessions are in the evening.
    const hour = (20 + 3.5 * random.normal() + 48) % 24;
    const device = random.next() < 0.75 ? this.users.device[user] : random.integer(devices.length);
    const visit: Visit = {
      user,
      session: this.sessions++,
      device,
      time: worldStart + day * daySeconds + Math.floor(hour * 3600),
    };
    if (random.next() < planted.homeSessions) this.lookAtHome(visit);
    else this.search(visit);
  }

  /** Chances of clusters: root of what is drawn there today, times e^(sharpness · affinity). */
  private weighClusters(): void {
    const { space, shelf, chances } = this;
    let total = 0;
    for (let k = 0; k < space.clusters; k++) {
      chances[k] =
        Math.sqrt(shelf.clusterDraws[k]) * Math.exp(space.sharpness * affinity(this.taste, 0, space.directions, k));
      total += chances[k];
    }
    for (let k = 0; k < space.clusters; k++) chances[k] /= total;
  }

  private drawCluster(): number {
    let left = this.random.next();
    let last = 0;
    for (let k = 0; k < this.space.clusters; k++) {
      if (this.chances[k] === 0) continue;
      last = k;
      left -= this.chances[k];
      if (left < 0) break;
    }
    return last;
  }

  private search(visit: Visit): void {
    const { random } = this;
    const focus = this.drawCluster();
    let time = visit.time;
    do {
      const item = this.choose(visit.user, focus);
      time += 20 + this.watch(visit, item, time, 1);
    } while (this.made < this.quota && random.next() < planted.goOn);
  }

  private choose(user: number, focus: number): number {
    const why = this.random.next();
    if (why < planted.focus) return this.drawLiked(user, focus);
    if (why < 1 - planted.trending) return this.drawLiked(user, this.drawCluster());
    for (let attempt = 0; attempt < 8; attempt++) {
      const item = this.shelf.drawPopular(this.random);
      if (this.seen.add(user, item)) return item;
    }
    return this.shelf.drawPopular(this.random);
  }

  /** Something to the visitor's liking that was not seen before, as a rule. */
  private drawLiked(user: number, cluster: number): number {
    const expected = 0.88 * affinity(this.taste, 0, this.space.directions, cluster);
    let item = 0;
    for (let attempt = 0; attempt < 8; attempt++) {
      item = this.shelf.drawFrom(cluster, this.random);
      const fine = affinity(this.taste, 0, this.items.vectors, item) - expected;
      if (this.random.next() < logistic(planted.fineTaste * fine) && this.seen.add(user, item)) return item;
    }
    return item;
  }

  /** One to three slates of the logged home page: what is shown follows the policy, what is clicked the click model. */
  private lookAtHome(visit: Visit): void {
    const slates = 1 + this.random.integer(3);
    let time = visit.time;
    for (let s = 0; s < slates && this.made < this.quota; s++) {
      this.lookAtSlate(visit, time);
      time += 600 + this.random.integer(1800);
    }
  }

  private lookAtSlate(visit: Visit, time: number): void {
    const { random } = this;
    const { columns } = this.impressions;
    const request = this.requests++;
    const shown: number[] = [];
    let taken = 0;
    for (let position = 1; position <= planted.slate; position++) {
      const item = this.drawShown(shown);
      if (item === -1) return;
      const chance = this.policyChance(item);
      const looked = random.next() < position ** -planted.examinationDecay;
      const clicked = looked && random.next() < this.clickChance(item) && this.made < this.quota;
      const row = this.impressions.add();
      columns.request[row] = request;
      columns.user[row] = visit.user;
      columns.item[row] = item;
      columns.time[row] = time;
      columns.position[row] = position;
      // Given what stands above: an item already shown is drawn again.
      columns.propensity[row] = chance / (1 - taken);
      columns.click[row] = clicked ? 1 : 0;
      columns.device[row] = visit.device;
      shown.push(item);
      taken += chance;
      if (!clicked) continue;
      this.seen.add(visit.user, item);
      this.watch(visit, item, time + 5 * position, 0);
    }
  }

  private drawShown(shown: readonly number[]): number {
    if (shown.length >= this.shelf.alive) return -1;
    for (let attempt = 0; attempt < 1000; attempt++) {
      const item = this.drawByPolicy();
      if (!shown.includes(item)) return item;
    }
    return -1;
  }

  private drawByPolicy(): number {
    const which = this.random.next();
    if (which < planted.policyTaste) return this.shelf.drawFrom(this.drawCluster(), this.random);
    if (which < planted.policyTaste + planted.policyPopular) return this.shelf.drawPopular(this.random);
    return this.shelf.drawUniform(this.random);
  }

  /** Probability with which the policy draws an item for the visitor at hand. */
  private policyChance(item: number): number {
    const { shelf } = this;
    const cluster = this.items.cluster[item];
    const draw = shelf.draws[item];
    return (
      (planted.policyTaste * this.chances[cluster] * draw) / shelf.clusterDraws[cluster] +
      (planted.policyPopular * draw) / shelf.total +
      planted.policyUniform / shelf.alive
    );
  }

  private clickChance(item: number): number {
    const liking = affinity(this.taste, 0, this.items.vectors, item);
    return logistic(planted.clickBias + planted.clickSlope * liking + planted.clickQuality * this.items.quality[item]);
  }

  /** Logs what comes of choosing an item: perhaps a purchase, then a watch or, where it disappoints, only a click. Answers the seconds watched. */
  private watch(visit: Visit, item: number, time: number, source: number): number {
    const { random, items } = this;
    const liking = affinity(this.taste, 0, items.vectors, item);
    const price = items.price[item];
    if (
      price > 0 &&
      this.users.premium[visit.user] === 0 &&
      random.next() < logistic(-1.5 + 3 * liking - 0.15 * price)
    ) {
      this.log(visit, item, { time, type: 2, value: 1, seconds: 0, price, source });
      if (this.made >= this.quota) return 0;
    }
    const share = logistic(4 * (liking - 0.35) + 0.5 * items.quality[item] + 1.2 * random.normal());
    const seconds = Math.max(1, Math.round(share * items.seconds[item]));
    const bounced = share < 0.12;
    this.log(visit, item, {
      time: time + 1,
      type: bounced ? 0 : 1,
      value: bounced ? 0.1 : Math.round(share * 100) / 100,
      seconds,
      price: NaN,
      source,
    });
    return seconds;
  }

  private log(
    visit: Visit,
    item: number,
    what: { time: number; type: number; value: number; seconds: number; price: number; source: number },
  ): void {
    const { columns } = this.events;
    const row = this.events.add();
    columns.user[row] = visit.user;
    columns.item[row] = item;
    columns.time[row] = what.time;
    columns.type[row] = what.type;
    columns.value[row] = what.value;
    columns.seconds[row] = what.seconds;
    columns.price[row] = what.price;
    columns.device[row] = visit.device;
    columns.session[row] = visit.session;
    columns.source[row] = what.source;
    this.made++;
  }
}

/** How many events there are by the end of a day: weekends have more. */
function eventsUntil(day: number, { days, events }: WorldOptions): number {
  let until = 0;
  let all = 0;
  for (let d = 0; d < days; d++) {
    const weight = d % 7 < 5 ? 1 : 1.3;
    all += weight;
    if (d <= day) until += weight;
  }
  return Math.round((events * until) / all);
}
