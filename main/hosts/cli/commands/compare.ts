import type { Command } from 'commander';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { comparisonText } from '../views/comparison.ts';

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('two runs: what changed, and what that did to the metrics, with intervals')
    .argument('<a>', 'a run, as r-0001')
    .argument('<b>', 'another run')
    .addHelpText('after', '\nExample: runboard compare r-0001 r-0002');
  withCommonOptions(command, { workspace: true }).action(async (a: string, b: string, options: CommonOptions) => {
    await inSession(options, async ({ client, answer }) => {
      const comparison = await client.call('runs.compare', { a, b });
      answer(comparison, () => comparisonText(comparison));
    });
  });
}
