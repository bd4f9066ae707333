import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { realData } from '../../../test/support/real-data.ts';
import { Xoshiro } from '../random.ts';
import { defaultBoostingSettings, trainForest } from './boosting.ts';
import type { LabelledRows } from './boosting.ts';
import { predictInto } from './predict.ts';
import { gradedNdcg } from './validation-metrics.ts';

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

/** Tab-separated, label first. */
function readTable(path: string): LabelledRows {
  const rows = linesOf(path).map((line) => line.split('\t').map(Number));
  const columns = Array.from({ length: rows[0].length - 1 }, (_, f) => Float64Array.from(rows, (row) => row[f + 1]));
  return { columns, labels: { values: Float64Array.from(rows, (row) => row[0]) } };
}

/** LibSVM with the rows of each query in a second file. */
function readQueries(path: string): LabelledRows {
  const lines = linesOf(path);
  const columns = Array.from({ length: 301 }, () => new Float64Array(lines.length));
  const values = Float64Array.from(lines, (line) => Number(line.split(' ')[0]));
  lines.forEach((line, row) => {
    for (const [, feature, value] of line.matchAll(/(\d+):(\S+)/g)) columns[Number(feature)][row] = Number(value);
  });
  const queryStart = Int32Array.of(0, ...linesOf(`${path}.query`).map(Number));
  for (let query = 1; query < queryStart.length; query++) queryStart[query] += queryStart[query - 1];
  return { columns, labels: { values, queryStart } };
}

const binary = realData('lightgbm-binary');
const ranking = realData('lightgbm-lambdarank');

it.skipIf(binary === undefined)("splits LightGBM's own example as LightGBM does (not run without the data)", () => {
  const { forest } = trainForest(
    readTable(`${binary}/binary.train`),
    new Uint8Array(28),
    { ...defaultBoostingSettings, rounds: 1 },
    new Xoshiro(1),
  );
  // LightGBM 4.7 with its defaults; more in test/golden/lightgbm-parity.test.ts.
  expect(forest.feature[0]).toBe(25);
  expect(forest.threshold[0]).toBe(1.0675000000000001);
  expect(forest.gain[0]).toBeCloseTo(333.201, 2);
});

it.skipIf(ranking === undefined)("ranks LightGBM's own example as LightGBM does (not run without the data)", () => {
  const training = readQueries(`${ranking}/rank.train`);
  const { forest } = trainForest(
    training,
    new Uint8Array(301),
    { ...defaultBoostingSettings, objective: 'lambdarank', rounds: 10 },
    new Xoshiro(1),
  );
  const ndcg = (trees: number): number[] => {
    const scores = new Float64Array(training.labels.values.length);
    predictInto(scores, forest, training.columns, trees);
    return [1, 3, 10].map((k) => gradedNdcg(scores, training.labels, k));
  };
  // NDCG of the training queries with LightGBM 4.7 and its defaults, after 1, 5 and 10 trees.
  ndcg(1).forEach((value, at) => expect(value).toBeCloseTo([0.73253, 0.73004, 0.81841][at], 4));
  ndcg(5).forEach((value, at) => expect(value).toBeCloseTo([0.91988, 0.89203, 0.90952][at], 4));
  ndcg(10).forEach((value, at) => expect(value).toBeCloseTo([0.94873, 0.9429, 0.93867][at], 4));
});

it.skipIf(ranking === undefined)("passes the bars of LightGBM's own LambdaMART test (not run without the data)", () => {
  const protocol = { rounds: 50, learningRateStep: 0.01, learningRateFloor: 0.01, patience: 10, ndcgRanks: [3, 1] };
  const measured: Readonly<Record<string, number>>[] = [];
  const { bestRound } = trainForest(
    readQueries(`${ranking}/rank.train`),
    new Uint8Array(301),
    { ...defaultBoostingSettings, objective: 'lambdarank', ...protocol },
    new Xoshiro(1),
    { validation: readQueries(`${ranking}/rank.test`), onRound: (_, metrics) => void measured.push(metrics) },
  );
  expect(measured[bestRound - 1]['ndcg@1']).toBeGreaterThan(0.5674);
  expect(measured[bestRound - 1]['ndcg@3']).toBeGreaterThan(0.578);
});
