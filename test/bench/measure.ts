/** Two ways to do the same work, to be measured side by side in one process. */
export interface Bench {
  readonly name: string;
  baseline(): void | Promise<void>;
  candidate(): void | Promise<void>;
}

/** What was measured: the best of several rounds, in milliseconds, and how many times faster the candidate is. */
export interface Measured {
  readonly name: string;
  readonly baselineMillis: number;
  readonly candidateMillis: number;
  readonly ratio: number;
}

async function once(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Runs both in turns, so that a busy machine slows both, and takes the best of each. Rounds stop after `budgetMillis`
 * or ten rounds; both run once before, unmeasured.
 */
export async function measure(bench: Bench, budgetMillis = 4_000): Promise<Measured> {
  await bench.baseline();
  await bench.candidate();
  let baseline = Infinity;
  let candidate = Infinity;
  const start = performance.now();
  for (let round = 0; round < 10 && (round === 0 || performance.now() - start < budgetMillis); round++) {
    baseline = Math.min(baseline, await once(() => bench.baseline()));
    candidate = Math.min(candidate, await once(() => bench.candidate()));
  }
  return { name: bench.name, baselineMillis: baseline, candidateMillis: candidate, ratio: baseline / candidate };
}
