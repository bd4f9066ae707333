import { metricTitle } from '#shared/contract/metric.ts';
import { metricValue } from '#renderer/ui/format.ts';
import type { Judged } from './judge.ts';
import type { Swept } from './rows.ts';
import type { SweptValue } from './values.ts';

/** One axis of parallel coordinates: where each run lies on it, from 0 at the bottom to 1 at the top. */
export interface Axis {
  readonly id: string;
  readonly title: string;
  readonly metric: boolean;
  /** One per run, in their order; null where a run has no such value. */
  readonly at: readonly (number | null)[];
  /** The values themselves, as they are read. */
  readonly said: readonly string[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** What lies at a place on the axis, in words. */
  word(at: number): string;
}

/** A part of an axis that runs must lie on; both ends count. */
export type Brush = readonly [number, number];
export type Brushes = Readonly<Record<string, Brush>>;

/** Whether values are read better by factor than by size. */
export function byFactor(values: readonly number[]): boolean {
  return Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 12;
}

function paramAxis(swept: Swept, at: number, judged: readonly Judged[]): Axis {
  const { values } = swept;
  const set = judged.map(({ row }) => row.values[at]);
  const numbers = values.filter((value) => typeof value === 'number');
  const words = numbers.length < values.length || numbers.length < 2;
  const scaled = (value: number): number => (byFactor(numbers) ? Math.log(value) : value);
  const [low, high] = [scaled(Math.min(...numbers)), scaled(Math.max(...numbers))];
  const place = (value: SweptValue): number =>
    words
      ? values.length < 2
        ? 0.5
        : values.indexOf(value) / (values.length - 1)
      : (scaled(Number(value)) - low) / (high - low);
  const every = Math.ceil(values.length / 9);
  return {
    id: `${swept.node}.${swept.param}`,
    title: swept.title,
    metric: false,
    at: set.map(place),
    said: set.map(String),
    ticks: values.filter((_, one) => one % every === 0).map((value) => ({ at: place(value), label: String(value) })),
    word: (one) => String(values.toSorted((a, b) => Math.abs(place(a) - one) - Math.abs(place(b) - one))[0] ?? ''),
  };
}

function metricAxis(key: string, judged: readonly Judged[]): Axis | null {
  const values = judged.map(({ outcome }) => outcome.metrics[key]?.value ?? null);
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = high - low;
  const place = (value: number): number => (span === 0 ? 0.5 : (value - low) / span);
  const ticks = span === 0 ? [low] : [low, low + span / 4, low + span / 2, low + (3 * span) / 4, high];
  return {
    id: key,
    title: metricTitle(key.slice(key.indexOf(' ') + 1)),
    metric: true,
    at: values.map((value) => (value === null ? null : place(value))),
    said: values.map((value) => metricValue(value)),
    ticks: ticks.map((value) => ({ at: place(value), label: metricValue(value) })),
    word: (one) => metricValue(low + one * span),
  };
}

/** Beside the chosen metric these say most about what it costs. */
const besides = ['ndcg', 'recall', 'coverage', 'ild', 'novelty', 'auc', 'log-loss', 'gini'];
const mostBesides = 3;

/** The swept parameters, a few other metrics of the same node, and the chosen metric last. */
export function axesOf(swept: readonly Swept[], judged: readonly Judged[], key: string): readonly Axis[] {
  const node = key.slice(0, key.indexOf(' ') + 1);
  const others = [...new Set(judged.flatMap(({ outcome }) => Object.keys(outcome.metrics)))]
    .filter((one) => one !== key && one.startsWith(node))
    .map((one) => ({ one, rank: besides.indexOf(one.slice(node.length).split('@')[0]) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostBesides)
    .map(({ one }) => one);
  return [
    ...swept.map((one, at) => paramAxis(one, at, judged)),
    ...[...others, key].flatMap((one) => metricAxis(one, judged) ?? []),
  ];
}

/** Which runs lie within every brush. A run without a value on a brushed axis does not. */
export function passing(axes: readonly Axis[], brushes: Brushes, count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, run) =>
    axes.every((axis) => {
      const brush = brushes[axis.id];
      if (brush === undefined) return true;
      const at = axis.at[run];
      return at !== null && at >= brush[0] - 1e-9 && at <= brush[1] + 1e-9;
    }),
  );
}

/** A brush with one end moved; undefined where it then holds the whole axis. */
export function movedEnd(brush: Brush | undefined, end: 'low' | 'high', to: number): Brush | undefined {
  const [low, high] = brush ?? [0, 1];
  const at = Math.max(0, Math.min(1, Number(to.toFixed(6))));
  const next: Brush = end === 'low' ? [Math.min(at, high), high] : [low, Math.max(at, low)];
  return next[0] <= 0 && next[1] >= 1 ? undefined : next;
}
