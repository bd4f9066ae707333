import type { Command } from 'commander';
import { bytesText } from '#shared/documents/numbers.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { colour, safe, textTable } from '../text.ts';

export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('what works on this machine, and what to do about the rest')
    .addHelpText('after', '\nExample: runboard doctor');
  withCommonOptions(command, { workspace: true }).action(async (options: CommonOptions) => {
    await inSession(options, async ({ client, answer, failed }) => {
      const report = await client.call('doctor');
      if (report.checks.some((check) => !check.ok)) failed();
      answer(report, () => {
        const { environment } = report;
        const rows = report.checks.map((check) => [
          check.ok ? colour('green', '✓') : colour('red', '✕'),
          check.name,
          safe(check.found),
          check.remedy ?? '',
        ]);
        const head = `Runboard ${environment.runboard} on ${environment.platform}, ${environment.cores} cores, ${bytesText(environment.memoryBytes)}\n`;
        return `${head}${textTable([{ title: '' }, { title: '' }, { title: '' }, { title: '' }], rows)}`;
      });
    });
  });
}
