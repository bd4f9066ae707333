import type { Design } from '#shared/contract/design.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import type { MetricValue, Sheet } from '#shared/contract/values.ts';
import type { NodeRun } from '#renderer/client/run-store.ts';

/** Components whose results are an experiment: judged between variants, or from a log. */
const judging = ['ab-test', 'replay', 'off-policy'];

/** A node of the board that judged something online, with what came out. */
export interface Judged {
  readonly node: string;
  readonly title: string;
  readonly result: NodeResult;
  /** Whether what was judged came from simulated users. */
  readonly simulated: boolean;
}

export function judgedNodes(design: Design, nodes: Readonly<Record<string, NodeRun>>): readonly Judged[] {
  return design.board.nodes.flatMap((node) => {
    const result = nodes[node.id]?.result;
    if (
      result == null ||
      !judging.includes(result.component) ||
      !(result.status === 'done' || result.status === 'reused')
    )
      return [];
    return [{ node: node.id, title: node.title, result, simulated: /simulated/i.test(originOf(result)) }];
  });
}

/** Nodes of the run that left an exposure log behind. */
export function logsOf(
  design: Design,
  nodes: Readonly<Record<string, NodeRun>>,
): readonly { readonly node: string; readonly title: string }[] {
  return design.board.nodes.flatMap(({ id, title }) =>
    nodes[id]?.result?.component === 'user-simulator' && nodes[id].result.error === undefined
      ? [{ node: id, title }]
      : [],
  );
}

/** The first line of what is said of an experiment, as its card has it. */
export function originOf(result: NodeResult): string {
  const said = sheetOf(result, 'experiment-card')?.rows.find((row) => row[0] === 'Origin')?.[1];
  return said == null ? `${result.origin[0].toUpperCase()}${result.origin.slice(1)}` : String(said);
}

