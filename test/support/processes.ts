import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Why processes cannot be found by what they are here, or null. */
export const processesMissing = process.platform === 'linux' ? null : 'processes are found in /proc';

/** The process of the engine that a program started. */
export function engineOf(program: number): number | undefined {
  const children = readFileSync(`/proc/${program}/task/${program}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-process');
    } catch {
      return false;
    }
  });
}

/** Whether a process is there and not only waiting for somebody to hear of its end. */
export function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** How a process ended: its exit code, or the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  const how = (): number | NodeJS.Signals | null => child.exitCode ?? child.signalCode;
  return how() === null ? new Promise((done) => child.once('exit', () => done(how()))) : Promise.resolve(how());
}
