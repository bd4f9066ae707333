// What a process leaves on the disk when it is killed, at many moments of its life. A stopped process has written what it
// had written, and no more: a copy of its files made then is what its death would leave, and it goes on afterwards.
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** How many moments are looked at where nobody asks for more. */
export const moments = Number(process.env['RUNBOARD_MOMENTS'] ?? 50);

/** Why a process cannot be stopped here, or null. */
export const stoppingMissing = process.platform === 'linux' ? null : 'a process is stopped by its state in /proc';

/** Whether every thread of a process stands still: the others may still write when the first one does. */
function stands(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /^State:\s+T/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')),
  );
}

/** Stops a process, copies its folder, and lets it go on. Undefined where it has ended before. */
export async function imageOf(child: ChildProcess, folder: string): Promise<string | undefined> {
  const pid = child.pid as number;
  if (!child.kill('SIGSTOP')) return undefined;
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await expect.poll(() => gone() || stands(pid), { interval: 2 }).toBe(true);
  if (gone()) return undefined;
  const image = mkdtempSync(join(tmpdir(), 'runboard-image-'));
  cpSync(folder, image, { recursive: true });
  child.kill('SIGCONT');
  return image;
}

/** Milliseconds from a moment to the next: as long as given on average, never the same, and alike in every test run. */
export function waits(average: number): () => Promise<void> {
  let state = 7919;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return new Promise((done) => setTimeout(done, (2 * average * state) / 2_147_483_647));
  };
}
