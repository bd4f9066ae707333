import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real disk of a given size that can be filled to the last block. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many bytes free, at the most a block less. */
  fill(leaving: number): void;
  /** Makes room again. */
  free(): void;
  /** Takes no writes any more, as a disk does that has failed or that was made so. */
  readOnly(): void;
  release(): void;
}

/** Mounts a small disk in memory. Throws where this machine does not permit that. */
export function openSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'runboard-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(leaving) {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaving), 1));
    },
    free: () => rmSync(filler, { force: true }),
    readOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'pipe' }),
    release() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Why no small disk can be had here; null where one can. */
export function smallDiskMissing(): string | null {
  if (process.platform !== 'linux') return 'disks are mounted on Linux only';
  try {
    openSmallDisk(1).release();
    return null;
  } catch {
    return 'this machine lets nobody mount a disk';
  }
}
