import type { Command } from 'commander';
import type { RunSummary } from '#shared/contract/runs.ts';
import { metricTitle, millisText, valueText } from '#shared/documents/numbers.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { safe, textTable } from '../text.ts';

export function addRuns(program: Command): void {
  const command = program
    .command('runs')
    .description('the history of the workspace, newest first')
    .addHelpText('after', '\nExample: runboard runs');
  withCommonOptions(command, { workspace: true }).action(async (options: CommonOptions) => {
    await inSession(options, async ({ client, answer }) => {
      const runs = await client.call('runs.list');
      answer(runs, () => (runs.length === 0 ? 'no runs in this workspace yet\n' : runsText(runs)));
    });
  });
}

function runsText(runs: readonly RunSummary[]): string {
  const rows = runs.map((one) => [
    one.run,
    one.startedAt.slice(0, 16).replace('T', ' '),
    one.status,
    safe(one.design),
    safe(one.data),
    String(one.seed),
    String(one.nodes),
    one.seconds === null ? '' : millisText(one.seconds * 1000),
    one.headline === null ? '' : `${metricTitle(one.headline.metric)} ${valueText(one.headline.value)}`,
  ]);
  const columns = [
    { title: 'run' },
    { title: 'started (UTC)' },
    { title: 'status' },
    { title: 'design', most: 40 },
    { title: 'data', most: 30 },
    { title: 'seed', right: true },
    { title: 'nodes', right: true },
    { title: 'took', right: true },
    { title: 'measured' },
  ];
  return textTable(columns, rows);
}
