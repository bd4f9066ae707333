import type { Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';

type Names = 'experiments.plan' | 'experiments.offlineOnline';

export function experimentHandlers({ engine }: Ports): Pick<Handlers, Names> {
  return {
    'experiments.plan': async (options, call) => (await engine()).planExperiment(options, call.signal),
    'experiments.offlineOnline': async ({ design, runs }) => (await engine()).offlineOnline(design, runs),
  };
}