export interface Estimate {
  readonly title: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a log says of one other policy. */
export interface JudgedPolicy {
  /** Empty where one policy only is judged. */
  readonly name: string;
  readonly estimates: readonly Estimate[];
  /** How far the log can speak for it. */
  readonly support: readonly (readonly [string, number | null])[];
}

/** What a log says of other policies, estimator by estimator. */
export function policiesOf(result: NodeResult): readonly JudgedPolicy[] {
  return result.sheets.flatMap((sheet) => {
    const [id, ...name] = sheet.id.split(':');
    if (id !== 'off-policy') return [];
    const support = sheetOf(result, ['support', ...name].join(':'));
    return [
      {
        name: name.join(':'),
        estimates: sheet.rows.map((row) => estimateOf(row, 1)),
        support: (support?.rows ?? []).map((row) => [String(row[0]), number(row[1])] as const),
      },
    ];
  });
}

function estimateOf(row: Sheet['rows'][number], at: number): Estimate {
  return { title: String(row[0]), value: number(row[at]), low: number(row[at + 1]), high: number(row[at + 2]) };
}

/** Several policies side by side, with the reason where one is not judged; none where there is one only. */
export function comparedPolicies(result: NodeResult): readonly (Estimate & { readonly note: string })[] {
  return (sheetOf(result, 'policies')?.rows ?? []).map((row) => ({
    ...estimateOf(row, 1),
    note: String(row[5] ?? ''),
  }));
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

/** One metric of one variant against the control. */
export interface Lift {
  readonly metric: string;
  readonly variant: string;
  readonly control: number | null;
  readonly treated: number | null;
  readonly value: number | null;
  readonly fixed: Span | null;
  readonly always: Span | null;
  readonly adjustedP: number | null;
  readonly chance: number | null;
  /** Why there is no lift, where there is none. */
  readonly fault: string | null;
  /** Whether what users did before was taken out of the lift. */
  readonly cuped: boolean;
  /** What is said of a guardrail; null for what the experiment is judged by. */
  readonly verdict: string | null;
}

function sheetOf(result: NodeResult, id: string): Sheet | undefined {
  return result.sheets.find((sheet) => sheet.id === id);
}

const number = (cell: string | number | null | undefined): number | null => (typeof cell === 'number' ? cell : null);

function spanOf(metric: MetricValue | undefined): Span | null {
  return metric === undefined || metric.low === null || metric.high === null
    ? null
    : { low: metric.low, high: metric.high };
}

/**
 * The lifts of an analysed experiment: what people read is in its sheets, intervals as numbers are among its metrics, both in
 * one order (metric by metric, variant by variant). Guardrails show the plain lift that their verdict is about, others the CUPED one.
 */
export function liftsOf(result: NodeResult): readonly Lift[] {
  const rows = sheetOf(result, 'lifts')?.rows ?? [];
  const names = Object.keys(result.metrics).filter((name) => /-lift-sequential(:|$)/.test(name));
  const verdicts = new Map(
    (sheetOf(result, 'guardrails')?.rows ?? []).map((row) => [`${row[0]} ${row[1]}`, String(row[4] ?? '')]),
  );
  return rows.map((row, at) => {
    const verdict = verdicts.get(`${row[0]} ${row[1]}`) ?? null;
    const of = (kind: string): MetricValue | undefined => result.metrics[names[at]?.replace('-lift-sequential', kind)];
    const adjusted = verdict === null ? of('-lift-cuped') : undefined;
    const shown = adjusted ?? of('-lift');
    return {
      metric: String(row[0]),
      variant: String(row[1]),
      control: number(row[2]),
      treated: number(row[3]),
      value: shown?.value ?? null,
      fixed: spanOf(shown),
      always: spanOf(of('-lift-sequential')),
      adjustedP: number(row[8]),
      chance: number(row[9]),
      fault: row[4] === null ? String(row[5] ?? 'withheld') : null,
      cuped: adjusted !== undefined,
      verdict,
    };
  });
}

/** A row of the guardrail table. */
export interface Guardrail {
  readonly guardrail: string;
  readonly variant: string;
  readonly change: number | null;
  readonly fixed: Span | null;
  /** What stands in place of an interval. */
  readonly says: string;
  readonly verdict: string;
}

/** What must not get worse: judged from the log, and the latency that this run measured. */
export function guardrailsOf(result: NodeResult, lifts: readonly Lift[]): readonly Guardrail[] {
  const judged = lifts.flatMap(({ metric, variant, value, fixed, verdict }) =>
    verdict === null ? [] : [{ guardrail: metric, variant, change: value, fixed, says: '', verdict }],
  );
  const measured = (sheetOf(result, 'latency-guardrail')?.rows ?? []).map((row) => ({
    guardrail: String(row[0]),
    variant: String(row[1]),
    change: number(row[2]),
    fixed: null,
    says: String(row[3]),
    verdict: String(row[4]),
  }));
  return [...judged, ...measured];
}

export interface Segment {
  readonly segment: string;
  readonly variant: string;
  readonly users: number;
  readonly value: number | null;
  readonly fixed: Span | null;
}

/** Lifts by segment, in the order of the sheet; intervals come from the metric of the same name in the slice. */
export function segmentsOf(result: NodeResult): readonly Segment[] {
  return (sheetOf(result, 'segments')?.rows ?? []).map((row) => {
    const slice = Object.entries(result.slices[String(row[0])] ?? {});
    const own = slice.length === 1 ? slice[0] : slice.find(([name]) => name.endsWith(`:${row[1]}`));
    return {
      segment: String(row[0]),
      variant: String(row[1]),
      users: number(row[2]) ?? 0,
      value: number(row[3]),
      fixed: spanOf(own?.[1]),
    };
  });
}

/** What the card says besides lifts: pairs of what and says; the first is where the numbers come from. */
export function factsOf(result: NodeResult): readonly (readonly [string, string])[] {
  const known = new Set((sheetOf(result, 'lifts')?.rows ?? []).map((row) => `${row[0]}, ${row[1]}`));
  return (sheetOf(result, 'experiment-card')?.rows ?? [])
    .filter((row) => !known.has(String(row[0])))
    .map((row) => [String(row[0]), String(row[1] ?? '')] as const);
}
