import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes sure that what was written to a file is on the disk. */
export function flushFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes sure that names given and taken in a folder are on the disk; Windows does so by itself and knows no such call. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
