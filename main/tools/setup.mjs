// What `npm start`, `npm test` and the other scripts run: installs what is missing, then does the work under Node 24.
// Plain JavaScript without packages, because in a fresh clone there are none and Node may be as old as 20.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './desktop.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.runboard-installed');
const windows = process.platform === 'win32';

const say = (text) => process.stderr.write(`${text}\n`);

/** Ends with one line. */
function giveUp(text, code = 1) {
  say(`runboard: ${text}`);
  process.exit(code);
}

// ---- installing ------------------------------------------------------------------------------------------------

/** Changes when the packages asked for change. */
function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  if (!existsSync(stampFile)) return existsSync(modules) && readdirSync(modules).length > 0 && adopt();
  return readFileSync(stampFile, 'utf8').trim() === lockDigest();
}

/** Packages that somebody installed by hand (`npm ci`, `npm install`) count when they are newer than the lock file. */
function adopt() {
  const npmsOwn = join(modules, '.package-lock.json');
  if (!existsSync(npmsOwn) || statSync(npmsOwn).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs)
    return false;
  writeFileSync(stampFile, `${lockDigest()}\n`);
  return true;
}

function install() {
  if (installed()) return;
  say(
    existsSync(modules)
      ? 'installing packages again: package-lock.json has changed …'
      : 'installing packages (once, about a minute) …',
  );
  const began = Date.now();
  // Electron's binary is not fetched while installing: the window asks for it when it is opened.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', npm_config_loglevel: 'error' };
  if (env.ELECTRON_OVERRIDE_DIST_PATH === undefined)
    env.ELECTRON_OVERRIDE_DIST_PATH = join(modules, 'electron', 'dist');
  // What npm told its script is not for the npm that we start.
  for (const name of Object.keys(env))
    if (/^npm_(lifecycle|package|command|execpath|node_execpath)/.test(name)) delete env[name];
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const [program, given] =
    npm !== undefined && /\.c?js$/.test(npm) ? [process.execPath, [npm, ...args]] : [windows ? 'npm.cmd' : 'npm', args];
  const { status, error } = spawnSync(program, given, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: windows && program === 'npm.cmd',
  });
  if (error !== undefined) giveUp(`npm could not be started (${error.message}): install Node with npm from nodejs.org`);
  if (status !== 0)
    giveUp('the packages could not be installed: see the lines above, check the network, and try again');
  writeFileSync(stampFile, `${lockDigest()}\n`);
  say(`installed in ${Math.round((Date.now() - began) / 1000)} s`);
}

// ---- the right Node --------------------------------------------------------------------------------------------

function fits(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 24 && minor >= 15;
}

/** This Node where it is a 24 new enough, else the one that npm brought. */
function nodePath() {
  if (fits(process.version)) return process.execPath;
  const brought = [
    join(modules, 'node/bin', windows ? 'node.exe' : 'node'),
    join(modules, '.bin', windows ? 'node.exe' : 'node'),
  ].find((path) => existsSync(path));
  if (brought === undefined)
    giveUp(
      `Node 24 is needed, this is ${process.version}, and the package that brings it is missing: run \`npm ci\`, or install Node 24`,
    );
  const { status, stdout } = spawnSync(brought, ['--version'], { encoding: 'utf8' });
  if (status !== 0 || !fits(stdout.trim()))
    giveUp(`Node 24 is needed, this is ${process.version}, and the one from npm does not run here: install Node 24`);
  return brought;
}

let node = process.execPath;

/** What was compiled (types stripped) for one process or thread is there for the next: they start in half the time. */
const compiled = join(modules, '.runboard-compiled');

function environment(extra = {}) {
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env, ...extra };
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[path] = [dirname(node), join(modules, '.bin'), env[path]].filter(Boolean).join(windows ? ';' : ':');
  return env;
}

/**
 * Tells when the shell in which npm runs us has gone. npm passes a signal on to that shell only, which ends with SIGTERM and
 * leaves us working for nobody. (With SIGINT it waits for us instead and passes nothing on; Ctrl+C reaches everybody.)
 */
function onceOrphaned(tell) {
  if (windows || process.env.npm_lifecycle_event === undefined) return undefined;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    tell();
  }, 250);
  return watch.unref();
}

/** Runs a program under the right Node and answers its exit code; signals are passed on to it. */
function run(args, { program = node, ...options } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options, env: environment(options.env) });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    const watch = onceOrphaned(() => pass('SIGTERM'));
    child.on('error', (error) => giveUp(error.message));
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const one of ['SIGINT', 'SIGTERM']) process.off(one, pass);
      done(code ?? (signal === null ? 1 : 128));
    });
  });
}

