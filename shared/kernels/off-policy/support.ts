/** How far a log can speak for another policy. */
export interface Support {
  readonly rows: number;
  /** (Σw)² / Σw²: how many rows of one's own the log is worth. */
  readonly effectiveRows: number;
  readonly largestWeight: number;
  readonly meanWeight: number;
  /** Rows whose propensity is missing, not a number, zero, negative or above 1. */
  readonly badPropensities: number;
  /** Rows that the evaluated policy would never have shown; they carry weight 0. */
  readonly unusedRows: number;
}

/** Diagnostics of a log for a policy. `logged` and `evaluated` are probabilities of what was shown. */
export function supportOf(evaluated: Float64Array, logged: Float64Array): Support {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  let bad = 0;
  let unused = 0;
  for (let i = 0; i < logged.length; i++) {
    if (!(logged[i] > 0 && logged[i] <= 1)) {
      bad++;
      continue;
    }
    const weight = evaluated[i] / logged[i];
    if (weight === 0) unused++;
    sum += weight;
    squares += weight * weight;
    if (weight > largest) largest = weight;
  }
  const good = logged.length - bad;
  return {
    rows: logged.length,
    effectiveRows: squares === 0 ? 0 : (sum * sum) / squares,
    largestWeight: largest,
    meanWeight: good === 0 ? 0 : sum / good,
    badPropensities: bad,
    unusedRows: unused,
  };
}
