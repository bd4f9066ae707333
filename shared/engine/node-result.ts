import type { Failure } from '#shared/contract/failure.ts';
import type { NodeResult, NodeStatus } from '#shared/contract/results.ts';
import type { Metrics } from '#shared/contract/values.ts';
import type { NodeOutcome } from './node-outcome.ts';
import type { PlannedNode } from './plan.ts';
import { bytesOf } from '#shared/values/value-bytes.ts';

interface Named {
  readonly id: string;
  readonly title: string;
  readonly component: string;
  readonly key: string;
  readonly status: NodeStatus;
  readonly because: string;
  readonly error?: Failure;
}

/** The result of a node that gave nothing. */
export function emptyResult(named: Named): NodeResult {
  return {
    ...named,
    fitMillis: null,
    applyMillis: null,
    memoryBytes: null,
    stateBytes: null,
    in: null,
    out: null,
    unit: '',
    origin: 'measured',
    metrics: {},
    baselines: {},
    slices: {},
    measures: {},
    latency: null,
    warnings: [],
    log: [],
    curve: [],
    plots: [],
    sheets: [],
  };
}

/** The result of a node that ran: its own metrics where it evaluates, else those measured on its stage. */
export function resultOf(node: PlannedNode, key: string, because: string, outcome: NodeOutcome): NodeResult {
  const evaluated = Object.values(outcome.outputs).find((value): value is Metrics => value.type === 'metrics');
  return {
    ...emptyResult({ id: node.id, title: node.title, component: node.spec.id, key, status: 'done', because }),
    fitMillis: outcome.fitMillis,
    applyMillis: outcome.applyMillis,
    memoryBytes: outcome.memoryBytes,
    stateBytes: outcome.state === undefined ? null : bytesOf(outcome.state),
    in: outcome.in,
    out: outcome.out,
    unit: outcome.unit,
    origin: evaluated?.origin ?? 'measured',
    metrics: evaluated?.metrics ?? outcome.stageMetrics,
    baselines: evaluated?.baselines ?? {},
    slices: evaluated?.slices ?? {},
    measures: outcome.measures,
    latency: outcome.latency,
    warnings: outcome.warnings,
    log: outcome.log,
    curve: outcome.curve,
    plots: [...outcome.plots, ...(evaluated?.plots ?? [])],
    sheets: [...outcome.sheets, ...(evaluated?.sheets ?? [])],
  };
}
