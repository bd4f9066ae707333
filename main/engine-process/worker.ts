// A worker thread: runs one node at a time and says how it goes. Holds no product logic.
import { parentPort, workerData } from 'node:worker_threads';
import { catalogue } from '#shared/components/catalogue.generated.ts';
import { toFailure } from '#shared/contract/failure.ts';
import type { NodeTask } from '#shared/engine/node-outcome.ts';
import { runNode } from '#shared/engine/run-node.ts';
import { componentPorts } from './component-ports.ts';
import { onSharedMemory } from './shared-memory.ts';
import type { WorkerMessage, WorkerSetting } from './worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');
const setting = workerData as WorkerSetting;
const cancelled = new Int32Array(setting.cancel);
const ports = componentPorts(setting.dataPath);

function say(message: WorkerMessage): void {
  port?.postMessage(message);
}

async function run(task: NodeTask): Promise<void> {
  try {
    const load = catalogue[task.component];
    if (load === undefined) throw new Error(`there is no component ${task.component}`);
    let heard = 0;
    const outcome = await runNode(
      await load(),
      task,
      {
        ports,
        clock: () => performance.now(),
        memory: () => {
          const { heapUsed, external, arrayBuffers } = process.memoryUsage();
          return heapUsed + external + arrayBuffers;
        },
        cancelled: () => Atomics.load(cancelled, 0) === 1,
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
      },
      {
        progress(share, note) {
          const now = performance.now();
          if (now - heard < 100 && share < 1) return;
          heard = now;
          say({ type: 'progress', share, note });
        },
        curve: (point) => say({ type: 'curve', point }),
      },
    );
    say({ type: 'done', outcome: onSharedMemory(outcome) });
  } catch (thrown) {
    say({ type: 'failed', failure: toFailure(thrown) });
  }
}

port.on('message', (task: NodeTask) => void run(task));
