import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeHolds } from './holds.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'runboard-holds-')), 'a.runboard');
const source = pathToFileURL(join(import.meta.dirname, 'holds.ts')).href;

/** A process that holds a file until it is ended. */
async function holdElsewhere(path: string): Promise<{ pid: number; end(): Promise<void> }> {
  const script = `const { nodeHolds } = await import(${JSON.stringify(source)});
    await nodeHolds().claim(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return {
    pid: child.pid as number,
    end: async () => {
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

describe('holds', () => {
  it('are given to one program, and to the next when they are released', async () => {
    const path = fresh();
    const holds = nodeHolds();
    const mine = await holds.claim(path);
    expect(mine).toHaveProperty('release');
    expect(await nodeHolds().claim(path)).toMatchObject({ by: `another Runboard (process ${process.pid})` });
    if ('release' in mine) await mine.release();
    const next = await nodeHolds().claim(path);
    expect(next).toHaveProperty('release');
    if ('release' in next) await next.release();
  });

  it('are seen from another process, and end with it, however it ends', async () => {
    const path = fresh();
    const other = await holdElsewhere(path);
    const by = `another Runboard (process ${other.pid})`;
    expect(await nodeHolds().claim(path)).toMatchObject({ by, since: /^\d{4}-/ });
    expect(await nodeHolds().holder(path)).toMatchObject({ by });
    await other.end();
    expect(await nodeHolds().holder(path)).toBeNull();
    const mine = await nodeHolds().claim(path);
    expect(mine).toHaveProperty('release');
    if ('release' in mine) await mine.release();
  });

  it('are of the file, whatever leads to it', async () => {
    const path = fresh();
    writeFileSync(path, '');
    symlinkSync(path, `${path}.link`);
    const mine = await nodeHolds().claim(path);
    expect(await nodeHolds().claim(`${path}.link`)).toHaveProperty('by');
    if ('release' in mine) await mine.release();
  });

  it('let nobody lose a claim where many come at once', () => {
    const path = fresh();
    const script = `const { nodeHolds } = await import(${JSON.stringify(source)});
      const all = await Promise.all(Array.from({ length: 30 }, () => nodeHolds().claim(${JSON.stringify(path)})));
      console.log(all.filter((one) => 'release' in one).length);`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('1');
  });

  it('of a program that is gone are taken over by one, where many come at once', () => {
    const script = `const { nodeHolds } = await import(${JSON.stringify(source)});
      const { readdirSync, utimesSync, writeFileSync } = await import('node:fs');
      const { tmpdir } = await import('node:os');
      const { join } = await import('node:path');
      const winners = new Set();
      for (let round = 0; round < 20; round++) {
        const path = ${JSON.stringify(fresh())} + round;
        await nodeHolds().claim(path);
        const notes = join(tmpdir(), readdirSync(tmpdir())[0]);
        for (const name of readdirSync(notes)) {
          writeFileSync(join(notes, name), JSON.stringify({ pid: 999999999, since: 'x' }));
          utimesSync(join(notes, name), 1, 1);
        }
        const all = await Promise.all(Array.from({ length: 12 }, () => nodeHolds().claim(path)));
        winners.add(all.filter((one) => 'release' in one).length);
      }
      console.log([...winners].join());
      process.exit();`;
    // A folder of its own: the notes of others are left alone.
    const folder = mkdtempSync(join(tmpdir(), 'runboard-own-'));
    const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder };
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
    expect(stdout.trim()).toBe('1');
  }, 30_000);

  it('tell when the file was written, replaced or taken away', async () => {
    const path = fresh();
    writeFileSync(path, 'a');
    let told = 0;
    const stop = nodeHolds().watch(path, (what) => what === 'file' && told++);
    const after = async (change: () => void): Promise<void> => {
      const before = told;
      change();
      await expect.poll(() => told, { timeout: 10_000 }).toBeGreaterThan(before);
    };
    await new Promise((resolve) => setTimeout(resolve, 100));
    await after(() => writeFileSync(path, 'bb'));
    await after(() => {
      writeFileSync(`${path}.new`, 'cc');
      renameSync(`${path}.new`, path);
    });
    await after(() => rmSync(path));
    stop();
  }, 30_000);
});
