import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { peerFile } from './peer-data.ts';

const folder = join(import.meta.dirname, 'peers');
const own = join(import.meta.dirname, '.peers');
const python = join(own, 'bin/python');

/** What a peer script prints: the same work on the same data, in seconds, and its quality. */
interface PeerAnswer {
  readonly name: string;
  readonly peer: string;
  readonly seconds: number;
  readonly quality?: Readonly<Record<string, number>>;
}

/** Packages that peers need, as their first line says: "# needs: numpy lightgbm". */
function needsOf(script: string): string[] {
  const first = execFileSync('head', ['-n', '1', script], { encoding: 'utf8' });
  return /^# needs: (.+)$/.exec(first.trim())?.[1].split(/\s+/) ?? [];
}

function prepare(): string | null {
  if (existsSync(python)) return null;
  mkdirSync(own, { recursive: true });
  const made = spawnSync('python3', ['-m', 'venv', own], { encoding: 'utf8' });
  return made.status === 0
    ? null
    : `no Python environment could be made (${(made.error?.message ?? made.stderr).trim().split('\n')[0]})`;
}

/**
 * Runs every peer, peers/<name>.py, or the one asked for, beside our own work on the same data, peers/<name>.ts, each in a process of
 * its own, three times in turns, so that a busy machine slows both; prints the best seconds of each, their ratio and quality. Scripts
 * are given the file of events and the number of cores they may use.
 */
export async function runPeers(only = '*'): Promise<void> {
  const missing = prepare();
  const given = [peerFile(), String(availableParallelism())];
  console.log(
    '\ncomponent                  peer                         peer s     ours s     ratio   quality (peer | ours)',
  );
  for (const file of globSync(`${only}.py`, { cwd: folder }).sort()) {
    const script = join(folder, file);
    const name = basename(file, '.py').padEnd(26);
    if (missing !== null) {
      console.log(`${name} not run: ${missing}`);
      continue;
    }
    const installed = spawnSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...needsOf(script)],
      { encoding: 'utf8' },
    );
    if (installed.status !== 0) {
      console.log(`${name} not run: ${needsOf(script).join(', ')} could not be installed`);
      continue;
    }
    const { peer, ours } = bestOf(3, script, given);
    if (typeof peer === 'string' || typeof ours === 'string') {
      const trouble = [
        typeof peer === 'string' ? `peer: ${peer}` : '',
        typeof ours === 'string' ? `ours: ${ours}` : '',
      ];
      console.log(`${name} not run: ${trouble.filter((one) => one !== '').join('; ')}`);
      continue;
    }
    const quality = (answer: PeerAnswer): string =>
      Object.entries(answer.quality ?? {})
        .map(([key, value]) => `${key} ${value.toFixed(4)}`)
        .join(' ');
    console.log(
      `${name} ${peer.peer.padEnd(26)} ${peer.seconds.toFixed(2).padStart(8)} ${ours.seconds.toFixed(2).padStart(10)} ${`${(peer.seconds / ours.seconds).toFixed(2)}×`.padStart(9)}   ${quality(peer)} | ${quality(ours)}`,
    );
  }
}

/** The quickest answer of each in `rounds` rounds; why there is none, where one fails. */
function bestOf(
  rounds: number,
  script: string,
  given: readonly string[],
): { peer: PeerAnswer | string; ours: PeerAnswer | string } {
  const asked = [
    [python, script],
    [process.execPath, script.replace(/\.py$/, '.ts')],
  ] as const;
  const best: (PeerAnswer | string)[] = ['', ''];
  for (let round = 0; round < rounds; round++) {
    for (const [at, [program, file]] of asked.entries()) {
      const known = best[at];
      const answer = answerOf(spawnSync(program, [file, ...given], { encoding: 'utf8', maxBuffer: 1 << 28 }));
      if (typeof answer === 'string') return { peer: at === 0 ? answer : best[0], ours: at === 1 ? answer : 'not run' };
      if (typeof known === 'string' || answer.seconds < known.seconds) best[at] = answer;
    }
  }
  return { peer: best[0], ours: best[1] };
}

function answerOf(done: { status: number | null; stdout: string; stderr: string }): PeerAnswer | string {
  const last = done.stdout.trim().split('\n').pop() ?? '';
  if (done.status !== 0) return (done.stderr.trim().split('\n').pop() ?? 'failed').slice(0, 160);
  return JSON.parse(last) as PeerAnswer;
}
