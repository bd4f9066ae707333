import { Worker } from 'node:worker_threads';
import { specs } from '#shared/components/specs.generated.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ExperimentPlan, ExperimentPlanOptions } from '#shared/contract/experiments.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import { boundParams } from '#shared/engine/parameters.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';
import type { PilotPlace, PlanAnswer, PlanQuestion } from './plan-messages.ts';
import type { RunMemory } from './run-memory.ts';

/** The planning thread and the log it holds are let go so long after the last question. */
const keptMillis = 30_000;

/** Plans experiments in a thread of its own, by hand or from the exposure log that a run left behind. */
export class PlanDesk {
  private readonly workspace: string;
  private readonly runs: RunStore;
  private readonly memory: RunMemory;
  private worker: Worker | null = null;
  private timer: NodeJS.Timeout | undefined;
  /** Questions are answered one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(workspace: string, runs: RunStore, memory: RunMemory) {
    this.workspace = workspace;
    this.runs = runs;
    this.memory = memory;
  }

  async plan(options: ExperimentPlanOptions, signal: CancelSignal): Promise<ExperimentPlan> {
    const question: PlanQuestion = {
      params: paramsOf(options),
      pilot: options.pilot === undefined ? null : this.placeOf(options.pilot),
    };
    const answer = this.last.then(() => this.ask(question, signal));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private placeOf({ run, node }: { run: string; node: string }): PilotPlace {
    const result = this.runs.show(run);
    const made = Object.hasOwn(result.nodes, node) ? result.nodes[node] : undefined;
    if (made === undefined)
      throw new RunboardError('not-found', `${result.run} has no node ${node}`, {
        remedy: `it has ${Object.keys(result.nodes).join(', ')}`,
      });
    const { name, digest } = this.memory.outputsOf(made.key);
    return { workspace: this.workspace, name, digest: digest ?? '', node, title: made.title, run: result.run };
  }

  private ask(question: PlanQuestion, signal: CancelSignal): Promise<ExperimentPlan> {
    if (signal.aborted) return Promise.reject(new RunboardError('cancelled', 'cancelled'));
    clearTimeout(this.timer);
    const worker = (this.worker ??= new Worker(new URL('./plan-worker.ts', import.meta.url)));
    return new Promise<ExperimentPlan>((resolve, reject) => {
      const settle = (end: () => void): void => {
        worker.off('message', hear);
        worker.off('error', lose);
        signal.removeEventListener('abort', stop);
        this.timer = setTimeout(() => void this.close(), keptMillis).unref();
        end();
      };
      const hear = (answer: PlanAnswer): void =>
        settle(() => {
          if (answer.type === 'plan') resolve(answer.plan);
          else reject(new RunboardError(answer.failure.code, answer.failure.what, answer.failure));
        });
      const lose = (thrown: unknown): void => {
        this.worker = null;
        settle(() => reject(thrown));
      };
      const stop = (): void => {
        void this.close();
        settle(() => reject(new RunboardError('cancelled', 'cancelled')));
      };
      worker.on('message', hear);
      worker.on('error', lose);
      signal.addEventListener('abort', stop);
      worker.postMessage(question);
    });
  }
}

function paramsOf(options: ExperimentPlanOptions): StoredParams {
  const spec = specs['power'];
  const node = { id: 'plan', kind: spec.kind, title: spec.title, x: 0, y: 0 };
  return boundParams(node, { component: spec.id, version: spec.version, params: options.params as never }, spec);
}
