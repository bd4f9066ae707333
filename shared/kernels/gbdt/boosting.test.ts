import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { Boosting, defaultBoostingSettings, trainForest } from './boosting.ts';
import type { LabelledRows } from './boosting.ts';
import { featureImportance } from './forest.ts';
import type { Forest } from './forest.ts';
import { predictInto } from './predict.ts';

const settings = {
  ...defaultBoostingSettings,
  objective: 'regression',
  rounds: 20,
  minimumRowsInLeaf: 5,
  categoryRows: 5,
} as const;
const categorical = Uint8Array.of(0, 0, 1);

/** Labels from two numeric columns, one of them with holes that matter, and a category of ten levels; one column of noise. */
function world(rows: number, seed: number): LabelledRows {
  const random = new Xoshiro(seed, 'world');
  const level = Int32Array.from({ length: rows }, () => random.integer(10));
  const first = Float64Array.from({ length: rows }, () => random.normal());
  const second = Float64Array.from({ length: rows }, () => (random.next() < 0.2 ? NaN : random.next()));
  const values = first.map(
    (x, row) => Math.sign(x) + (Number.isNaN(second[row]) ? 2 : second[row]) + ([1, 4, 7].includes(level[row]) ? 3 : 0),
  );
  return { columns: [first, second, level], labels: { values } };
}

function predict(forest: Forest, rows: LabelledRows): Float64Array {
  const out = new Float64Array(rows.labels.values.length);
  predictInto(out, forest, rows.columns);
  return out;
}

function squaredError(scores: Float64Array, { labels }: LabelledRows): number {
  return scores.reduce((sum, score, row) => sum + (score - labels.values[row]) ** 2, 0) / scores.length;
}

describe('boosting', () => {
  it('learns steps, missing values and categories', () => {
    const { forest } = trainForest(world(3000, 1), categorical, { ...settings, rounds: 80 }, new Xoshiro(1));
    expect(squaredError(predict(forest, world(1000, 2)), world(1000, 2))).toBeLessThan(0.02);
  });

  it('grows one tree as worked out by hand', () => {
    const rows = {
      columns: [Float64Array.of(1, 1, 1, 2, 2, 2)],
      labels: { values: Float64Array.of(0, 0, 0, 6, 6, 9) },
    };
    const one = { ...settings, rounds: 1, learningRate: 0.5, minimumRowsInLeaf: 1, leaves: 2 };
    const { forest } = trainForest(rows, Uint8Array.of(0), one, new Xoshiro(1));
    // Mean 3.5; leaves 0.5 * (0 - 3.5) and 0.5 * (7 - 3.5).
    expect(forest.baseScore).toBe(3.5);
    expect([...forest.leafValue]).toEqual([expect.closeTo(-1.75, 9), expect.closeTo(1.75, 9)]);
    expect([...predict(forest, rows)]).toEqual([1.75, 1.75, 1.75, 5.25, 5.25, 5.25].map((x) => expect.closeTo(x, 9)));
  });

  it('never raises the training loss of the squared error', () => {
    const training = world(800, 3);
    const { forest } = trainForest(training, categorical, settings, new Xoshiro(1));
    const out = new Float64Array(800);
    let before = Infinity;
    for (let trees = 0; trees <= 20; trees++) {
      predictInto(out, forest, training.columns, trees);
      const loss = squaredError(out, training);
      expect(loss).toBeLessThan(before);
      before = loss;
    }
  });

  it('scores held-out rows while training as the finished forest scores them', () => {
    const training = world(700, 4);
    const validation = world(300, 5);
    let last = NaN;
    const { forest } = trainForest(training, categorical, settings, new Xoshiro(1), {
      validation,
      onRound: (_, metrics) => void (last = metrics['rmse']),
    });
    expect(Math.sqrt(squaredError(predict(forest, validation), validation))).toBeCloseTo(last, 9);
  });

  it('respects leaves, depth and rows per leaf', () => {
    const { forest } = trainForest(
      world(2000, 6),
      categorical,
      { ...settings, leaves: 7, depth: 3, minimumRowsInLeaf: 40 },
      new Xoshiro(1),
    );
    for (let tree = 0; tree < 20; tree++) {
      expect(forest.leafStart[tree + 1] - forest.leafStart[tree]).toBeLessThanOrEqual(7);
      expect(forest.leafStart[tree + 1] - forest.leafStart[tree]).toBe(
        forest.nodeStart[tree + 1] - forest.nodeStart[tree] + 1,
      );
    }
    expect(Math.min(...forest.leafRows)).toBeGreaterThanOrEqual(40);
  });
});

