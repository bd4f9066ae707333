import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCompare } from './commands/compare.ts';
import { addComponents } from './commands/components.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addGenerate } from './commands/generate.ts';
import { addImport } from './commands/import.ts';
import { addInspect } from './commands/inspect.ts';
import { addNew } from './commands/new.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addTemplates } from './commands/templates.ts';
import { addTrace } from './commands/trace.ts';
import { exitCodes } from './exit-codes.ts';
import { safe } from './text.ts';

/** Runs one command and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  const program = buildProgram();
  // Whoever reads our output may stop reading (`| head`): that is no fault.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) =>
    process.exit(fault.code === 'EPIPE' ? exitCodes.done : exitCodes.failed),
  );
  try {
    await program.parseAsync(repeatOptions(args), { from: 'user' });
  } catch (thrown) {
    process.exitCode = endOf(thrown);
  }
}

function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    version: string;
  };
  const program = new Command('runboard')
    .description('Draw an ML system, run it on local data, read the measured numbers, export the write-up.')
    .version(version, '--version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', workspaceHelp);
  for (const add of [
    addComponents,
    addTemplates,
    addNew,
    addGenerate,
    addImport,
    addInspect,
    addRun,
    addRuns,
    addShow,
    addCompare,
    addTrace,
    addExport,
    addServe,
    addDoctor,
  ])
    add(program);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(usageLine(text, command)) });
  }
  return program;
}

const workspaceHelp = `
Runs, models and generated data are kept in a workspace: the folder .runboard in the folder you are in,
unless --workspace names another. Every command takes --debug, which adds the stack to an error.`;

/** Commander's complaint as one line that says where to look. */
function usageLine(text: string, command: Command): string {
  const said = safe(text)
    .trim()
    .replace(/^error: /, '');
  const name = command.name() === 'runboard' ? 'runboard' : `runboard ${command.name()}`;
  return `${name}: ${said}: see \`${name} --help\`\n`;
}

function endOf(thrown: unknown): number {
  if (!(thrown instanceof CommanderError)) throw thrown;
  return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
}

/** "--set a=1 b=2" → "--set a=1 --set b=2", so that what comes after them is not taken for one of theirs. */
function repeatOptions(args: readonly string[]): string[] {
  const out: string[] = [];
  let option: string | null = null;
  let fresh = false;
  for (const arg of args) {
    if (arg === '--set' || arg === '--map') {
      option = arg;
      fresh = true;
    } else if (option !== null && !fresh) {
      if (/^[A-Za-z_][^=/\\]*=/.test(arg)) out.push(option);
      else option = null;
    } else {
      fresh = false;
    }
    out.push(arg);
  }
  return out;
}
