import type { Command } from 'commander';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { runText } from '../views/run.ts';

export function addShow(program: Command): void {
  const command = program
    .command('show')
    .description('what a run measured')
    .argument('<run>', 'a run, as r-0001')
    .addHelpText('after', '\nExample: runboard show r-0001');
  withCommonOptions(command, { workspace: true }).action(async (run: string, options: CommonOptions) => {
    await inSession(options, async ({ client, answer }) => {
      const result = await client.call('runs.show', { run });
      answer(result, () => runText(null, result));
    });
  });
}
