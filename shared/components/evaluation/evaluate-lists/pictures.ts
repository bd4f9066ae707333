import type { Plot, Sheet, Split } from '#shared/contract/values.ts';
import { thousands } from '#shared/contract/thousands.ts';
import type { ListValues } from '#shared/metrics/measure-lists.ts';
import { metrics } from '#shared/metrics/metrics.generated.ts';
import type { RankedLists } from '#shared/metrics/rank-lists.ts';
import type { Relevance } from '#shared/metrics/relevance.ts';

/** Points of a curve that a person can tell apart. */
const points = 100;

/** Lorenz curve of exposure: which share of places the least shown items get. */
export function exposurePlot(exposure: Float64Array, k: number): Plot {
  const sorted = exposure.slice().sort();
  const total = sorted.reduce((sum, count) => sum + count, 0);
  const x: number[] = [0];
  const y: number[] = [0];
  let sum = 0;
  let next = 1;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    if ((i + 1) * points < next * sorted.length) continue;
    x.push((i + 1) / sorted.length);
    y.push(total > 0 ? sum / total : 0);
    while ((i + 1) * points >= next * sorted.length) next++;
  }
  return {
    id: 'exposure',
    title: `How places 1 to ${k} are shared among items`,
    x: 'share of the catalogue, least shown first',
    y: 'share of places',
    mark: 'line',
    series: [
      { name: 'these lists', x, y },
      { name: 'all alike', x: [0, 1], y: [0, 1] },
    ],
  };
}

/** How many users have which value of a metric, in twenty equal steps. */
export function perUserPlot({ key, values }: ListValues): Plot {
  const steps = 20;
  const counts = new Array<number>(steps).fill(0);
  const known = values.filter((value) => !Number.isNaN(value));
  const high = known.reduce((most, value) => Math.max(most, value), 0) || 1;
  for (const value of known) counts[Math.max(0, Math.min(steps - 1, Math.floor((value / high) * steps)))]++;
  const [id] = key.split('@', 1);
  const name = Object.hasOwn(metrics, id) ? key.replace(id, metrics[id as keyof typeof metrics].title) : key;
  return {
    id: 'per-user',
    title: `${name} from user to user`,
    x: name,
    y: 'users',
    mark: 'bar',
    series: [
      { name: 'users', x: counts.map((_, step) => Number((((step + 0.5) * high) / steps).toPrecision(4))), y: counts },
    ],
  };
}

/** Under which rules the numbers came about. */
export function protocolSheet(split: Split, relevance: Relevance, ranked: RankedLists): Sheet {
  const lists = ranked.requests.length;
  const places = lists === 0 ? 0 : ranked.items.length / lists;
  return {
    id: 'protocol',
    title: 'Protocol',
    columns: ['what', 'value'],
    rows: [
      ['split', split.protocol.name],
      ['leaks the future', split.protocol.leaksFuture ? 'yes' : 'no'],
      ['users measured', lists],
      ['users left out, nothing relevant held out', split.protocol.usersWithoutPositives + relevance.withoutPositives],
      ['relevant items per user', lists === 0 ? null : relevance.items.length / lists],
      ['ranked against', `whole catalogue, ${thousands(split.dataset.items.ids.length)} items`],
      ['items per list, after the cut', places],
      ['entries left out as already known', ranked.known],
      ...Object.entries(ranked.tied).map(([k, tied]): [string, number] => [`lists with a tie across place ${k}`, tied]),
    ],
  };
}
