import type { Command } from 'commander';
import { RunboardError } from '#shared/contract/failure.ts';
import type { HistoryRestored } from '#shared/contract/history.ts';
import type { RunSummary } from '#shared/contract/runs.ts';
import { metricHeading, millisText, valueText } from '#shared/documents/numbers.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { safe, textTable } from '../text.ts';

interface Options extends CommonOptions {
  readonly restore?: boolean;
  readonly beginAnew?: boolean;
}

export function addRuns(program: Command): void {
  const command = program
    .command('runs')
    .description('the history of the workspace, newest first')
    .addHelpText('after', '\nExample: runboard runs');
  command
    .option('--restore', 'put the newest sound copy in the place of a damaged history; the damaged file is kept')
    .option('--begin-anew', 'put an empty history in the place of a damaged one; the damaged file is kept');
  withCommonOptions(command, { workspace: true }).action(async (options: Options) => {
    await inSession(options, async ({ client, answer }) => {
      if (options.restore === true || options.beginAnew === true) {
        if (options.restore === options.beginAnew)
          throw new RunboardError('bad-usage', '--restore and --begin-anew exclude each other');
        const done = await client.call('runs.restore', { from: options.restore === true ? 'snapshot' : 'nothing' });
        answer(done, () => restoredText(done));
        return;
      }
      const runs = await client.call('runs.list');
      answer(runs, () => (runs.length === 0 ? 'no runs in this workspace yet\n' : runsText(runs)));
    });
  });
}

function restoredText({ runs, aside }: HistoryRestored): string {
  const now = runs === 0 ? 'the history is empty now' : `${runs} ${runs === 1 ? 'run is' : 'runs are'} back`;
  return aside === null ? `${now}\n` : `${now}; the damaged file is kept as ${safe(aside)}\n`;
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
    one.headline === null ? '' : `${metricHeading(one.headline.metric)} ${valueText(one.headline.value)}`,
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
