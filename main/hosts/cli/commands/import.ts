import { Option } from 'commander';
import type { Command } from 'commander';
import { importFormats, type ImportFormat } from '#shared/contract/datasets.ts';
import { roles } from '#shared/contract/roles.ts';
import { collect, pairs, pathOf } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { importReportText } from '../views/import-report.ts';

interface Options extends CommonOptions {
  readonly format: ImportFormat;
  readonly out: string;
  readonly map?: readonly string[];
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('make a data set of files, or attach an SQLite file, and say what became of every row')
    .argument('<path>', 'file or folder')
    .addOption(new Option('--format <format>', 'what it is').choices(importFormats).makeOptionMandatory())
    .requiredOption('--out <file>', 'the data set to write, *.db')
    .option('--map <role=column>', 'which column plays which part; may be repeated', collect)
    .addHelpText(
      'after',
      `\nRoles:\n${Object.entries(roles)
        .map(([role, help]) => `  ${role.padEnd(24)}${help}`)
        .join(
          '\n',
        )}\n\nExample: runboard import plays.csv --format csv --map user=member item=track time=played_at --out plays.db`,
    );
  withCommonOptions(command).action(async (path: string, options: Options) => {
    await inSession(options, async ({ client, signal, answer }) => {
      const map = pairs('--map', 'role=column', options.map);
      const report = await client.call(
        'datasets.import',
        { path: pathOf(path), format: options.format, out: pathOf(options.out), map },
        { signal },
      );
      answer(report, () => importReportText(report));
    });
  });
}
