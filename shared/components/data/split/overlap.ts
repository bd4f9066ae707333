import type { Plot } from '#shared/contract/values.ts';

/** How far training reaches into the time of the test. */
export interface Overlap {
  /** Share of the training rows that are later than the first held-out row. */
  readonly share: number;
  readonly lastTrain: number;
  readonly firstTest: number;
}

/** Compares the times of train and test (validation where there is no test); null where there are no times or no such rows. */
export function overlapOf(time: Float64Array, parts: Uint8Array): Overlap | null {
  const asked = parts.includes(2) ? 2 : 1;
  let firstTest = Infinity;
  for (let r = 0; r < parts.length; r++) if (parts[r] === asked && time[r] < firstTest) firstTest = time[r];
  let lastTrain = -Infinity;
  let later = 0;
  let train = 0;
  for (let r = 0; r < parts.length; r++) {
    if (parts[r] !== 0 || Number.isNaN(time[r])) continue;
    train++;
    if (time[r] > lastTrain) lastTrain = time[r];
    if (time[r] > firstTest) later++;
  }
  if (firstTest === Infinity || train === 0) return null;
  return { share: later / train, lastTrain, firstTest };
}

const bins = 60;
const partNames = ['train', 'validation', 'test'];

/** Rows per part over time; null where there is no span of time. */
export function timelineOf(time: Float64Array, parts: Uint8Array): Plot | null {
  let start = Infinity;
  let end = -Infinity;
  for (let r = 0; r < time.length; r++) {
    if (time[r] < start) start = time[r];
    if (time[r] > end) end = time[r];
  }
  if (!(end > start)) return null;
  const counts = partNames.map(() => new Array<number>(bins).fill(0));
  for (let r = 0; r < time.length; r++) {
    if (Number.isNaN(time[r])) continue;
    counts[parts[r]][Math.min(bins - 1, Math.floor(((time[r] - start) / (end - start)) * bins))]++;
  }
  const days = Array.from(
    { length: bins },
    (_, bin) => Math.round((((bin + 0.5) * (end - start)) / bins / 86_400) * 100) / 100,
  );
  return {
    id: 'timeline',
    title: 'Rows over time, by part',
    x: 'days since the first row',
    y: 'rows',
    mark: 'area',
    series: partNames
      .map((name, part) => ({ name, x: days, y: counts[part] }))
      .filter(({ y }) => y.some((count) => count > 0)),
  };
}
