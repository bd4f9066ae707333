import type { Latency, NodeResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import type { PlannedNode, Source } from './plan.ts';

/** What was measured of one request through a chain of stages. */
type Millis = Pick<Latency, 'p50' | 'p95' | 'p99'>;

/** Differences below this are not felt by anybody, whatever their share. */
const feltMillis = 1;

/** The sheet's id: made anew in every run, since it belongs to the machine and not to the experiment. */
const sheetId = 'latency-guardrail';

/**
 * The latency guardrail of an experiment on simulated users: what one request takes through the pipeline of each variant, as the stages
 * were measured in this run. Stages one after the other add up, those side by side count by the slowest; the sum of 95th percentiles
 * is an upper bound of the pipeline's own. Null where a stage was not measured, or nothing is compared.
 */
export function latencyGuardrail(
  node: PlannedNode,
  byId: ReadonlyMap<string, PlannedNode>,
  resultOf: (id: string) => NodeResult | undefined,
): Sheet | null {
  const simulator = byId.get((node.inputs['log'] ?? [])[0]?.node ?? '');
  if (!Object.hasOwn(node.params, 'guardrailMargin') || simulator?.spec.id !== 'user-simulator') return null;
  const renewed = simulator.inputs['renewed'] ?? [];
  const lists = renewed.length > 0 ? renewed : (simulator.inputs['lists'] ?? []);
  const shown = simulator.params['sameForAll'] === true ? lists.map(() => lists[0]) : lists;
  const taken = shown.map((source) => along(source, byId, resultOf));
  if (taken.length < 2 || taken.includes(null)) return null;
  const given = simulator.params['names'];
  const nameOf = (v: number): string =>
    String((Array.isArray(given) ? given[v] : undefined) ?? String.fromCharCode(65 + (v % 26)));
  const control = taken[0] as Millis;
  return {
    id: sheetId,
    title: 'Latency guardrail (measured on this machine, one request at a time)',
    columns: ['guardrail', 'variant', 'change', 'milliseconds', 'verdict'],
    rows: taken.slice(1).map((millis, at) => {
      const treated = millis as Millis;
      return [
        'Latency, p95, measured',
        nameOf(at + 1),
        treated.p95 / control.p95 - 1,
        `${treated.p95.toFixed(2)} ms against ${control.p95.toFixed(2)} ms`,
        verdictOf(control, treated, Number(node.params['guardrailMargin'])),
      ];
    }),
  };
}

/** A result with the guardrail of this run in place of that of an earlier one. */
export function withLatencyGuardrail(result: NodeResult, sheet: Sheet | null): NodeResult {
  const others = result.sheets.filter((one) => one.id !== sheetId);
  if (sheet === null) return others.length === result.sheets.length ? result : { ...result, sheets: others };
  return { ...result, sheets: [...others, sheet] };
}

/** There is no interval: half of the requests stand for the lower end, the slowest of a hundred for the upper. */
function verdictOf(control: Millis, treated: Millis, margin: number): string {
  const share = `${(100 * margin).toFixed(0)} %`;
  if (treated.p50 > control.p99 * (1 + margin) && treated.p50 - control.p99 > feltMillis)
    return `broken: half of its requests are slower than the control’s slowest of a hundred by more than ${share}`;
  if (treated.p99 - control.p50 < feltMillis) return `holds: the difference is below ${feltMillis} ms`;
  if (treated.p99 <= control.p50 * (1 + margin)) return `holds: harm of ${share} is excluded`;
  return `not known: what was measured overlaps; look at it under load`;
}

function along(
  source: Source,
  byId: ReadonlyMap<string, PlannedNode>,
  resultOf: (id: string) => NodeResult | undefined,
): Millis | null {
  const node = byId.get(source.node);
  const own = resultOf(source.node)?.latency;
  if (node === undefined || own === undefined || own === null) return null;
  const before: Millis[] = [];
  for (const one of Object.values(node.inputs).flat()) {
    const type = byId.get(one.node)?.spec.outputs[one.port]?.type;
    if (type !== 'candidates' && type !== 'list') continue;
    const millis = along(one, byId, resultOf);
    if (millis === null) return null;
    before.push(millis);
  }
  const slowest = (of: keyof Millis): number => before.reduce((most, one) => Math.max(most, one[of]), 0);
  return { p50: own.p50 + slowest('p50'), p95: own.p95 + slowest('p95'), p99: own.p99 + slowest('p99') };
}
