import type { ComponentPorts, Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { CurvePoint } from '#shared/contract/results.ts';
import type { Plot, Sheet } from '#shared/contract/values.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import type { NodeListener, NodeTask } from './node-outcome.ts';
import { streamOf } from './periods.ts';

/** What the host of a running node supplies beside the component's ports. */
export interface NodeHost {
  readonly ports: ComponentPorts;
  /** Milliseconds, monotonic. */
  clock(): number;
  /** Bytes in use by this thread; null where the host cannot tell. */
  memory(): number | null;
  cancelled(): boolean;
  /** Lets waiting messages in. */
  breathe(): Promise<void>;
}

/** Everything a component said while it ran. */
export interface Said {
  readonly log: string[];
  readonly warnings: string[];
  readonly curve: CurvePoint[];
  readonly plots: Plot[];
  readonly sheets: Sheet[];
  readonly measures: Record<string, number>;
  peakBytes: number | null;
}

/** At most this many log lines are kept per node. */
const logLimit = 2_000;

/** The context of one node, and what is said through it. `span` maps the component's shares into the node's own. */
export function nodeContext(
  task: NodeTask,
  host: NodeHost,
  listener: NodeListener,
): { context: Context; said: Said; phase: { from: number; to: number } } {
  const said: Said = {
    log: [],
    warnings: [],
    curve: [],
    plots: [],
    sheets: [],
    measures: {},
    peakBytes: host.memory(),
  };
  const phase = { from: 0, to: 1 };
  const context: Context = {
    nodeId: task.id,
    nodeTitle: task.title,
    seed: task.seed,
    random: (name) => new Xoshiro(task.seed, `${streamOf(task.id)}/${name}`),
    progress(share, note = '') {
      if (host.cancelled()) throw new RunboardError('cancelled', 'cancelled', { where: `node ${task.id}` });
      const bytes = host.memory();
      if (bytes !== null) said.peakBytes = Math.max(said.peakBytes ?? 0, bytes);
      listener.progress(phase.from + (phase.to - phase.from) * Math.min(1, Math.max(0, share)), note);
    },
    breathe: () => host.breathe(),
    log(text) {
      if (said.log.length < logLimit) said.log.push(text);
    },
    warn(text) {
      if (!said.warnings.includes(text)) said.warnings.push(text);
    },
    curve(step, values) {
      const point = { step, values };
      said.curve.push(point);
      listener.curve(point);
    },
    plot: (plot) => void said.plots.push(plot),
    sheet: (sheet) => void said.sheets.push(sheet),
    measure: (name, value) => void (said.measures[name] = value),
    ports: host.ports,
  };
  return { context, said, phase };
}
