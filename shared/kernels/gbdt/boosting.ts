import type { Random } from '../random.ts';
import { defaultBinSettings, encodeBins, fitBins } from './bins.ts';
import type { BinMap, BinnedRows, BinSettings, FeatureColumn } from './bins.ts';
import { buildForest } from './forest.ts';
import type { Forest } from './forest.ts';
import { makeObjective } from './objectives.ts';
import type { Labels, Objective, ObjectiveName } from './objectives.ts';
import { defaultSplitSettings } from './split.ts';
import { addTreeInto } from './tree.ts';
import type { Tree } from './tree.ts';
import { TreeGrower } from './tree-grower.ts';
import type { GrowthSettings } from './tree-grower.ts';
import { metricsOf } from './validation-metrics.ts';
import type { ValidationMetric } from './validation-metrics.ts';

/** Everything that training depends on besides data and random stream. */
export interface BoostingSettings extends GrowthSettings, BinSettings {
  readonly objective: ObjectiveName;
  readonly rounds: number;
  /** Learning rate of round r (from 0): max(learningRateFloor, learningRate - r * learningRateStep). */
  readonly learningRate: number;
  readonly learningRateStep: number;
  readonly learningRateFloor: number;
  /** Share of the features drawn for each tree, above 0 up to 1. */
  readonly featureFraction: number;
  /** Share of the rows drawn without replacement, anew every `bagEvery` rounds; 1 uses all. */
  readonly bagFraction: number;
  readonly bagEvery: number;
  /** Stop once the first metric of the validation rows has not improved for so many rounds; 0 never stops early. */
  readonly patience: number;
  /** lambdarank: see `makeObjective`. */
  readonly truncation: number;
  /** lambdarank: the k of NDCG@k on the validation rows. */
  readonly ndcgRanks: readonly number[];
}

export const defaultBoostingSettings: BoostingSettings = {
  ...defaultSplitSettings,
  ...defaultBinSettings,
  objective: 'binary',
  rounds: 100,
  learningRate: 0.1,
  learningRateStep: 0,
  learningRateFloor: 0,
  leaves: 31,
  depth: 0,
  featureFraction: 1,
  bagFraction: 1,
  bagEvery: 1,
  patience: 0,
  truncation: 30,
  ndcgRanks: [10],
};

/** Rows with their features, column by column, and their labels. */
export interface LabelledRows {
  readonly columns: readonly FeatureColumn[];
  readonly labels: Labels;
}

/** The validation metrics after a round; empty without validation rows. */
export type RoundMetrics = Readonly<Record<string, number>>;

/** Trains one forest round by round, so that the caller can report, pause or stop in between. */
export class Boosting {
  private readonly settings: BoostingSettings;
  private readonly random: Random;
  private readonly map: BinMap;
  private readonly objective: Objective;
  private readonly grower: TreeGrower;
  private readonly binned: BinnedRows;
  private readonly scores: Float64Array;
  private readonly gradients: Float32Array;
  private readonly held:
    { readonly binned: BinnedRows; readonly scores: Float64Array; readonly labels: Labels } | undefined;
  private readonly metrics: readonly ValidationMetric[];
  private readonly trees: Tree[] = [];
  private bag: Int32Array;
  private bestRound = 0;
  private bestValue = NaN;
  private stopped = false;

  /** @param categorical 1 for features that hold level codes */
  constructor(
    training: LabelledRows,
    categorical: Uint8Array,
    settings: BoostingSettings,
    random: Random,
    validation?: LabelledRows,
  ) {
    const rows = training.labels.values.length;
    if (rows === 0 || training.columns.length === 0) {
      throw new RangeError(`Nothing to learn from: ${rows} rows with ${training.columns.length} features.`);
    }
    this.settings = settings;
    this.random = random;
    this.objective = makeObjective(settings.objective, training.labels, settings.truncation);
    this.map = fitBins(training.columns, categorical, random, settings);
    this.binned = encodeBins(this.map, training.columns);
    this.grower = new TreeGrower(this.map, this.binned, settings);
    this.scores = new Float64Array(rows).fill(this.objective.baseScore);
    this.gradients = new Float32Array(2 * rows);
    this.bag = Int32Array.from({ length: rows }, (_, row) => row);
    this.metrics = metricsOf(settings.objective, settings.ndcgRanks);
    if (validation !== undefined && validation.labels.values.length > 0) {
      const scores = new Float64Array(validation.labels.values.length).fill(this.objective.baseScore);
      this.held = { binned: encodeBins(this.map, validation.columns), scores, labels: validation.labels };
    }
  }