/** The script of a package's own command. */
function toolOf(name, command = name) {
  const folder = join(modules, name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

// ---- the generated lists ---------------------------------------------------------------------------------------

/** Newest change among what the lists are made of: names of folders, specs, help texts, metrics. */
function newestSource() {
  let newest = 0;
  const look = (path) => {
    newest = Math.max(newest, statSync(path).mtimeMs);
    if (!statSync(path).isDirectory()) return;
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() || /^(spec\.ts|doc\.md|run\.ts)$/.test(entry.name)) look(join(path, entry.name));
    }
  };
  look(join(root, 'shared/components'));
  for (const name of readdirSync(join(root, 'shared/metrics'))) {
    if (name.endsWith('.ts') && !name.endsWith('.generated.ts'))
      newest = Math.max(newest, statSync(join(root, 'shared/metrics', name)).mtimeMs);
  }
  const tables = ['shared/contract/kinds.ts', 'renderer/ui/icon-names.ts'];
  for (const name of ['main/tools/catalogue.ts', 'main/tools/icons.ts', ...tables])
    newest = Math.max(newest, statSync(join(root, name)).mtimeMs);
  return newest;
}

const generatedFiles = [
  'shared/components/specs.generated.ts',
  'shared/components/catalogue.generated.ts',
  'shared/components/docs.generated.ts',
  'shared/metrics/metrics.generated.ts',
  'shared/contract/metrics.generated.ts',
  'shared/documents/board/icons.generated.ts',
  'renderer/ui/icons.generated.ts',
];
const generatedStamp = join(modules, '.runboard-generated');

async function generate() {
  const stamp = `${newestSource()}`;
  const current =
    existsSync(generatedStamp) &&
    readFileSync(generatedStamp, 'utf8') === stamp &&
    generatedFiles.every((file) => existsSync(join(root, file)));
  if (current) return;
  if ((await run(['main/tools/catalogue.ts', '--quiet'], { stdio: ['ignore', 2, 2] })) !== 0)
    giveUp('the catalogue could not be written: see the lines above');
  // Writing the lists touches the folders they lie in, hence measured again.
  writeFileSync(generatedStamp, `${newestSource()}`);
}

// ---- the window ------------------------------------------------------------------------------------------------

/** When the newest source was last changed that the built window is made of. */
function newestWindowSource() {
  let newest = 0;
  const look = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) look(path);
      else if (!entry.name.endsWith('.test.ts')) newest = Math.max(newest, statSync(path).mtimeMs);
    }
  };
  for (const folder of ['renderer', 'shared']) look(join(root, folder));
  for (const file of ['package-lock.json', ...generatedFiles])
    newest = Math.max(newest, statSync(join(root, file)).mtimeMs);
  return newest;
}

