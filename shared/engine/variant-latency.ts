import type { NodeResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import { quantileInterval } from '#shared/kernels/experiments/quantile-interval.ts';
import type { QuantileInterval } from '#shared/kernels/experiments/quantile-interval.ts';
import type { PlannedNode, Source } from './plan.ts';

/** Differences below this are not felt by anybody, whatever their share. */
const feltMillis = 1;

/** Each of two quantiles lies in its interval with chance 97.5 %, hence both with 95 %. */
const alphaOfEach = 0.025;

const percentiles = [
  { name: 'p50', share: 0.5 },
  { name: 'p99', share: 0.99 },
] as const;

/** The sheet's id: made anew in every run, since it belongs to the machine and not to the experiment. */
const sheetId = 'latency-guardrail';

/**
 * The latency guardrail of an experiment on simulated users: what one request takes through the pipeline of each variant, as the stages
 * were measured in this run, request by request: stages one after the other add up, those side by side count by the slowest. Intervals
 * are of the requests asked, not of the machine's moods. Null where a stage was not measured, or nothing is compared.
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
  const taken = shown.flatMap((source) => {
    const millis = along(source, byId, resultOf);
    return millis === null || millis.length === 0 ? [] : [Float64Array.from(millis).sort()];
  });
  if (taken.length < Math.max(2, shown.length)) return null;
  const given = simulator.params['names'];
  const nameOf = (v: number): string =>
    String((Array.isArray(given) ? given[v] : undefined) ?? String.fromCharCode(65 + (v % 26)));
  const margin = Number(node.params['guardrailMargin']);
  return {
    id: sheetId,
    title: 'Latency guardrail (measured on this machine, one request at a time)',
    columns: ['guardrail', 'variant', 'change', 'milliseconds', 'verdict'],
    rows: percentiles.flatMap(({ name, share }) =>
      taken.slice(1).map((millis, at) => {
        const control = quantileInterval(taken[0], share, alphaOfEach);
        const treated = quantileInterval(millis, share, alphaOfEach);
        return [
          `Latency, ${name}, measured`,
          nameOf(at + 1),
          treated.value / control.value - 1,
          `${spanOf(treated, '\u00a0ms')}, limit ${digits(control.value * (1 + margin))}; control ${spanOf(control)}`,
          isSame(shown[at + 1], shown[0]) ? 'holds: it is the same pipeline' : verdictOf(control, treated, margin),
        ];
      }),
    ),
  };
}

/** A result with the guardrail of this run in place of that of an earlier one. */
export function withLatencyGuardrail(result: NodeResult, sheet: Sheet | null): NodeResult {
  const others = result.sheets.filter((one) => one.id !== sheetId);
  if (sheet === null) return others.length === result.sheets.length ? result : { ...result, sheets: others };
  return { ...result, sheets: [...others, sheet] };
}

function digits(millis: number): string {
  return millis.toPrecision(3).includes('e') ? millis.toFixed(0) : millis.toPrecision(3);
}

/** "12.1 ms (10.8 to 14.9)": the interval of each is at 97.5 %, so that both hold with 95 %. */
function spanOf({ value, low, high }: QuantileInterval, unit = ''): string {
  const from = low === -Infinity ? '0' : digits(low);
  const to = high === Infinity ? 'unknown' : digits(high);
  return `${digits(value)}${unit} (${from} to ${to})`;
}

function isSame(one: Source, other: Source): boolean {
  return one.node === other.node && one.port === other.port;
}

/** By where the interval of the change lies: the lowest of the one over the highest of the other, and the other way round. */
function verdictOf(control: QuantileInterval, treated: QuantileInterval, margin: number): string {
  const share = `${Number((100 * margin).toFixed(2))}\u00a0%`;
  if (treated.low > control.high * (1 + margin) && treated.low - control.high > feltMillis)
    return `broken: slower by more than ${share}`;
  if (treated.high - control.low < feltMillis) return `holds: a difference of ${feltMillis} ms is excluded`;
  if (treated.high < control.low * (1 + margin)) return `holds: harm of ${share} is excluded`;
  if (treated.high === Infinity) return 'not known: too few requests were measured';
  return `not known: harm of ${share} cannot be excluded; look at it under load`;
}

/** What each measured request took through a stage and all before it; null where one was not measured. */
function along(
  source: Source,
  byId: ReadonlyMap<string, PlannedNode>,
  resultOf: (id: string) => NodeResult | undefined,
): readonly number[] | null {
  const node = byId.get(source.node);
  const own = resultOf(source.node)?.latency?.millis;
  if (node === undefined || own === undefined) return null;
  let slowest = own.map(() => 0);
  for (const one of Object.values(node.inputs).flat()) {
    const type = byId.get(one.node)?.spec.outputs[one.port]?.type;
    if (type !== 'candidates' && type !== 'list') continue;
    const millis = along(one, byId, resultOf);
    if (millis === null) return null;
    // A stage that ran out of time measured fewer requests, the same ones from the first.
    slowest = millis.slice(0, slowest.length).map((spent, request) => Math.max(spent, slowest[request]));
  }
  return slowest.map((spent, request) => own[request] + spent);
}
