import { clusterSums } from '#shared/kernels/off-policy/resampling.ts';
import { supportOf } from '#shared/kernels/off-policy/support.ts';
import type { LoggedRows } from './logged-rows.ts';

/** What keeps a log from speaking for a policy, and what would help. */
export interface SupportFault {
  readonly what: string;
  readonly remedy: string;
}

/**
 * With full support weights average 1. They average less where the policy shows what the log never shows (or so rarely that it is not in
 * the log): then every weighted estimate is too low. Null where nothing speaks against an estimate.
 */
export function supportFault(
  rows: LoggedRows,
  evaluated: Float64Array,
  logged: Float64Array,
  leastRows: number,
): SupportFault | null {
  const support = supportOf(evaluated, logged);
  if (support.effectiveRows < leastRows) {
    return {
      what: `the log is worth ${Math.floor(support.effectiveRows)} rows for this policy (largest weight ${support.largestWeight.toPrecision(3)}), less than ${leastRows}`,
      remedy: 'log more exploration, judge a policy closer to the logged one, or lower the least effective rows',
    };
  }
  const weights = evaluated.map((probability, row) => probability / logged[row]);
  const sums = clusterSums(weights, rows.cluster, rows.clusters);
  const counts = clusterSums(new Float64Array(rows.rows).fill(1), rows.cluster, rows.clusters);
  let squares = 0;
  for (let c = 0; c < rows.clusters; c++) squares += (sums[c] - support.meanWeight * counts[c]) ** 2;
  const error = Math.sqrt(squares) / rows.rows;
  if (Math.abs(support.meanWeight - 1) <= Math.max(0.02, 5 * error)) return null;
  const because =
    support.meanWeight < 1
      ? 'the policy shows what the log never shows at its place'
      : 'the logged propensities are too small';
  return {
    what: `support fails: weights average ${support.meanWeight.toFixed(3)} instead of 1, so ${because}`,
    remedy:
      'judge a policy that re-orders what the log explored, deepen the exploration pool of the log, or check its propensities',
  };
}
