import { Option } from 'commander';
import type { Command } from 'commander';
import type { ExportOptions } from '#shared/contract/design-files.ts';
import { pathOf } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { openDesign } from './run.ts';

interface Options extends CommonOptions {
  readonly format: ExportOptions['format'];
  readonly out: string;
  readonly run?: string;
}

const formats: readonly ExportOptions['format'][] = ['md', 'html', 'svg', 'mermaid'];

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write the write-up, or the board alone; the same run gives the same bytes')
    .argument('<design>', 'a design, *.runboard')
    .addOption(new Option('--format <format>', 'what to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where to write it')
    .option('--run <run>', 'whose numbers to write (default: the newest finished run of this design)')
    .addHelpText('after', '\nExample: runboard export videos.runboard --format md --out output');
  withCommonOptions(command, { workspace: true }).action(async (path: string, options: Options) => {
    await inSession(options, async (session) => {
      const { design } = await openDesign(session, path);
      const written = await session.client.call('exports.write', {
        design,
        format: options.format,
        out: pathOf(options.out),
        run: options.run,
      });
      session.answer(written, () => written.files.map((file) => `${file}\n`).join(''));
    });
  });
}
