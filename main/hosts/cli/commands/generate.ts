import type { Command } from 'commander';
import { pathOf, wholeNumber } from '../arguments.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { importReportText } from '../views/import-report.ts';

interface Options extends CommonOptions {
  readonly out: string;
  readonly users?: string;
  readonly items?: string;
  readonly events?: string;
  readonly days?: string;
  readonly seed?: string;
}

export function addGenerate(program: Command): void {
  const command = program
    .command('generate')
    .description('make a synthetic world whose truth is known')
    .argument('<recipe>', 'the kind of world: video-catalogue')
    .requiredOption('--out <file>', 'the data set to write, *.db')
    .option('--users <n>', 'how many users')
    .option('--items <n>', 'how many items')
    .option('--events <n>', 'about how many events')
    .option('--days <n>', 'over how many days')
    .option('--seed <n>', 'same seed, same world')
    .addHelpText(
      'after',
      '\nExample: runboard generate video-catalogue --users 2000 --items 5000 --seed 1 --out videos.db',
    );
  withCommonOptions(command).action(async (recipe: string, options: Options) => {
    await inSession(options, async ({ client, signal, answer }) => {
      const input = {
        recipe,
        out: pathOf(options.out),
        users: wholeNumber('--users', options.users, 1),
        items: wholeNumber('--items', options.items, 1),
        events: wholeNumber('--events', options.events, 1),
        days: wholeNumber('--days', options.days, 1),
        seed: wholeNumber('--seed', options.seed, 0),
      };
      const report = await client.call('datasets.generate', input, { signal });
      answer(report, () => importReportText(report));
    });
  });
}
