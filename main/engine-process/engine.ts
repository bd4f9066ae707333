import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { specs } from '#shared/components/specs.generated.ts';
import type { Design } from '#shared/contract/design.ts';
import { toFailure } from '#shared/contract/failure.ts';
import type { ManyComparison, ManyOptions, RunComparison } from '#shared/contract/comparisons.ts';
import type { ExperimentPlan, ExperimentPlanOptions, OfflineOnline } from '#shared/contract/experiments.ts';
import type { Call, CancelSignal } from '#shared/contract/methods.ts';
import type { PreviewOptions, ValuePreview } from '#shared/contract/previews.ts';
import type { Ablation, PlanStep, RunOptions, RunSummary } from '#shared/contract/runs.ts';
import type { RequestTrace } from '#shared/contract/traces.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { ablationsOf } from '#shared/engine/ablations.ts';
import { compileBoard } from '#shared/engine/compile.ts';
import { execute } from '#shared/engine/execute.ts';
import { planKeys, reasonToRun, stableJson, type NodeKey } from '#shared/engine/keys.ts';
import { withSettings } from '#shared/engine/parameters.ts';
import type { Plan } from '#shared/engine/plan.ts';
import { RunStore } from '#main/node/runs/run-store.ts';
import { SnapshotDesk } from '#main/node/runs/snapshot-desk.ts';
import { Comparisons } from './compare.ts';
import { bindData, type BoundData } from './data-binding.ts';
import { currentEnvironment } from './environment.ts';
import { PlanDesk } from './experiment-plan.ts';
import { offlineOnlineOf } from './offline-online.ts';
import { Previews } from './preview.ts';
import { RunMemory } from './run-memory.ts';
import { runListener } from './run-listener.ts';
import { traceRequest } from './trace.ts';
import { WorkerPool } from './worker-pool.ts';

export interface Engine {
  start(options: RunOptions, call: Call): Promise<RunResult>;
  plan(options: RunOptions, call: Call): Promise<readonly PlanStep[]>;
  cancel(run: string): Promise<boolean>;
  list(): Promise<readonly RunSummary[]>;
  show(run: string): Promise<RunResult>;
  compare(a: string, b: string): Promise<RunComparison>;
  compareMany(options: ManyOptions, signal: CancelSignal): Promise<ManyComparison>;
  ablations(design: Design): Promise<readonly Ablation[]>;
  trace(run: string, user: string | undefined, signal: CancelSignal): Promise<RequestTrace>;
  preview(options: PreviewOptions, signal: CancelSignal): Promise<ValuePreview>;
  planExperiment(options: ExperimentPlanOptions, signal: CancelSignal): Promise<ExperimentPlan>;
  offlineOnline(design: string, runs?: readonly string[]): Promise<OfflineOnline>;
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
  return new WorkspaceEngine(resolve(workspace));
}

class WorkspaceEngine implements Engine {
  private readonly workspace: string;
  private readonly runs: RunStore;
  private readonly memory: RunMemory;
  private readonly previews: Previews;
  private readonly comparisons: Comparisons;
  private readonly plans: PlanDesk;
  private readonly snapshots: SnapshotDesk;
  private readonly going = new Map<string, WorkerPool>();

  constructor(workspace: string) {
    this.workspace = workspace;
    this.runs = new RunStore(workspace);
    this.snapshots = new SnapshotDesk(workspace);
    this.memory = new RunMemory(this.runs, workspace);
    this.plans = new PlanDesk(workspace, this.runs, this.memory);
    this.previews = new Previews(this.runs, this.memory);
    this.comparisons = new Comparisons(this.runs, this.memory);
  }

  async start(options: RunOptions, call: Call): Promise<RunResult> {
    const prepared = await this.prepare(options, call);
    const threads = Math.max(1, Math.min(options.threads ?? availableParallelism(), 64));
    const run = this.runs.begin({
      design: prepared.design,
      designPath: options.designPath,
      designDigest: digest(stableJson(prepared.design)),
      data: prepared.data,
      seed: prepared.seed,
      startedAt: new Date().toISOString(),
      environment: currentEnvironment(threads),
      sweep: options.sweep === true,
    });
    const pool = new WorkerPool(threads, prepared.data.path);
    this.going.set(run, pool);
    const stop = (): void => pool.cancel();
    if (call.signal.aborted) stop();
    call.signal.addEventListener('abort', stop);
    try {
      await this.execute(run, prepared, options, pool, call);
    } catch (thrown) {
      this.runs.end(run, 'failed', new Date().toISOString(), toFailure(thrown));
      throw thrown;
    } finally {
      call.signal.removeEventListener('abort', stop);
      this.going.delete(run);
      this.snapshots.afterRun();
      await pool.close();
    }
    return this.runs.show(run);
  }

