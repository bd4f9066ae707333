// Histograms of both children of a split, 100,000 rows × 28 features, one row in five on the left: the smaller child
// built and taken from its parent, against both children built.
import { encodeBins, fitBins } from '../../../shared/kernels/gbdt/bins.ts';
import { histogramInto, STATISTICS, subtractHistogram } from '../../../shared/kernels/gbdt/histogram.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const rows = 100_000;
const left = rows / 5;
const features = 28;
const random = new Xoshiro(1, 'bench');
const columns = Array.from({ length: features }, () => Float32Array.from({ length: rows }, () => random.normal()));
const map = fitBins(columns, new Uint8Array(features), random);
const binned = encodeBins(map, columns);
const gradients = Float32Array.from({ length: 2 * rows }, () => random.next());
// Rows of the left child first, both in ascending order, as the tree keeps them.
const parted = Int32Array.from({ length: rows }, (_, at) =>
  at < left ? 5 * at : at - left + 1 + Math.floor((at - left) / 4),
);
const parent = new Float64Array(STATISTICS * map.start[features]);
histogramInto(parent, binned, gradients, parted, 0, rows);
const small = new Float64Array(parent.length);
const large = new Float64Array(parent.length);

export const bench = {
  name: 'histograms of two siblings, 100,000 × 28',
  baseline(): void {
    small.fill(0);
    large.fill(0);
    histogramInto(small, binned, gradients, parted, 0, left);
    histogramInto(large, binned, gradients, parted, left, rows);
  },
  candidate(): void {
    small.fill(0);
    large.set(parent);
    histogramInto(small, binned, gradients, parted, 0, left);
    subtractHistogram(large, small);
  },
};