describe('control of training', () => {
  it('stops when patience runs out and keeps the best round', () => {
    const noise = (seed: number): LabelledRows => {
      const random = new Xoshiro(seed);
      const values = Float64Array.from({ length: 200 }, () => random.normal());
      return { columns: [values.map(() => random.normal())], labels: { values } };
    };
    const rounds: number[] = [];
    const { forest, bestRound } = trainForest(
      noise(1),
      Uint8Array.of(0),
      { ...settings, rounds: 100, patience: 5 },
      new Xoshiro(1),
      {
        validation: noise(2),
        onRound: (round) => void rounds.push(round),
      },
    );
    expect(rounds.length).toBeLessThan(100);
    expect(bestRound).toBe(rounds.length - 5);
    expect(forest.nodeStart.length).toBe(bestRound + 1);
  });

  it('is ended by what the callback throws', () => {
    const end = (): never => {
      throw new Error('enough');
    };
    expect(() => trainForest(world(100, 1), categorical, settings, new Xoshiro(1), { onRound: end })).toThrow('enough');
  });

  it('stops with a reason where the numbers blow up', () => {
    const rows = world(200, 7);
    const wild = { ...rows, labels: { values: rows.labels.values.map((value) => value * 1e300) } };
    expect(() => trainForest(wild, categorical, settings, new Xoshiro(1))).toThrow(/diverged in round 1/);
  });

  it('is done where no split is worth anything, and when there is nothing to learn from says so', () => {
    const rows = { columns: [Float64Array.of(1, 1, 1)], labels: { values: Float64Array.of(1, 2, 3) } };
    const boosting = new Boosting(rows, Uint8Array.of(0), settings, new Xoshiro(1));
    boosting.advance();
    expect(boosting.done).toBe(true);
    expect([...predict(boosting.finish().forest, rows)]).toEqual([2, 2, 2]);
    expect(
      () =>
        new Boosting(
          { columns: [], labels: { values: new Float64Array(0) } },
          new Uint8Array(0),
          settings,
          new Xoshiro(1),
        ),
    ).toThrow(/Nothing to learn/);
  });

  it('lowers the learning rate round by round down to its floor', () => {
    const one = {
      ...settings,
      rounds: 3,
      leaves: 2,
      minimumRowsInLeaf: 1,
      learningRate: 0.3,
      learningRateStep: 0.2,
      learningRateFloor: 0.05,
    };
    const rows = {
      columns: [Float64Array.of(1, 1, 1, 2, 2, 2)],
      labels: { values: Float64Array.of(0, 0, 0, 8, 8, 8) },
    };
    const { forest } = trainForest(rows, Uint8Array.of(0), one, new Xoshiro(1));
    // Left to explain: 4, then 0.7 of it, then 0.9 of that; rates 0.3, 0.1, 0.05.
    expect([...forest.leafValue].filter((value) => value > 0)).toEqual(
      [1.2, 0.28, 0.126].map((value) => expect.closeTo(value, 6)),
    );
  });
});

describe('draws', () => {
  const drawn = { ...settings, bagFraction: 0.5, bagEvery: 2, featureFraction: 0.6 };
  it('repeat for one seed, differ for another, and still learn', () => {
    const train = (seed: number): Forest => trainForest(world(1500, 1), categorical, drawn, new Xoshiro(seed)).forest;
    expect(train(1)).toEqual(train(1));
    expect(train(1).leafValue).not.toEqual(train(2).leafValue);
    expect(train(1).nodeRows[0]).toBe(750);
    expect(squaredError(predict(train(1), world(500, 2)), world(500, 2))).toBeLessThan(1);
  });
});

describe('the forest', () => {
  const training = world(1200, 1);
  const { forest } = trainForest(training, categorical, settings, new Xoshiro(1));

  it('sends unknown levels and missing values somewhere, and refuses other features', () => {
    const odd = {
      columns: [Float64Array.of(NaN, 0.5), Float64Array.of(NaN, 0.5), Int32Array.of(99, -1)],
      labels: { values: new Float64Array(2) },
    };
    expect(predict(forest, odd).every(Number.isFinite)).toBe(true);
    expect(() => predictInto(new Float64Array(1), forest, [Float64Array.of(1)])).toThrow(/3 features and got 1/);
  });

  it('knows which features mattered', () => {
    const { gain, splits } = featureImportance(forest);
    expect(gain[2]).toBeGreaterThan(gain[1]);
    expect(splits.reduce((sum, n) => sum + n, 0)).toBe(forest.feature.length);
  });
});
