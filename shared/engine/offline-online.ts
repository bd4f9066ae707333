import type { OfflineOnline, OfflineOnlinePoint, ShownList } from '#shared/contract/experiments.ts';
import type { RunResult } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import type { Plan, PlannedNode } from './plan.ts';

/** A finished run with the plan of the design that it ran. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly plan: Plan;
}

/** More lists than this give more pairs than anybody looks at; the newest count. */
const mostLists = 80;

/** A list, the world that it was shown in, and its content: equal keys, equal lists. */
interface PlacedList extends ShownList {
  readonly world: string;
  readonly key: string;
}

/**
 * Sets offline changes beside simulated online changes for all pairs of lists that were shown in one world. Runs come newest
 * first; a list that several runs showed counts once. Click-through rates are scaled to the control's, so that rates of simulators
 * with different controls say nothing about each other: they are different worlds.
 */
export function offlineAgainstOnline(runs: readonly FinishedRun[]): OfflineOnline {
  const placed = new Map<string, PlacedList>();
  for (const list of runs.flatMap(shownLists)) {
    const at = `${list.world} ${list.key}`;
    if (!placed.has(at) && placed.size < mostLists) placed.set(at, list);
  }
  const worlds = new Map<string, PlacedList[]>();
  for (const list of placed.values()) worlds.set(list.world, [...(worlds.get(list.world) ?? []), list]);
  const compared = [...worlds.values()].filter((lists) => lists.length > 1);
  const points = compared.flatMap(pairsOf);
  const known = compared.some((lists) => lists.length > 2);
  const offline = points.map((point) => point.offline);
  const online = points.map((point) => point.online.value);
  return {
    origin: 'simulated',
    lists: compared.flat().map(({ world: _world, key: _key, ...list }) => list),
    points,
    pearson: known ? correlationAboutZero(offline, online) : null,
    spearman: known ? correlationAboutZero(signedRanks(offline), signedRanks(online)) : null,
    n: points.length,
    worlds: compared.length,
  };
}

/**
 * The lists that the run's simulators showed. A/A tests and planted lifts are left out: there the list is not what makes the
 * difference; so are days after which lists were renewed: of several lists, none was what people saw.
 */
function shownLists({ result, plan }: FinishedRun): PlacedList[] {
  return plan.nodes.flatMap((node) => {
    const outcome = result.nodes[node.id];
    const wired = node.inputs['lists'] ?? [];
    if (node.spec.id !== 'user-simulator' || outcome === undefined || wired.length === 0) return [];
    const lifted = node.params['lift'];
    if ((node.inputs['renewed'] ?? []).length > 0) return [];
    if (node.params['sameForAll'] === true || (Array.isArray(lifted) && lifted.some((one) => one !== 0))) return [];
    const world = worldOf(node, result);
    const names = variantNames(node, wired.length);
    return wired.flatMap((source, v) => {
      const made = result.nodes[source.node];
      const seen = outcome.slices[`variant: ${names[v]}`];
      const offline = made?.metrics['ndcg@10'];
      const online = seen?.['ctr'];
      if (made === undefined || !isKnown(offline) || !isKnown(online)) return [];
      return [
        {
          run: result.run,
          node: source.node,
          title: made.title,
          offline,
          online,
          expected: seen['expected-ctr']?.value ?? null,
          world,
          key: `${made.key} ${source.port}`,
        },
      ];
    });
  });
}

/** What has to be equal for click-through rates to be comparable: control, taste model, everything about users and traffic, data and seed. */
function worldOf(node: PlannedNode, result: RunResult): string {
  const keyOf = (port: string): string => {
    const source = (node.inputs[port] ?? [])[0];
    return source === undefined ? '' : `${result.nodes[source.node]?.key} ${source.port}`;
  };
  // Names and shares change who sees which list, not how lists are received.
  const params = Object.entries(node.params).filter(([name]) => name !== 'names' && name !== 'shares');
  params.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([keyOf('lists'), keyOf('model'), result.data.fingerprint, result.seed, params]);
}

function variantNames(node: PlannedNode, count: number): string[] {
  const given = node.params['names'];
  return Array.from({ length: count }, (_, v) =>
    String((Array.isArray(given) ? given[v] : undefined) ?? String.fromCharCode(65 + (v % 26))),
  );
}

function isKnown(metric: MetricValue | undefined): metric is MetricValue {
  return metric !== undefined && metric.value !== null;
}

function pairsOf(lists: readonly PlacedList[]): OfflineOnlinePoint[] {
  return lists.flatMap((b, at) => lists.slice(at + 1).flatMap((a) => pairOf(a, b)));
}

/** From a to b; none where a was never clicked. */
function pairOf(a: PlacedList, b: PlacedList): OfflineOnlinePoint[] {
  const rate = { a: a.online.value ?? 0, b: b.online.value ?? 0 };
  if (rate.a <= 0) return [];
  const ratio = rate.b / rate.a;
  // Delta method for the ratio of two independent means: se(b/a)² = se_b² / a² + (b/a)² se_a² / a². Users that both lists share make it conservative.
  const deviation = Math.sqrt(
    (standardError(b.online) / rate.a) ** 2 + ((ratio * standardError(a.online)) / rate.a) ** 2,
  );
  const online = { value: ratio - 1, low: ratio - 1 - 1.959964 * deviation, high: ratio - 1 + 1.959964 * deviation };
  const offline = (b.offline.value ?? 0) - (a.offline.value ?? 0);
  const name = ({ run, node, title }: PlacedList): OfflineOnlinePoint['a'] => ({ run, node, title });
  return [
    {
      a: name(a),
      b: name(b),
      offline,
      online,
      expected: a.expected !== null && b.expected !== null && a.expected > 0 ? b.expected / a.expected - 1 : null,
      agrees: Math.sign(offline) === Math.sign(online.value),
      clear: online.low > 0 || online.high < 0,
    },
  ];
}

/** Half a 95 % interval is 1.96 standard errors; 0 where there is no interval. */
function standardError({ low, high }: MetricValue): number {
  return low === null || high === null ? 0 : (high - low) / (2 * 1.959964);
}

/**
 * Σ xy / √(Σ x² Σ y²): Pearson's correlation of the pairs taken in both directions, whose means are 0. With one world it equals
 * the correlation over its lists, since Σ_pairs (x_i - x_j)(y_i - y_j) = n² cov(x, y). Null where either never changes.
 */
export function correlationAboutZero(x: readonly number[], y: readonly number[]): number | null {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += x[i] * y[i];
    xx += x[i] * x[i];
    yy += y[i] * y[i];
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

/** Ranks of the values among themselves and their opposites, counted from the middle: what Spearman needs for pairs in both directions. */
export function signedRanks(values: readonly number[]): number[] {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  return values.map((value) => {
    const size = Math.abs(value);
    const below = lowerBound(sizes, (one) => one < size);
    const through = lowerBound(sizes, (one) => one <= size);
    return Math.sign(value) * ((below + through) / 2);
  });
}

/** How many entries at the start of a sorted list satisfy `holds`. */
function lowerBound(sorted: readonly number[], holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
