import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of a real data set used by tests and benchmarks, or undefined where it is absent.
 * Looked for in $RUNBOARD_DATA, then in ../shared/data beside the checkout. None of it is part of the project.
 */
export function realData(name: string): string | undefined {
  const roots = [process.env['RUNBOARD_DATA'], join(import.meta.dirname, '../../../shared/data')];
  for (const root of roots) {
    if (root !== undefined && existsSync(join(root, name))) return join(root, name);
  }
  return undefined;
}
