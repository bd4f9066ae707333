import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunResult } from '../../shared/contract/results.ts';
import { runboard } from '../support/cli.ts';
import { slowBoard } from '../support/slow-board.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-kill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('killed at any moment, a run says interrupted, its store opens, and the next run goes on from what was finished', async () => {
  const { design, data } = await slowBoard(folder);
  const args = ['run', design, '--data', data, '--workspace', join(folder, 'workspace'), '--json'];
  let finished = 0;
  for (const nodes of [1, 4, 7]) {
    await runboard(args, {
      cwd: folder,
      whileRunning: (stderr, kill) => void ((stderr.match(/✓|↺/g) ?? []).length >= nodes && kill('SIGKILL')),
    });
    const store = new Database(join(folder, 'workspace', 'runs.db'), { readonly: true });
    expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
    store.close();
    const shown = await runboard(['show', 'latest', '--workspace', join(folder, 'workspace'), '--json'], {
      cwd: folder,
    });
    const result = JSON.parse(shown.stdout) as RunResult;
    if (result.status !== 'done')
      expect(result).toMatchObject({ status: 'interrupted', error: { code: 'interrupted' } });
    const done = Object.values(result.nodes).filter(
      (node) => node.status === 'done' || node.status === 'reused',
    ).length;
    expect(done).toBeGreaterThanOrEqual(finished);
    finished = done;
  }
  const last = await runboard(args, { cwd: folder });
  const result = JSON.parse(last.stdout) as RunResult;
  expect(result.status).toBe('done');
  expect(Object.values(result.nodes).filter((node) => node.status === 'reused').length).toBeGreaterThanOrEqual(
    finished,
  );
}, 180_000);

const windows = process.platform === 'win32';

it.skipIf(windows)(
  `when npm is told to end, and only its shell hears of it, the run is cancelled and ends${windows ? ' (not run: npm has no shell of this kind here)' : ''}`,
  async () => {
    const { design, data } = await slowBoard(folder);
    const workspace = join(folder, 'workspace');
    const door = join(import.meta.dirname, '../../main/tools/setup.mjs');
    // The second command keeps the shell from becoming the first.
    const line = `"${process.execPath}" "${door}" runboard run "${design}" --data "${data}" --workspace "${workspace}" --set bpr.epochs=500; true`;
    const shell = spawn('sh', ['-c', line], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, npm_lifecycle_event: 'runboard', NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let said = '';
    // The stream ends when the last process that may write to it has ended.
    await new Promise<void>((ended) => {
      shell.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('✓')) shell.kill('SIGTERM');
      });
      shell.stderr.on('close', ended);
    });
    expect(said).toContain('cancelling');
    const shown = await runboard(['show', 'latest', '--workspace', workspace, '--json'], { cwd: folder });
    expect((JSON.parse(shown.stdout) as RunResult).status).toBe('cancelled');
  },
  120_000,
);
