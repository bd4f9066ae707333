import type { Command } from 'commander';
import { failureLine, toFailure } from '#shared/contract/failure.ts';
import type { Failure } from '#shared/contract/failure.ts';
import { openClient } from '#shared/client/client.ts';
import type { Client } from '#shared/client/client.ts';
import { memoryTransports } from '#shared/client/memory-transport.ts';
import { visible } from '#shared/documents/tree.ts';
import { handlersOn } from '#shared/services/handlers.ts';
import { serve } from '#shared/services/serve.ts';
import { Ending, endMillis } from '#main/hosts/web/ending.ts';
import { localPorts } from '#main/engine-process/local-ports.ts';
import { resolve } from 'node:path';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { openProgress } from './progress.ts';
import { jsonText } from './text.ts';

export interface CommonOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly workspace?: string;
}

/** What a command works with: the product at the other end of a line, and two streams to speak on. */
export interface Session {
  readonly client: Client;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** The answer: JSON where asked for, else text for a person. The only thing on standard output. */
  answer(value: unknown, asText: () => string): void;
  /** A line on standard error. */
  say(text: string): void;
  /** Ends with exit code 1 although an answer was given. */
  failed(): void;
}

/** Adds what every command takes. */
export function withCommonOptions(command: Command, places: { readonly workspace?: boolean } = {}): Command {
  command.option('--json', 'print one JSON document and nothing else');
  if (places.workspace === true)
    command.option(
      '--workspace <folder>',
      'where runs and generated data are kept (default: .runboard in this folder)',
    );
  return command.option('--debug', 'show the stack of an error');
}

/** Runs what a command does, turns whatever is thrown into one line and an exit code, and ends the process. */
export async function inSession(options: CommonOptions, work: (session: Session) => Promise<void>): Promise<void> {
  const ports = localPorts(resolve(options.workspace ?? '.runboard'));
  const [near, far] = memoryTransports();
  serve(handlersOn(ports), far);
  const client = openClient(near);
  const stop = new AbortController();
  const progress = openProgress(client, process.stderr);
  let exitCode: number = exitCodes.done;
  const release = onSignals(stop, (text) => progress.say(text));
  const session: Session = {
    client,
    signal: stop.signal,
    answer: (value, asText) => {
      progress.clear();
      process.stdout.write(options.json === true ? jsonText(value) : asText());
    },
    say: (text) => progress.say(visible(text)),
    failed: () => {
      exitCode = exitCodes.failed;
    },
  };
  try {
    await work(session);
  } catch (thrown) {
    const failure = toFailure(thrown);
    progress.clear();
    report(failure, options);
    exitCode = exitCodeOf(failure.code);
  }
  progress.clear();
  client.close();
  await ports.close().catch(() => {});
  release();
  await endWith(exitCode);
}

function report(failure: Failure, options: CommonOptions): void {
  const { stack: _, ...shown } = failure;
  if (options.json === true) process.stdout.write(jsonText({ error: shown }));
  const ours =
    failure.code === 'internal' && options.debug !== true ? ' (a fault in Runboard: --debug shows where)' : '';
  process.stderr.write(`runboard: ${visible(failureLine(failure))}${ours}\n`);
  if (options.debug === true && failure.stack !== undefined) process.stderr.write(`${visible(failure.stack)}\n`);
}

/** One press of Ctrl+C reaches us from the terminal and from npm: what comes this soon after the first is the same press. */
const samePressMillis = 250;

/** The first signal cancels, the second ends at once, and so does the time that ending may take. */
function onSignals(stop: AbortController, say: (text: string) => void): () => void {
  let first = 0;
  const cutOff = (): void => {
    say(`not done ${endMillis / 1000} seconds after it was told to end: cut off`);
    process.exit(exitCodes.failed);
  };
  const ending = new Ending({ cutOff });
  const listener = (): void => {
    const now = performance.now();
    if (first === 0) {
      first = now;
      ending.begin();
      say('cancelling; press Ctrl+C again to stop at once');
      stop.abort();
    } else if (now - first > samePressMillis) {
      process.exit(exitCodes.failed);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener);
  };
}

/** Waits until everything written has left, then ends, whatever still keeps the process busy. */
async function endWith(exitCode: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((done) => stream.write('', () => done()));
  process.exit(exitCode);
}
