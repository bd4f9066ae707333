import type { Command } from 'commander';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { colour } from '../text.ts';

export function addTemplates(program: Command): void {
  const command = program
    .command('templates')
    .description('list the designs to start from')
    .addHelpText('after', '\nExample: runboard templates');
  withCommonOptions(command).action(async (options: CommonOptions) => {
    await inSession(options, async ({ client, answer }) => {
      const all = await client.call('templates.list');
      answer(all, () =>
        all
          .map(
            (one) =>
              `${colour('cyan', one.id)}  ${colour('bold', one.title)}  ${colour('gray', `${one.nodes} nodes, ${one.bound} bound`)}\n  ${one.summary}\n`,
          )
          .join(''),
      );
    });
  });
}
