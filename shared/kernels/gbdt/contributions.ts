import type { Forest } from './forest.ts';
import { nextNode } from './predict.ts';

/**
 * Mean of the leaves below every node, weighted by their training rows: where a prediction stands on its way down.
 * Children come after their parents, so one pass from the back fills it.
 */
export function expectedValues(forest: Forest): Float64Array {
  const expected = new Float64Array(forest.feature.length);
  for (let tree = forest.nodeStart.length - 2; tree >= 0; tree--) {
    const nodes = forest.nodeStart[tree];
    const leaves = forest.leafStart[tree];
    for (let n = forest.nodeStart[tree + 1] - 1; n >= nodes; n--) {
      let sum = 0;
      for (const child of [forest.left[n], forest.right[n]]) {
        if (child < 0) sum += forest.leafRows[leaves - 1 - child] * forest.leafValue[leaves - 1 - child];
        else sum += forest.nodeRows[nodes + child] * expected[nodes + child];
      }
      expected[n] = sum / forest.nodeRows[n];
    }
  }
  return expected;
}

/**
 * Why one row scores what it scores: each step down a tree credits the change of the expected value to the feature
 * asked there (Saabas 2014). The entries of `out` add up to the raw score.
 * @param out one number per feature, and the expected score last; overwritten
 * @param expected from `expectedValues`
 * @param values the features of the row
 */
export function contributionsInto(
  out: Float64Array,
  forest: Forest,
  expected: Float64Array,
  values: Float64Array,
): void {
  out.fill(0);
  out[forest.features] = forest.baseScore;
  for (let tree = 0; tree + 1 < forest.nodeStart.length; tree++) {
    const nodes = forest.nodeStart[tree];
    const leaves = forest.leafStart[tree];
    if (forest.nodeStart[tree + 1] === nodes) {
      out[forest.features] += forest.leafValue[leaves];
      continue;
    }
    out[forest.features] += expected[nodes];
    for (let node = 0; node >= 0;) {
      const feature = forest.feature[nodes + node];
      const next = nextNode(forest, nodes + node, values[feature]);
      const after = next < 0 ? forest.leafValue[leaves - 1 - next] : expected[nodes + next];
      out[feature] += after - expected[nodes + node];
      node = next;
    }
  }
}
