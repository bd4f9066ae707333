import type { Handlers } from '../../../shared/contract/methods.ts';
import type { NodeResult, RunEvent, RunResult } from '../../../shared/contract/results.ts';
import { emptyResult } from '../../../shared/engine/node-result.ts';

const everyMillis = 20;
const atOnce = 4;
const ticksPerNode = 40;

function resultOf(id: string): NodeResult {
  const value = 0.3 + (id.length % 5) / 50;
  return {
    ...emptyResult({ id, title: id, component: 'ials', status: 'done', key: id, because: 'first run' }),
    fitMillis: 1_200,
    applyMillis: 300,
    in: 2_000,
    out: 500,
    unit: 'items per request',
    metrics: { 'ndcg@10': { value, low: value - 0.01, high: value + 0.01, n: 2_000 } },
  };
}

/** A run that says as much as a real one at its busiest, over the real line, until it is cancelled; nothing is trained. */
export function scriptedRuns(): Pick<Handlers, 'runs.start' | 'runs.cancel' | 'runs.plan' | 'runs.list'> {
  let stop: () => void = () => {};
  return {
    'runs.start': async ({ design }, call) => {
      const nodes = design.board.nodes.filter((node) => node.binding !== undefined).map((node) => node.id);
      const run = 'r-0001';
      const tell = (event: RunEvent): void => call.emit('run', event);
      tell({ type: 'run-started', run, nodes });
      let tick = 0;
      const timer = setInterval(() => report(nodes, tick++, run, tell), everyMillis);
      await new Promise<void>((done) => {
        stop = done;
        call.signal.addEventListener('abort', () => done());
      });
      clearInterval(timer);
      tell({ type: 'run-finished', run, status: 'cancelled' });
      return finished(run, design.title);
    },
    'runs.cancel': async () => {
      stop();
      return { cancelled: true };
    },
    'runs.plan': async () => [],
    'runs.list': async () => [],
  };
}

/** One tick: a few nodes go on, now and then one ends and the next begins, round and round. */
function report(nodes: readonly string[], tick: number, run: string, tell: (event: RunEvent) => void): void {
  const at = tick % ticksPerNode;
  const first = Math.floor(tick / ticksPerNode) * atOnce;
  for (let one = 0; one < atOnce; one++) {
    const node = nodes[(first + one) % nodes.length];
    if (at === 0) tell({ type: 'node-started', run, node });
    tell({ type: 'node-progress', run, node, share: at / ticksPerNode, note: `epoch ${at}`, secondsLeft: 3 });
    if (at % 10 === 9)
      tell({ type: 'node-curve', run, node, point: { step: at, values: { 'validation loss': 1 / at } } });
    if (at === ticksPerNode - 1) tell({ type: 'node-finished', run, node, result: resultOf(node) });
  }
}

function finished(run: string, title: string): RunResult {
  return {
    run,
    status: 'cancelled',
    design: { title, path: null, digest: '' },
    data: { name: '', path: null, fingerprint: '' },
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    environment: {
      runboard: '',
      node: process.version,
      platform: process.platform,
      cores: 2,
      memoryBytes: 0,
      threads: 1,
      tensor: '',
      sqlite: '',
    },
    nodes: {},
  };
}
