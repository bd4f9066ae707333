import { RunboardError } from '#shared/contract/failure.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { RunOptions } from '#shared/contract/runs.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { runFault } from '../designs/read.ts';

type Names =
  | 'runs.start'
  | 'runs.cancel'
  | 'runs.list'
  | 'runs.show'
  | 'runs.compare'
  | 'runs.compareMany'
  | 'runs.ablations'
  | 'runs.trace'
  | 'runs.preview'
  | 'runs.plan'
  | 'runs.history'
  | 'runs.restore';

export function runHandlers({ engine, history }: Ports): Pick<Handlers, Names> {
  return {
    'runs.start': async (options, call) => (await engine()).start(runnable(options), call),
    'runs.plan': async (options, call) => (await engine()).plan(runnable(options), call),
    'runs.cancel': async ({ run }) => ({ cancelled: await (await engine()).cancel(run) }),
    'runs.list': async () => (await engine()).list(),
    'runs.show': async ({ run }) => (await engine()).show(run),
    'runs.compare': async ({ a, b }) => (await engine()).compare(a, b),
    'runs.compareMany': async (options, call) => (await engine()).compareMany(options, call.signal),
    'runs.ablations': async ({ design }) => (await engine()).ablations(design),
    'runs.trace': async ({ run, user }, call) => (await engine()).trace(run, user, call.signal),
    'runs.history': async () => history.state(),
    'runs.restore': async ({ from }) => history.restore(from),
    'runs.preview': async (options, call) => (await engine()).preview(options, call.signal),
  };
}

/** The options as they are; throws where the design asks for a newer Runboard, or for data that nobody names. */
function runnable(options: RunOptions): RunOptions {
  const fault = runFault({ design: options.design, path: options.designPath });
  if (fault !== null) throw fault;
  const { design, data } = options;
  const source = design.board.nodes.find(
    (node) => node.binding?.component === 'source' && (node.mode ?? 'on') === 'on',
  );
  if (
    source !== undefined &&
    data === undefined &&
    design.data?.path === undefined &&
    design.data?.recipe === undefined
  ) {
    throw new RunboardError('bad-usage', 'the design names no data set', {
      where: `node ${source.id}`,
      remedy: 'give one with --data, made by `runboard import` or `runboard generate`',
    });
  }
  return options;
}
