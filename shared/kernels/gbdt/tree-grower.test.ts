import { expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { encodeBins, fitBins } from './bins.ts';
import { defaultSplitSettings } from './split.ts';
import { TreeGrower } from './tree-grower.ts';

const rows = 400;
const random = new Xoshiro(1, 'grower');
const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, () => random.normal()));
const map = fitBins(columns, new Uint8Array(3), random);
const binned = encodeBins(map, columns);
const bag = Int32Array.from({ length: rows }, (_, row) => row);
const settings = { ...defaultSplitSettings, minimumRowsInLeaf: 5, leaves: 20, depth: 0 };
const features = new Uint8Array(3).fill(1);

/** Gradients with hessian 1. */
function gradientsOf(gradient: (row: number) => number): Float32Array {
  return Float32Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? gradient(at >>> 1) : 1));
}

it('grows the same tree whatever grew before: a smaller tree leaves its buffers in order', () => {
  const step = gradientsOf((row) => Math.sign(columns[0][row]));
  const wavy = gradientsOf((row) => Math.sin(3 * columns[0][row]) + columns[1][row] * columns[2][row]);
  const used = new TreeGrower(map, binned, { ...settings, minimumGain: 1 });
  // Two leaves are all that a step is worth: the next tree has more, and must not share the root's histogram.
  expect(used.grow(step, bag, features, 1).leafValue).toHaveLength(2);
  const fresh = new TreeGrower(map, binned, { ...settings, minimumGain: 1 });
  const tree = fresh.grow(wavy, bag, features, 1);
  expect(tree.leafValue.length).toBeGreaterThan(10);
  expect(used.grow(wavy, bag, features, 1)).toEqual(tree);
});
