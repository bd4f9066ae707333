// What happens in Electron's binary before the program's main script: inspector, Chromium, the module "electron".
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as StandIn from './electron.ts';

const given = process.argv.slice(2);
const preloads = given.flatMap((one, at) => (one === '-r' ? [given[at + 1]] : []));
const rest = given.filter(
  (one, at) =>
    one !== '-r' &&
    given[at - 1] !== '-r' &&
    !['--no-sandbox', '--inspect=0', '--remote-debugging-port=0'].includes(one),
);
const main = resolve(rest[0]);

const electron = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
});

// Ends Chromium when this process is gone, however it went: it is the other end of the pipe.
const attend = '"$@" & child=$!; read -r _; kill -9 "$child"';
const chromium = spawn(
  '/bin/sh',
  [
    '-c',
    attend,
    'sh',
    process.env['RUNBOARD_CHROMIUM'] ?? '/usr/bin/chromium',
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--no-startup-window',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP *.localhost 127.0.0.1',
    `--user-data-dir=${mkdtempSync(join(tmpdir(), 'runboard-chromium-'))}`,
    '--remote-debugging-port=0',
  ],
  { stdio: ['pipe', 'ignore', 'pipe'] },
);
const endpoint = new Promise<string>((done) => {
  let text = '';
  chromium.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const found = /DevTools listening on (ws:\/\/\S+)/.exec(text);
    if (found !== null) done(found[1]);
  });
});

process.argv = [
  process.execPath,
  ...(preloads.length > 0 ? ['--remote-debugging-port=0'] : []),
  main,
  ...rest.slice(1),
];
const require = createRequire(import.meta.url);
const { standIn } = require('electron') as typeof StandIn;
for (const one of preloads) require(one);
inspector.open(0);
await import(pathToFileURL(main).href);
const address = await endpoint;
await standIn.begin(address);
process.stderr.write(`DevTools listening on ${address}\n`);
