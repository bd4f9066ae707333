import type { Command } from 'commander';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { traceText } from '../views/trace.ts';

export function addTrace(program: Command): void {
  const command = program
    .command('trace')
    .description('one request through every stage: what came in, what was dropped, what is shown and why')
    .argument('<run>', 'a run, as r-0001')
    .option('--user <id>', 'the id of a user in the data set; the first with a test request where absent')
    .addHelpText('after', '\nExample: runboard trace r-0001 --user 42');
  withCommonOptions(command, { workspace: true }).action(
    async (run: string, options: CommonOptions & { user?: string }) => {
      await inSession(options, async ({ client, signal, answer }) => {
        const trace = await client.call('runs.trace', { run, user: options.user }, { signal });
        answer(trace, () => traceText(trace));
      });
    },
  );
}
