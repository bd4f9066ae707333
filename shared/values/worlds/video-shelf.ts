import type { Random } from '#shared/contract/random.ts';
import { AliasTable } from './alias-table.ts';
import type { TasteSpace } from './taste-space.ts';
import { drawOf, type VideoItems } from './video-items.ts';

/** Amplitude of the seasons of categories, and their length in days. */
const season = 0.3;
const seasonDays = 60;

/** What can be watched on a day, ready to be drawn from: by cluster, by popularity, uniformly. */
export class VideoShelf {
  /** What every item draws today; 0 where it is not born yet. */
  readonly draws: Float64Array;
  /** The same, summed by cluster. */
  readonly clusterDraws: Float64Array;
  total = 0;
  /** Items that are there today. */
  alive = 0;
  private readonly items: VideoItems;
  private readonly space: TasteSpace;
  /** Items by cluster: cluster k has members[starts[k]] up to, not including, members[starts[k + 1]]. */
  private readonly starts: Int32Array;
  private readonly members: Int32Array;
  private readonly tables: readonly AliasTable[];

  constructor(items: VideoItems, space: TasteSpace) {
    const { clusters } = space;
    this.items = items;
    this.space = space;
    this.draws = new Float64Array(items.count);
    this.clusterDraws = new Float64Array(clusters);
    this.starts = new Int32Array(clusters + 1);
    for (let i = 0; i < items.count; i++) this.starts[items.cluster[i] + 1]++;
    for (let k = 0; k < clusters; k++) this.starts[k + 1] += this.starts[k];
    const next = this.starts.slice(0, clusters);
    this.members = new Int32Array(items.count);
    for (let i = 0; i < items.count; i++) this.members[next[items.cluster[i]]++] = i;
    this.tables = Array.from({ length: clusters }, (_, k) => new AliasTable(this.starts[k + 1] - this.starts[k]));
  }

  /** Fills the shelf for a day: O(items). */
  fill(day: number): void {
    const { items, space } = this;
    this.alive = 0;
    this.total = 0;
    for (let i = 0; i < items.count; i++) {
      const phase = 2 * Math.PI * (day / seasonDays + space.category[items.cluster[i]] / 12);
      this.draws[i] = drawOf(items, i, day) * (1 + season * Math.sin(phase));
      if (this.draws[i] > 0) this.alive++;
    }
    if (this.alive === 0) {
      this.draws[0] = 1; // a catalogue so small that nothing is born yet still has one item
      this.alive = 1;
    }
    for (let k = 0; k < space.clusters; k++) {
      const weights = new Float64Array(this.starts[k + 1] - this.starts[k]);
      for (let m = 0; m < weights.length; m++) weights[m] = this.draws[this.members[this.starts[k] + m]];
      this.tables[k].build(weights);
      this.clusterDraws[k] = this.tables[k].total;
      this.total += this.tables[k].total;
    }
  }

  drawFrom(cluster: number, random: Random): number {
    return this.members[this.starts[cluster] + this.tables[cluster].draw(random)];
  }

  drawPopular(random: Random): number {
    let left = random.next() * this.total;
    let cluster = 0;
    for (let k = 0; k < this.space.clusters && left >= 0; k++) {
      if (this.clusterDraws[k] === 0) continue;
      cluster = k;
      left -= this.clusterDraws[k];
    }
    return this.drawFrom(cluster, random);
  }

  drawUniform(random: Random): number {
    for (;;) {
      const item = random.integer(this.items.count);
      if (this.draws[item] > 0) return item;
    }
  }
}