async function buildWindow() {
  const built = join(root, 'dist/renderer/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newestWindowSource()) return 0;
  say('building the window …');
  const began = Date.now();
  const code = await run([toolOf('vite'), 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'], {
    stdio: ['ignore', 2, 2],
  });
  if (code === 0) say(`built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return code;
}

/** The script that Electron runs beside the page. */
const buildPreload = () => run(['--disable-warning=ExperimentalWarning', 'main/tools/preload.ts']);

/** Opens the desktop window and answers whether that went well; says why where it did not. */
async function openDesktop(args) {
  const { binary, why } = findElectron({ root, node, say });
  if (binary === null) {
    say(`${why}: opening the window in the browser; Ctrl+C ends it`);
    return false;
  }
  if ((await buildPreload()) !== 0) return false;
  const from = process.env.INIT_CWD ?? root;
  const designs = args.map((one) => resolve(from, one));
  const code = await run([root, `--workspace=${join(root, '.runboard')}`, ...designs], {
    program: binary,
    env: { ELECTRON_RUN_AS_NODE: undefined },
  });
  if (code === 0 || code === 128) return true;
  say(`Electron ended with code ${code}: opening the window in the browser; Ctrl+C ends it`);
  return false;
}

// ---- the browser that journeys are made in -----------------------------------------------------------------------

const chromiums = [
  process.env.RUNBOARD_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Debian's Chromium, where there is none and it can be installed; without one, journeys through the window are reported as not run. */
function installChromium() {
  const asRoot = process.getuid !== undefined && process.getuid() === 0;
  if (chromiums.some((path) => path && existsSync(path)) || !asRoot || !existsSync('/usr/bin/apt-get')) return;
  say('installing Chromium for the journeys through the window (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 2] }).status === 0;
  if (!(
    apt('install', '-y', '--no-install-recommends', 'chromium') ||
    (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium'))
  )) {
    say('Chromium could not be installed: journeys through the window will not be run');
  }
}

// ---- the scripts -----------------------------------------------------------------------------------------------

const cli = join(root, 'main/hosts/cli/runboard.mjs');

const scripts = {
  /** Only what the command prints goes to standard output. Paths are meant from where the user typed. */
  runboard: (args) =>
    run([cli, ...args], {
      cwd:
        process.env.npm_lifecycle_event === 'runboard' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd(),
    }),

  /** The desktop window on the designs that are named, or the same window in the browser; an option of `serve` asks for the browser. */
  async start(args) {
    const code = await buildWindow();
    if (code !== 0) return code;
    const designs = args.filter((one) => one.endsWith('.runboard'));
    if (designs.length === args.length && (await openDesktop(designs))) return 0;
    return run([cli, 'serve', '--workspace', join(root, '.runboard'), ...args.filter((one) => !designs.includes(one))]);
  },

  async check() {
    const steps = [
      { name: 'types', args: [toolOf('typescript', 'tsc'), '-b', ...(process.stdout.isTTY ? ['--pretty'] : [])] },
      { name: 'lint', args: [toolOf('oxlint'), '--type-aware', '--quiet', '.'] },
      { name: 'format', args: [toolOf('prettier'), '--check', '--cache', '--log-level', 'warn', '.'] },
    ];
    for (const { name, args } of steps) {
      const began = Date.now();
      const code = await run(args, { stdio: ['ignore', 2, 2] });
      say(`${code === 0 ? '✓' : '✕'} ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
      if (code !== 0) return code;
    }
    return 0;
  },

  async test(args) {
    const checked = await scripts.check();
    if (checked !== 0) {
      say('\ntypes or lint failed, hence no test was run');
      return checked;
    }
    const built = await buildWindow();
    if (built !== 0) return built;
    installChromium();
    const reports = join(modules, '.runboard-tests');
    mkdirSync(reports, { recursive: true });
    const report = join(reports, `report-${process.pid}.json`);
    const code = await run([
      toolOf('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ]);
    const summary = summarise(report);
    rmSync(report, { force: true });
    if (summary === null) {
      say('\nthe tests did not come to an end');
      return code === 0 ? 1 : code;
    }
    process.stdout.write(summary.text);
    return code === 0 && summary.failed > 0 ? 1 : code;
  },

  async build() {
    const code = await scripts.check();
    return code === 0 ? (await buildWindow()) || buildPreload() : code;
  },

  /** Packages for the system at hand; RUNBOARD_FLAVOUR=e2e makes the one that tests can drive. */
  async package(args) {
    const code = (await buildWindow()) || (await buildPreload());
    return code === 0 ? run([toolOf('electron-builder'), '--publish', 'never', ...args]) : code;
  },

  bench: (args) => run(['test/bench/run.ts', ...args]),

  /** How fast the board is under the hand, on the window as it is served. */
  async 'bench:board'(args) {
    return (await buildWindow()) || run(['test/bench/board/run.ts', ...args]);
  },
};

/** What was not run and why, what failed, and last of all the two numbers. */
function summarise(report) {
  if (!existsSync(report)) return null;
  const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const lines = [];
  const notRun = testResults.flatMap((file) =>
    file.assertionResults
      .filter((one) => one.status !== 'passed' && one.status !== 'failed')
      .map((one) => `  ${relative(root, file.name)}: ${one.fullName}`),
  );
  lines.push('', notRun.length === 0 ? 'everything was run' : 'not run (the name says why):', ...notRun);
  const failures = testResults.flatMap((file) =>
    file.assertionResults
      .filter((one) => one.status === 'failed')
      .map((one) => `  ${relative(root, file.name)}: ${one.fullName}`),
  );
  failures.push(...broken.map((file) => `  ${relative(root, file.name)}: could not be loaded`));
  if (failures.length > 0) lines.push('', 'failed:', ...failures);
  const failed = numFailedTests + broken.length;
  lines.push('', `${numPassedTests} passed, ${failed} failed`, '');
  return { text: lines.join('\n'), failed };
}

// ---- start -----------------------------------------------------------------------------------------------------

const [name, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20)
  giveUp(`Node 20 or newer is needed to set things up, this is ${process.version}`);
if (name === undefined || !Object.hasOwn(scripts, name))
  giveUp(`there is no script ${name ?? ''}: use ${Object.keys(scripts).join(', ')}`, 2);
install();
node = nodePath();
await generate();
process.exit(await scripts[name](args));
