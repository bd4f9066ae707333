// 95 % intervals of ten metrics over 2,000 users, 50 resamples: columns resampled together in typed arrays, against
// one pass of arrays of objects per metric, as it is usually written.
import { bootstrapIntervals, userSums } from '../../../shared/kernels/bootstrap.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';

const users = 2_000;
const resamples = 50;
const random = new Xoshiro(1, 'bench');
const columns = Array.from({ length: 10 }, () => Float64Array.from({ length: users }, () => random.next()));
const records = Array.from({ length: users }, (_, user) => ({ user, values: columns.map((column) => column[user]) }));

function naive(): void {
  for (let metric = 0; metric < columns.length; metric++) {
    const draws = new Xoshiro(2, `metric ${metric}`);
    const means: number[] = [];
    for (let b = 0; b < resamples; b++) {
      const sample = Array.from({ length: users }, () => records[draws.integer(users)]);
      means.push(sample.reduce((sum, one) => sum + one.values[metric], 0) / users);
    }
    means.sort((a, b) => a - b);
  }
}

export const bench = {
  name: 'bootstrap, 10 metrics × 2,000 users × 50',
  baseline: naive,
  candidate(): void {
    bootstrapIntervals(userSums(columns), resamples, 0.95, new Xoshiro(2));
  },
};
