import type { Command } from 'commander';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import { mendingFault, runFault } from '#shared/services/designs/read.ts';
import { collect, pairs, pathOf, wholeNumber } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions, Session } from '../session.ts';
import { runText } from '../views/run.ts';

interface Options extends CommonOptions {
  readonly data?: string;
  readonly seed?: string;
  readonly threads?: string;
  readonly set?: readonly string[];
  readonly fresh?: boolean;
  readonly until?: string;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run a design: what is unchanged since an earlier run is reused')
    .argument('<design>', 'a design, *.runboard')
    .option('--data <file>', "a data set, *.db (default: the design's own)")
    .option('--seed <n>', "same design, data and seed: same numbers (default: the design's own)")
    .option('--threads <n>', 'threads to work with (default: all cores); changes no number')
    .option('--set <node.param=value>', 'a parameter for this run only; may be repeated', collect)
    .option('--until <node>', 'only this node and what it needs')
    .option('--fresh', 'reuse nothing')
    .addHelpText('after', '\nExample: runboard run videos.runboard --data videos.db --seed 1 --set ease.l2=250');
  withCommonOptions(command, { workspace: true }).action(async (path: string, options: Options) => {
    await inSession(options, async (session) => {
      const set = pairs('--set', 'node.param=value', options.set);
      const seed = wholeNumber('--seed', options.seed, 0);
      const threads = wholeNumber('--threads', options.threads, 1);
      const opened = await openDesign(session, path, { asDrawn: true });
      const input = {
        design: opened.design,
        designPath: opened.path,
        data: options.data === undefined ? undefined : pathOf(options.data),
        seed,
        threads,
        set,
        fresh: options.fresh,
        until: options.until,
      };
      const result = await session.client.call('runs.start', input, { signal: session.signal });
      if (result.status !== 'done') session.failed();
      session.answer(result, () => runText(opened.design, result));
    });
  });
}

/** Opens a design and says what was mended on opening; `asDrawn` refuses one that had to be mended. */
export async function openDesign(
  { client, say }: Session,
  path: string,
  { asDrawn = false } = {},
): Promise<OpenedDesign> {
  const opened = await client.call('designs.open', { path: pathOf(path) });
  const fault = asDrawn ? (runFault(opened) ?? mendingFault(opened)) : null;
  if (fault !== null) throw fault;
  for (const repair of opened.repairs)
    if (repair.code !== 'unknown-kind') say(`${path}: ${repair.what}: ${repair.done}`);
  if (opened.readOnly !== null) say(`${path}: opened read-only: ${opened.readOnly}`);
  return opened;
}
