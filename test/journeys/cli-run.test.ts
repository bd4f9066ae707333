import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunComparison } from '../../shared/contract/comparisons.ts';
import type { RequestTrace } from '../../shared/contract/traces.ts';
import type { RunResult } from '../../shared/contract/results.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { folderWith, runboard } from '../support/cli.ts';
import type { Ended } from '../support/cli.ts';
import { bound, smallDesign, wires } from '../support/small-design.ts';

// Dozens of processes on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cwd = '';
const call = (...args: string[]): Promise<Ended> => runboard(args, { cwd });

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await call(...args, '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

/** What must be the same whenever design, data and seed are: all but times and memory. */
function numbersOf(run: RunResult): unknown {
  return Object.values(run.nodes).map(({ id, component, in: input, out, metrics, baselines, slices }) => ({
    id,
    component,
    input,
    out,
    metrics,
    baselines,
    slices,
  }));
}

beforeAll(async () => {
  cwd = folderWith({ 'small.runboard': writeDesign(smallDesign()) });
  const made = await call(
    'generate',
    'video-catalogue',
    '--users',
    '120',
    '--items',
    '150',
    '--events',
    '6000',
    '--seed',
    '3',
    '--out',
    'videos.db',
  );
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch('120 users, 150 items, 6,000 events');
});

describe('from data to write-up', () => {
  it('runs, is found again, compared, traced and exported', async () => {
    const first = await json<RunResult>('run', 'small.runboard', '--data', 'videos.db');
    expect(first).toMatchObject({ run: 'r-0001', status: 'done', seed: 1, design: { title: 'Small' } });
    expect(first.data.fingerprint).toMatch(/^[0-9a-f]{16,}$/);
    expect(first.nodes['popular']).toMatchObject({ component: 'popularity', status: 'done', out: 50 });
    expect(first.nodes['evaluate'].metrics['ndcg@10']).toEqual({
      value: expect.any(Number) as number,
      low: expect.any(Number) as number,
      high: expect.any(Number) as number,
      n: expect.any(Number) as number,
    });
    expect(Object.keys(first.nodes)).not.toContain('gateway');

    const again = await call(
      'run',
      'small.runboard',
      '--data',
      'videos.db',
      '--set',
      'popular.keep=20',
      'cap.keep=5',
      '--threads',
      '1',
    );
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/Small {2}r-0002 done/);
    expect(again.stdout).toMatch(/↺ {2}Split/);
    expect(again.stdout).toMatch(/✓ {2}Popular .*→ {2}20 items .*Recall@20 +0\.\d{4} {2}\[/);
    expect(again.stdout).toMatch(/relevant items left after/);
    expect(again.stderr).toMatch(/✓ .*\/\d Popular/);

    expect((await json<{ run: string }[]>('runs')).map((one) => one.run)).toEqual(['r-0002', 'r-0001']);
    expect(await json<RunResult>('show', 'r-0001')).toEqual(first);

    const comparison = await json<RunComparison>('compare', 'r-0001', 'r-0002');
    expect(comparison.changes.join('\n')).toMatch(/keep/);
    expect(
      comparison.metrics.find((one) => one.node === 'evaluate' && one.metric === 'ndcg@10')?.difference,
    ).toMatchObject({ users: expect.any(Number) as number });

    const trace = await json<RequestTrace>('trace', 'r-0001', '--user', 'u1');
    expect(trace.steps.map((step) => step.node)).toEqual(['popular', 'cap']);
    expect(trace.steps[0].items).toHaveLength(50);
    expect((await call('trace', 'r-0001', '--user', 'u1')).stdout).toMatch(/Popular/);

    for (const out of ['one', 'two'])
      expect((await call('export', 'small.runboard', '--format', 'md', '--out', out)).code).toBe(0);
    expect(readdirSync(join(cwd, 'one')).sort()).toEqual(['board.svg', 'write-up.md']);
    for (const file of ['write-up.md', 'board.svg'])
      expect(readFileSync(join(cwd, 'two', file))).toEqual(readFileSync(join(cwd, 'one', file)));
    const text = readFileSync(join(cwd, 'one/write-up.md'), 'utf8');
    expect(text).toContain('run `r-0001`');
    expect(text).toContain(first.data.fingerprint);
    expect(text).not.toContain('The drawing has changed');
  });

  it('gives the same numbers with one thread, afresh, in another workspace', async () => {
    const [one, other] = [
      await json<RunResult>('run', 'small.runboard', '--data', 'videos.db', '--fresh', '--threads', '1'),
      await json<RunResult>(
        'run',
        'small.runboard',
        '--data',
        'videos.db',
        '--threads',
        '2',
        '--workspace',
        'elsewhere',
      ),
    ];
    expect(numbersOf(other)).toEqual(numbersOf(one));
    expect(other.run).toBe('r-0001');
    const seeded = await json<RunResult>('run', 'small.runboard', '--data', 'videos.db', '--seed', '7');
    expect(seeded.seed).toBe(7);
    expect(numbersOf(seeded)).not.toEqual(numbersOf(one));
  });

  it('shows no numbers on a drawing that has changed since, and says so', async () => {
    const changed = smallDesign({ title: 'Changed' });
    const folder = folderWith({ 'a.runboard': writeDesign(changed) });
    const data = join(cwd, 'videos.db');
    expect(
      (await runboard(['run', 'a.runboard', '--data', data, '--set', 'popular.keep=30'], { cwd: folder })).code,
    ).toBe(0);
    expect((await runboard(['export', 'a.runboard', '--format', 'md', '--out', 'out'], { cwd: folder })).code).toBe(0);
    const text = readFileSync(join(folder, 'out/write-up.md'), 'utf8');
    expect(text).toMatch(/The drawing has changed since that run: Popular would give another result now/);
    expect(text).not.toMatch(/\| Popular \| Popularity \| done/);
  });

  it.each([
    ['svg', 'board.svg', /^<svg [\s\S]*<\/svg>\n$/],
    ['mermaid', 'board.mmd', /^flowchart LR\n/],
    ['html', 'write-up.html', /^<!doctype html>/],
  ])('exports %s', async (format, file, content) => {
    const out = `as ${format}`;
    const { files } = await json<{ files: string[] }>('export', 'small.runboard', '--format', format, '--out', out);
    expect(files).toEqual([join(cwd, out, file)]);
    expect(readFileSync(files[0], 'utf8')).toMatch(content);
  });
});

describe('a run that does not come to a good end', () => {
  it('is cancelled by Ctrl+C: one document, exit code 1, and what finished is kept', async () => {
    const design = smallDesign({ title: 'Long' });
    design.board.nodes.push(bound('long', 'two-tower', { epochs: 100 }));
    design.board.edges.push(...wires('split>long'));
    const folder = folderWith({ 'long.runboard': writeDesign(design) });
    const data = join(folder, 'big.db');
    expect(
      (
        await runboard(
          ['generate', 'video-catalogue', '--users', '1500', '--items', '2000', '--events', '150000', '--out', data],
          { cwd: folder },
        )
      ).code,
    ).toBe(0);
    let pressed = false;
    const ended = await runboard(['run', 'long.runboard', '--data', data, '--json'], {
      cwd: folder,
      whileRunning: (stderr, kill) => {
        if (pressed || !/Split/.test(stderr)) return;
        pressed = true;
        kill('SIGINT');
      },
    });
    expect(ended.code).toBe(1);
    const run = JSON.parse(ended.stdout) as RunResult;
    expect(run.status).toBe('cancelled');
    expect(run.nodes['split'].status).toBe('done');
    expect(['cancelled', 'skipped']).toContain(run.nodes['long'].status);
    expect(ended.stderr).toMatch('cancelling; press Ctrl+C again');
    const shown = await runboard(['show', run.run, '--json'], { cwd: folder });
    expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'cancelled' });
  });
});
