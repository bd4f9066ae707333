import type { Command } from 'commander';
import { pathOf } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';

export function addNew(program: Command): void {
  const command = program
    .command('new')
    .description('make a design from a template; a file that is there already is left alone')
    .argument('<template>', 'one of `runboard templates`')
    .requiredOption('--out <file>', 'the design to write, *.runboard')
    .addHelpText('after', '\nExample: runboard new video-recommendation --out videos.runboard');
  withCommonOptions(command).action(async (template: string, options: CommonOptions & { out: string }) => {
    await inSession(options, async ({ client, answer }) => {
      const path = pathOf(options.out);
      const design = await client.call('templates.open', { template });
      const { digest } = await client.call('designs.save', { path, design, expectedDigest: null });
      answer(
        { path, digest, title: design.title, nodes: design.board.nodes.length },
        () => `${path}: ${design.title}, ${design.board.nodes.length} nodes\n`,
      );
    });
  });
}
