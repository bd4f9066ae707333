import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { realData } from '../../../test/support/real-data.ts';
import { auc } from '../auc.ts';
import { Xoshiro } from '../random.ts';
import { defaultBoostingSettings, trainForest } from './boosting.ts';
import type { LabelledRows } from './boosting.ts';
import { predictInto } from './predict.ts';

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

it.skipIf(binary === undefined)(
  "reaches LightGBM's AUC on its own example, within .004 (not run without the data)",
  () => {
    const test = readTable(`${binary}/binary.test`);
    const { forest } = trainForest(
      readTable(`${binary}/binary.train`),
      new Uint8Array(28),
      defaultBoostingSettings,
      new Xoshiro(1),
    );
    const scores = new Float64Array(test.labels.values.length);
    predictInto(scores, forest, test.columns);
    // LightGBM 4.7 with its defaults: .83209; and the same first split.
    expect(auc(scores, test.labels.values)).toBeGreaterThan(0.83209 - 0.004);
    expect(forest.feature[0]).toBe(25);
    expect(forest.threshold[0]).toBeCloseTo(1.0675, 12);
    expect(forest.gain[0]).toBeCloseTo(333.201, 2);
  },
);

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
