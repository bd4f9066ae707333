// Gradient histograms of 100,000 rows × 28 features: row by row over numbered bins, two rows at a time, against one
// pass per feature over a table of objects, as the formula is usually written.
import { encodeBins, fitBins } from '../../../shared/kernels/gbdt/bins.ts';
import { histogramInto, STATISTICS } from '../../../shared/kernels/gbdt/histogram.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const rows = 100_000;
const features = 28;
const random = new Xoshiro(1, 'bench');
const columns = Array.from({ length: features }, () => Float32Array.from({ length: rows }, () => random.normal()));
const map = fitBins(columns, new Uint8Array(features), random);
const binned = encodeBins(map, columns);
const gradients = Float32Array.from({ length: 2 * rows }, () => random.next());
const all = Int32Array.from({ length: rows }, (_, row) => row);
const out = new Float64Array(STATISTICS * map.start[features]);

interface Sums {
  gradient: number;
  hessian: number;
  rows: number;
}

function naive(): Map<number, Sums>[] {
  return columns.map((_, feature) => {
    const sums = new Map<number, Sums>();
    for (let row = 0; row < rows; row++) {
      const bin = binned.codes[row * features + feature];
      const before = sums.get(bin) ?? { gradient: 0, hessian: 0, rows: 0 };
      sums.set(bin, {
        gradient: before.gradient + gradients[2 * row],
        hessian: before.hessian + gradients[2 * row + 1],
        rows: before.rows + 1,
      });
    }
    return sums;
  });
}

export const bench = {
  name: 'gradient histogram, 100,000 × 28',
  baseline(): void {
    naive();
  },
  candidate(): void {
    out.fill(0);
    histogramInto(out, binned, gradients, all, 0, rows);
  },
};
