import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { specs } from '#shared/components/specs.generated.ts';
import type { Design } from '#shared/contract/design.ts';
import { toFailure } from '#shared/contract/failure.ts';
import type { Call, CancelSignal, RequestTrace, RunComparison, RunOptions, RunSummary } from '#shared/contract/methods.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { compileBoard } from '#shared/engine/compile.ts';
import { execute } from '#shared/engine/execute.ts';
import { planKeys, reasonToRun, stableJson, type NodeKey } from '#shared/engine/keys.ts';
import { withSettings } from '#shared/engine/parameters.ts';
import type { Plan } from '#shared/engine/plan.ts';
import { RunStore } from '#main/node/runs/run-store.ts';
import { compareRuns } from './compare.ts';
import { bindData, type BoundData } from './data-binding.ts';
import { currentEnvironment } from './environment.ts';
import { RunMemory } from './run-memory.ts';
import { runListener } from './run-listener.ts';
import { traceRequest } from './trace.ts';
import { WorkerPool } from './worker-pool.ts';

export interface Engine {
  start(options: RunOptions, call: Call): Promise<RunResult>;
  plan(options: RunOptions, call: Call): Promise<readonly { readonly node: string; readonly reused: boolean; readonly because: string }[]>;
  cancel(run: string): Promise<boolean>;
  list(): Promise<readonly RunSummary[]>;
  show(run: string): Promise<RunResult>;
  compare(a: string, b: string): Promise<RunComparison>;
  trace(run: string, user: string, signal: CancelSignal): Promise<RequestTrace>;
  close(): Promise<void>;
}

interface Prepared {
  readonly design: Design;
  readonly data: BoundData;
  readonly plan: Plan;
  readonly keys: ReadonlyMap<string, NodeKey>;
  readonly seed: number;
}

const digest = (text: string): string => hash('sha256', text);

/** Opens the engine of a workspace: its history, its artefacts, and threads when something runs. */
export async function openEngine({ workspace }: { workspace: string }): Promise<Engine> {
  const folder = resolve(workspace);
  const runs = new RunStore(folder);
  const memory = new RunMemory(runs, folder);
  const going = new Map<string, WorkerPool>();

  async function prepare(options: RunOptions, call: Call): Promise<Prepared> {
    const nodes = withSettings(options.design.board.nodes, specs, options.set ?? {});
    const design: Design = { ...options.design, board: { ...options.design.board, nodes: [...nodes] } };
    compileBoard(design.board, { specs, until: options.until }); // a faulty board is refused before any data is read or made
    const data = await bindData(options, folder, call);
    const plan = compileBoard(design.board, { specs, until: options.until, items: data.items });
    const seed = options.seed ?? design.seed;
    return { design, data, plan, keys: planKeys(plan, seed, data.fingerprint, digest), seed };
  }

  async function start(options: RunOptions, call: Call): Promise<RunResult> {
    const prepared = await prepare(options, call);
    const { design, data, plan, keys, seed } = prepared;
    const threads = Math.max(1, Math.min(options.threads ?? availableParallelism(), 64));
    const run = runs.begin({
      design,
      designPath: options.designPath,
      designDigest: digest(stableJson(design)),
      data,
      seed,
      startedAt: new Date().toISOString(),
      environment: currentEnvironment(threads),
    });
    const pool = new WorkerPool(threads, data.path);
    going.set(run, pool);
    const stop = (): void => pool.cancel();
    if (call.signal.aborted) stop();
    call.signal.addEventListener('abort', stop);
    call.emit('run', { type: 'run-started', run, nodes: plan.nodes.map((node) => node.id) });
    try {
      const listener = runListener(run, plan, keys, runs, call);
      const { status } = await execute({ plan, keys, seed, fresh: options.fresh === true, runner: pool, memory: memory.forDesign(design.title, options.designPath), listener, cancelled: () => pool.cancelled });
      runs.end(run, status, new Date().toISOString());
      call.emit('run', { type: 'run-finished', run, status });
    } catch (thrown) {
      runs.end(run, 'failed', new Date().toISOString(), toFailure(thrown));
      throw thrown;
    } finally {
      call.signal.removeEventListener('abort', stop);
      going.delete(run);
      await pool.close();
    }
    return runs.show(run);
  }

  return {
    start,
    async plan(options, call) {
      const { design, plan, keys } = await prepare(options, call);
      const earlier = memory.forDesign(design.title, options.designPath);
      const titles = new Map(plan.nodes.map((node) => [node.id, node.title]));
      return plan.nodes.map((node) => {
        const { key, parts } = keys.get(node.id) as NodeKey;
        const reused = options.fresh !== true && memory.find(key) !== undefined;
        return { node: node.id, reused, because: reused ? '' : reasonToRun(node, parts, earlier.lastParts(node.id), titles) };
      });
    },
    async cancel(run) {
      const pool = going.get(run);
      pool?.cancel();
      return pool !== undefined;
    },
    list: async () => runs.list(),
    show: async (run) => runs.show(run),
    compare: async (a, b) => compareRuns(runs, memory, a, b),
    trace: (run, user, signal) => traceRequest(runs, memory, run, user, signal),
    async close() {
      await Promise.all([...going.values()].map((pool) => pool.close()));
      runs.close();
    },
  };
}
