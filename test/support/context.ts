import { RunboardError } from '../../shared/contract/failure.ts';
import type { ComponentPorts, Context } from '../../shared/contract/component.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';

/** A context as the engine gives it, that remembers what it was told. */
export interface TestContext extends Context {
  readonly said: {
    logs: string[];
    warnings: string[];
    curve: { step: number; values: Readonly<Record<string, number>> }[];
    measures: Record<string, number>;
    plots: string[];
    sheets: string[];
    progress: number;
  };
}

export interface TestContextOptions {
  readonly seed?: number;
  readonly nodeId?: string;
  /** Throws 'cancelled' once progress was called more often than this. */
  readonly cancelAfter?: number;
  readonly ports?: Partial<ComponentPorts>;
}

/** A context for running a component in a test. Ports that are not given throw when they are used. */
export function testContext(options: TestContextOptions = {}): TestContext {
  const said: TestContext['said'] = {
    logs: [],
    warnings: [],
    curve: [],
    measures: {},
    plots: [],
    sheets: [],
    progress: 0,
  };
  const missing = (name: string) => (): never => {
    throw new Error(`this test gave no ${name} port`);
  };
  const nodeId = options.nodeId ?? 'node';
  return {
    said,
    nodeId,
    nodeTitle: 'Node under test',
    seed: options.seed ?? 1,
    random: (name) => new Xoshiro(options.seed ?? 1, `${nodeId}/${name}`),
    progress() {
      said.progress++;
      if (said.progress > (options.cancelAfter ?? Infinity)) throw new RunboardError('cancelled', 'cancelled');
    },
    breathe: async () => {},
    log: (text) => void said.logs.push(text),
    warn: (text) => void said.warnings.push(text),
    curve: (step, values) => void said.curve.push({ step, values }),
    plot: (plot) => void said.plots.push(plot.id),
    sheet: (sheet) => void said.sheets.push(sheet.id),
    measure: (name, value) => void (said.measures[name] = value),
    ports: {
      dataset: missing('dataset'),
      textIndex: missing('textIndex'),
      asset: missing('asset'),
      ...options.ports,
    },
  };
}
