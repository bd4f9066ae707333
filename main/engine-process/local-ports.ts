import { join } from 'node:path';
import type { EnginePort, Ports } from '#shared/contract/ports.ts';
import { nodeFiles } from '#main/node/files.ts';
import { nodeHolds } from '#main/node/holds.ts';

export interface LocalPorts extends Ports {
  /** Lets go of the engine where it was opened. */
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** The ports of this machine. Data sets and the engine are loaded when first asked for: most commands need neither. */
export function localPorts(workspace: string): LocalPorts {
  const places = { workspace, templates: join(root, 'assets/templates') };
  const files = nodeFiles();
  let engine: Promise<EnginePort> | null = null;
  return {
    files,
    holds: nodeHolds(),
    places,
    datasets: async () => (await import('#main/node/datasets-port.ts')).datasetsPort(),
    engine: () =>
      (engine ??= files
        .makeFolder(workspace)
        .then(() => import('./engine.ts'))
        .then(({ openEngine }) => openEngine({ workspace }))),
    doctor: async () => {
      const [{ examine }, { currentEnvironment }] = await Promise.all([
        import('#main/node/doctor.ts'),
        import('./environment.ts'),
      ]);
      const { availableParallelism } = await import('node:os');
      return examine(currentEnvironment(availableParallelism()), places);
    },
    close: async () => {
      await (await engine)?.close();
    },
  };
}
