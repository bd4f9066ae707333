import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { handlersOn } from '#shared/services/handlers.ts';
import { localPorts } from '#main/engine-process/local-ports.ts';
import type { Idle } from '#main/hosts/web/present.ts';
import { collect, pathOf, wholeNumber } from '../arguments.ts';
import { inSession } from '../session.ts';
import type { CommonOptions, Session } from '../session.ts';

interface Options extends CommonOptions {
  readonly port?: string;
  readonly open: boolean;
  readonly folder?: readonly string[];
  readonly exitWhenIdle?: string | true;
}

/** The page comes first: the engine has the processors when the page has been shown. What needs it earlier waits. */
const engineAfterMillis = 1_500;

const folder = join(import.meta.dirname, '../../../../dist/renderer');

/** Asks the desktop to open an address; where there is none, the printed address is the way. */
function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function idleAfter(given: string | true | undefined, onIdle: () => void): Idle | undefined {
  if (given === undefined) return undefined;
  const minutes = given === true ? 10 : wholeNumber('--exit-when-idle', given, 1);
  return { millis: (minutes ?? 10) * 60_000, onIdle };
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('the window in a browser; prints the address with its key')
    .option('--port <n>', 'port to listen on (default: any free one)')
    .option('--workspace <folder>', 'where runs and generated data are kept (default: .runboard in this folder)')
    .option('--no-open', 'only print the address')
    .option(
      '--folder <folder>',
      'a further folder that the page may read and write, beside this one, your own and the workspace (repeatable)',
      collect,
    )
    .option('--exit-when-idle [minutes]', 'end when no window has been open for so long (default: 10)')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', '\nExample: runboard serve --port 4100 --no-open')
    .action((options: Options) => inSession(options, (session) => servePage(options, session)));
}

function mayOpen({ open }: Options): boolean {
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return open && (process.platform !== 'linux' || display !== undefined);
}

async function servePage(options: Options, session: Session): Promise<void> {
  const port = wholeNumber('--port', options.port, 0) ?? 0;
  const workspace = resolve(options.workspace ?? '.runboard');
  const ports = localPorts(workspace);
  // Loaded only here: other commands start faster without it.
  const { openLocalPage } = await import('#main/hosts/web/server.ts');
  const { startEngineChild } = await import('#main/hosts/web/engine-child.ts');
  const { KeptEngine } = await import('#main/hosts/web/kept-engine.ts');
  const { Reach } = await import('#main/hosts/web/reach.ts');
  const given = (options.folder ?? []).map(pathOf);
  const engine = new KeptEngine({ begin: () => startEngineChild({ workspace }) });
  const ended = Promise.withResolvers<void>();
  session.signal.addEventListener('abort', () => ended.resolve(), { once: true });
  const page = await openLocalPage({
    handlers: handlersOn(ports),
    engine,
    reach: new Reach({ workspace, visible: [process.cwd(), homedir()], given }),
    folder,
    port,
    onStaleKey: () => process.stdout.write(`${page.address()}\n`),
    onGuessing: () => session.say('Something on this machine tries wrong keys; it is slowed down.'),
    idle: idleAfter(options.exitWhenIdle, () => {
      session.say('No window has been open for a while: ending.');
      ended.resolve();
    }),
  });
  const address = page.address();
  process.stdout.write(`${address}\n`);
  const starting = setTimeout(() => engine.start(), engineAfterMillis);
  session.say('Runboard is open at the address above. Ctrl+C ends it.');
  if (mayOpen(options)) openBrowser(address);
  await ended.promise;
  const told = performance.now();
  await page.close();
  clearTimeout(starting);
  await engine.stop();
  await ports.close();
  session.say(`ended ${Math.round(performance.now() - told)} ms after it was told to`);
}
