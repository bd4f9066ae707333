import { join } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import type { EnginePort, History, Ports } from '#shared/contract/ports.ts';
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
  const openEngine = async (): Promise<EnginePort> => {
    await files.makeFolder(workspace);
    return (await import('./engine.ts')).openEngine({ workspace });
  };
  /** What could not be opened may be openable later: another program lets go of it, or it is restored. */
  const theEngine = (): Promise<EnginePort> =>
    (engine ??= openEngine().catch((thrown: unknown) => {
      engine = null;
      throw thrown;
    }));
  return {
    files,
    holds: nodeHolds(),
    places,
    datasets: async () => (await import('#main/node/datasets-port.ts')).datasetsPort(),
    engine: theEngine,
    history: historyOf(workspace, theEngine),
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

/** The history is sound where the engine has it open; where it cannot be opened, its file is looked at. */
function historyOf(workspace: string, engine: () => Promise<EnginePort>): History {
  return {
    state: async () => {
      const opened = await engine().catch(() => null);
      if (opened !== null) return { state: 'sound' };
      return (await import('#main/node/runs/history.ts')).examineHistory(workspace);
    },
    restore: async (from) => {
      const opened = await engine().catch(() => null);
      if (opened !== null) throw new RunboardError('bad-usage', 'the run store is sound: nothing was restored');
      return (await import('#main/node/runs/history.ts')).restoreHistory(workspace, from);
    },
  };
}
