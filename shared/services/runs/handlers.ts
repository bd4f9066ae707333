import type { Call, Handlers, RunOptions } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { runFault } from '../designs/read.ts';
import { dataOfDesign } from './data-of-design.ts';

type Names = 'runs.start' | 'runs.cancel' | 'runs.list' | 'runs.show' | 'runs.compare' | 'runs.trace' | 'runs.plan';

export function runHandlers(ports: Ports): Pick<Handlers, Names> {
  const { engine } = ports;
  const ready = async (options: RunOptions, call: Call): Promise<RunOptions> => {
    const fault = runFault({ design: options.design, path: options.designPath });
    if (fault !== null) throw fault;
    return { ...options, data: await dataOfDesign(options, ports, call) };
  };
  return {
    'runs.start': async (options, call) => (await engine()).start(await ready(options, call), call),
    'runs.plan': async (options, call) => (await engine()).plan(await ready(options, call), call),
    'runs.cancel': async ({ run }) => ({ cancelled: await (await engine()).cancel(run) }),
    'runs.list': async () => (await engine()).list(),
    'runs.show': async ({ run }) => (await engine()).show(run),
    'runs.compare': async ({ a, b }) => (await engine()).compare(a, b),
    'runs.trace': async ({ run, user }, call) => (await engine()).trace(run, user, call.signal),
  };
}
