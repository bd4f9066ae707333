// Recall, precision, MRR, MAP and NDCG at 10 for 20,000 users: typed arrays and a shared grade table, against a set
// and fresh arrays per user and metric, as it is usually written.
import { Xoshiro } from '../../../shared/kernels/random.ts';
import {
  averagePrecisionAt,
  gainsAlongInto,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
} from '../../../shared/kernels/ranking-metrics.ts';

const users = 20_000;
const items = 5_000;
const k = 10;
const random = new Xoshiro(1, 'bench');
const lists = Int32Array.from({ length: users * k }, () => random.integer(items));
const relevant = Int32Array.from({ length: users * 20 }, () => random.integer(items));

const metrics: readonly ((list: number[], wanted: Set<number>) => number)[] = [
  (list, wanted) => list.filter((item) => wanted.has(item)).length / wanted.size,
  (list, wanted) => list.filter((item) => wanted.has(item)).length / k,
  (list, wanted) => 1 / (list.findIndex((item) => wanted.has(item)) + 1 || Infinity),
  (list, wanted) =>
    list.reduce(
      (sum, item, r) =>
        sum + (wanted.has(item) ? list.slice(0, r + 1).filter((one) => wanted.has(one)).length / (r + 1) : 0),
      0,
    ) / Math.min(wanted.size, k),
  (list, wanted) =>
    list.reduce((sum, item, r) => sum + (wanted.has(item) ? 1 / Math.log2(r + 2) : 0), 0) /
    Array.from({ length: Math.min(wanted.size, k) }, (_, r) => 1 / Math.log2(r + 2)).reduce((a, b) => a + b, 0),
];

let sink = 0;

function naive(): void {
  for (const metric of metrics) {
    for (let user = 0; user < users; user++) {
      sink += metric(
        [...lists.subarray(user * k, (user + 1) * k)],
        new Set(relevant.subarray(user * 20, (user + 1) * 20)),
      );
    }
  }
}

function typed(): void {
  const grades = new Float64Array(items);
  const gains = new Float64Array(k);
  for (let user = 0; user < users; user++) {
    let count = 0;
    for (let at = user * 20; at < (user + 1) * 20; at++) {
      if (grades[relevant[at]] === 0) count++;
      grades[relevant[at]] = 1;
    }
    gainsAlongInto(gains, lists, user * k, (user + 1) * k, grades);
    for (let at = user * 20; at < (user + 1) * 20; at++) grades[relevant[at]] = 0;
    sink += recallAt(gains, k, count, k) + precisionAt(gains, k, count, k) + reciprocalRankAt(gains, k, count, k);
    sink += averagePrecisionAt(gains, k, count, k) + ndcgAt(gains, k, count, k);
  }
}

export const bench = {
  name: 'five metrics at 10, 20,000 users',
  baseline: naive,
  candidate: typed,
  /** Keeps the work from being optimised away. */
  result: (): number => sink,
};
