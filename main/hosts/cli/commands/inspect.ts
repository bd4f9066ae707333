import type { Command } from 'commander';
import { pathOf } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { profileText } from '../views/profile.ts';

export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .description('tables, roles, profile, fingerprint and warnings of a data set')
    .argument('<data>', 'a data set, *.db')
    .addHelpText('after', '\nExample: runboard inspect videos.db');
  withCommonOptions(command).action(async (path: string, options: CommonOptions) => {
    await inSession(options, async ({ client, signal, answer }) => {
      const profile = await client.call('datasets.inspect', { path: pathOf(path) }, { signal });
      answer(profile, () => profileText(profile));
    });
  });
}