  /** Rounds done so far. */
  get round(): number {
    return this.trees.length;
  }

  /** True once all rounds are done, patience ran out, or no split is worth anything. */
  get done(): boolean {
    return this.stopped || this.trees.length >= this.settings.rounds;
  }

  /** Grows one tree; returns the metrics of the validation rows. Throws RangeError where the numbers blow up. */
  advance(): RoundMetrics {
    const { learningRate, learningRateStep, learningRateFloor } = this.settings;
    const rate = Math.max(learningRateFloor, learningRate - this.round * learningRateStep);
    this.objective.gradientsInto(this.gradients, this.scores);
    this.checkFinite();
    const bagged = this.drawBag();
    const tree = this.grower.grow(this.gradients, this.bag, this.drawFeatures(), rate);
    if (tree.feature.length === 0) {
      this.stopped = true;
      return this.measure();
    }
    this.trees.push(tree);
    if (bagged) addTreeInto(this.scores, tree, this.binned);
    else this.grower.addBagInto(this.scores, tree);
    if (this.held !== undefined) addTreeInto(this.held.scores, tree, this.held.binned);
    const metrics = this.measure();
    this.judge(metrics);
    return metrics;
  }

  /** The forest up to the best round, or all of it where nothing was validated or patience is off. */
  finish(): { forest: Forest; bestRound: number } {
    const bestRound = this.settings.patience > 0 && this.bestRound > 0 ? this.bestRound : this.trees.length;
    return { forest: buildForest(this.trees.slice(0, bestRound), this.map, this.objective.baseScore), bestRound };
  }

  private checkFinite(): void {
    let sum = 0;
    for (let i = 0; i < this.gradients.length; i++) sum += this.gradients[i];
    if (Number.isFinite(sum)) return;
    throw new RangeError(
      `Training diverged in round ${this.round + 1}: the gradients add up to ${sum}. ` +
        `Lower the learning rate (${this.settings.learningRate}) or check labels and weights.`,
    );
  }

  /** Draws the rows of this round; true where some are left out. */
  private drawBag(): boolean {
    const { bagFraction, bagEvery } = this.settings;
    const rows = this.binned.rows;
    if (bagFraction >= 1) return false;
    if (this.round % bagEvery !== 0) return true;
    const count = Math.max(1, Math.floor(rows * bagFraction));
    const bag = new Int32Array(count);
    let taken = 0;
    for (let row = 0; taken < count; row++) {
      if ((rows - row) * this.random.next() < count - taken) bag[taken++] = row;
    }
    this.bag = bag;
    return true;
  }

  private drawFeatures(): Uint8Array {
    const features = this.binned.features;
    const used = new Uint8Array(features);
    const count = Math.max(1, Math.round(features * this.settings.featureFraction));
    if (count >= features) return used.fill(1);
    for (let taken = 0, feature = 0; taken < count; feature++) {
      if ((features - feature) * this.random.next() >= count - taken) continue;
      used[feature] = 1;
      taken++;
    }
    return used;
  }

  private measure(): RoundMetrics {
    const held = this.held;
    if (held === undefined) return {};
    return Object.fromEntries(this.metrics.map((metric) => [metric.name, metric.measure(held.scores, held.labels)]));
  }

  private judge(metrics: RoundMetrics): void {
    const first = this.metrics[0];
    const value = metrics[first.name];
    if (value === undefined) return;
    const better = first.higherIsBetter ? value > this.bestValue : value < this.bestValue;
    if (better || this.bestRound === 0) {
      this.bestRound = this.round;
      this.bestValue = value;
    } else if (this.settings.patience > 0 && this.round - this.bestRound >= this.settings.patience) {
      this.stopped = true;
    }
  }
}

/**
 * Trains to the end.
 * @param onRound called after each round, rounds counted from 1; what it throws ends training and passes through
 */
export function trainForest(
  training: LabelledRows,
  categorical: Uint8Array,
  settings: BoostingSettings,
  random: Random,
  held: { validation?: LabelledRows; onRound?: (round: number, metrics: RoundMetrics) => void } = {},
): { forest: Forest; bestRound: number } {
  const boosting = new Boosting(training, categorical, settings, random, held.validation);
  while (!boosting.done) {
    const metrics = boosting.advance();
    held.onRound?.(boosting.round, metrics);
  }
  return boosting.finish();
}
