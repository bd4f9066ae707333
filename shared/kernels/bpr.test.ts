import { describe, expect, it } from 'vitest';
import { cellRows, startBpr, trainBpr, type BprModel, type BprOptions, type BprProgress } from './bpr.ts';
import { Xoshiro } from './random.ts';
import { buildRows, hasCell, type SparseRows } from './sparse.ts';

const options: BprOptions = { factors: 5, learningRate: 0.1, regularisation: 0.03, popularityShare: 0 };
const nothing = (): BprProgress => ({ trained: 0, skipped: 0, ordered: 0, loss: 0 });

/** Two groups of users and items that do not mix; every user lacks one item of the own group. */
function twoGroups(): SparseRows {
  const rowOf: number[] = [];
  const columnOf: number[] = [];
  for (let u = 0; u < 20; u++) {
    for (let i = 0; i < 20; i++) {
      if (u % 2 !== i % 2 || i >> 1 === u >> 1) continue;
      rowOf.push(u);
      columnOf.push(i);
    }
  }
  return buildRows({ rows: 20, cols: 20 }, Int32Array.from(rowOf), Int32Array.from(columnOf));
}

function score(model: BprModel, user: number, item: number): number {
  let sum = model.biases[item];
  for (let k = 0; k < model.factors; k++)
    sum += model.users[user * model.factors + k] * model.items[item * model.factors + k];
  return sum;
}

describe('BPR', () => {
  it('takes the step of its formula on a triple that can only be one', () => {
    // One event of user 0 on item 1; the only possible negative is item 0.
    const users = buildRows({ rows: 1, cols: 2 }, Int32Array.of(0), Int32Array.of(1));
    const model = startBpr({ users: 1, items: 2 }, 5, new Xoshiro(3, 'start'));
    model.biases.set([0.2, -0.1]);
    const before = { users: model.users.slice(), items: model.items.slice(), biases: model.biases.slice() };
    const margin = score(model, 0, 1) - score(model, 0, 0);
    const progress = nothing();
    const random = new Xoshiro(1, 'draws');
    while (progress.trained === 0) trainBpr(model, users, cellRows(users), options, random, 1, progress);

    const z = 1 / (1 + Math.exp(margin));
    const { learningRate: rate, regularisation: reg } = options;
    expect(progress.loss).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-margin))), 6);
    expect(progress.ordered).toBe(margin > 0 ? 1 : 0);
    expect(model.biases[1]).toBeCloseTo(before.biases[1] + rate * (z - reg * before.biases[1]), 6);
    expect(model.biases[0]).toBeCloseTo(before.biases[0] + rate * (-z - reg * before.biases[0]), 6);
    for (let k = 0; k < 5; k++) {
      const [u, i, j] = [before.users[k], before.items[5 + k], before.items[k]];
      expect(model.users[k]).toBeCloseTo(u + rate * (z * (i - j) - reg * u), 6);
      expect(model.items[5 + k]).toBeCloseTo(i + rate * (z * u - reg * i), 6);
      expect(model.items[k]).toBeCloseTo(j + rate * (-z * u - reg * j), 6);
    }
  });

  it.each([0, 0.5])(
    'puts what a user lacks of the own group above the other group; share of popular negatives %f',
    (popularityShare) => {
      const users = twoGroups();
      const model = startBpr({ users: 20, items: 20 }, 5, new Xoshiro(1, 'start'));
      const progress = nothing();
      trainBpr(
        model,
        users,
        cellRows(users),
        { ...options, popularityShare },
        new Xoshiro(1, 'draws'),
        60_000,
        progress,
      );
      for (let u = 0; u < 20; u++) {
        const missing = (u >> 1) * 2 + (u % 2);
        expect(hasCell(users, u, missing)).toBe(false);
        for (let i = 0; i < 20; i++)
          if (i % 2 !== u % 2) expect(score(model, u, missing)).toBeGreaterThan(score(model, u, i));
      }
      expect(progress.trained + progress.skipped).toBe(60_000);
      expect(progress.ordered / progress.trained).toBeGreaterThan(0.9);
    },
  );

  it('repeats itself for one seed and differs for another', () => {
    const train = (seed: number): Float32Array => {
      const users = twoGroups();
      const model = startBpr({ users: 20, items: 20 }, 5, new Xoshiro(seed, 'start'));
      trainBpr(model, users, cellRows(users), options, new Xoshiro(seed, 'draws'), 500, nothing());
      return model.items;
    };
    expect(train(1)).toEqual(train(1));
    expect(train(1)).not.toEqual(train(2));
  });
});