  private async execute(
    run: string,
    { design, plan, keys, seed }: Prepared,
    options: RunOptions,
    pool: WorkerPool,
    call: Call,
  ): Promise<void> {
    call.emit('run', { type: 'run-started', run, nodes: plan.nodes.map((node) => node.id) });
    const { status } = await execute({
      plan,
      keys,
      seed,
      fresh: options.fresh === true,
      runner: pool,
      memory: this.memory.forDesign(design.title, options.designPath),
      listener: runListener(run, plan, keys, this.runs, call),
      cancelled: () => pool.cancelled,
    });
    this.runs.end(run, status, new Date().toISOString());
    call.emit('run', { type: 'run-finished', run, status });
  }

  private async prepare(options: RunOptions, call: Call): Promise<Prepared> {
    const nodes = withSettings(options.design.board.nodes, specs, options.set ?? {});
    const design: Design = { ...options.design, board: { ...options.design.board, nodes: [...nodes] } };
    compileBoard(design.board, { specs, until: options.until }); // a faulty board is refused before any data is read or made
    const data = await bindData(options, this.workspace, call);
    const plan = compileBoard(design.board, { specs, until: options.until, items: data.items });
    const seed = options.seed ?? design.seed;
    return { design, data, plan, keys: planKeys(plan, seed, data.fingerprint, digest), seed };
  }

  async plan(options: RunOptions, call: Call): Promise<readonly PlanStep[]> {
    const { design, plan, keys } = await this.prepare(options, call);
    const earlier = this.memory.forDesign(design.title, options.designPath);
    const titles = new Map(plan.nodes.map((node) => [node.id, node.title]));
    const steps = plan.nodes.map((node) => {
      const { key, parts } = keys.get(node.id) as NodeKey;
      const reused = options.fresh !== true && this.memory.find(key) !== undefined;
      const because = reused ? '' : reasonToRun(node, parts, earlier.lastParts(node.id), titles);
      return { node: node.id, key, reused, because, leftOut: false };
    });
    const leftOut = plan.skipped.map(({ id, because }) => ({
      node: id,
      key: '',
      reused: false,
      because,
      leftOut: true,
    }));
    return [...steps, ...leftOut];
  }

  async cancel(run: string): Promise<boolean> {
    const pool = this.going.get(run);
    pool?.cancel();
    return pool !== undefined;
  }

  async list(): Promise<readonly RunSummary[]> {
    return this.runs.list();
  }

  async show(run: string): Promise<RunResult> {
    return this.runs.show(run);
  }

  async compare(a: string, b: string): Promise<RunComparison> {
    return this.comparisons.two(a, b);
  }

  compareMany(options: ManyOptions, signal: CancelSignal): Promise<ManyComparison> {
    return this.comparisons.many(options, signal);
  }

  async ablations(design: Design): Promise<readonly Ablation[]> {
    return ablationsOf(design.board, { specs });
  }

  trace(run: string, user: string | undefined, signal: CancelSignal): Promise<RequestTrace> {
    return traceRequest(this.runs, this.memory, run, user, signal);
  }

  preview(options: PreviewOptions, signal: CancelSignal): Promise<ValuePreview> {
    return this.previews.page(options, signal);
  }

  planExperiment(options: ExperimentPlanOptions, signal: CancelSignal): Promise<ExperimentPlan> {
    return this.plans.plan(options, signal);
  }

  async offlineOnline(design: string, runs?: readonly string[]): Promise<OfflineOnline> {
    return offlineOnlineOf(this.runs, design, runs);
  }

  async close(): Promise<void> {
    await this.plans.close();
    await Promise.all([...this.going.values()].map((pool) => pool.close()));
    await this.snapshots.close();
    this.runs.close();
  }
}
