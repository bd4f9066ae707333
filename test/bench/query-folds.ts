import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

/**
 * Divides the training queries of LightGBM's ranking example into folds: `count` folders, each with one fold of whole queries
 * (every count-th one) as validation part and the others as training part. The test file is not read.
 */
export function queryFolds(folder: string, out: string, count: number): string[] {
  const rows = linesOf(join(folder, 'rank.train'));
  const sizes = linesOf(join(folder, 'rank.train.query')).map(Number);
  const starts = sizes.map((_, query) => sizes.slice(0, query).reduce((sum, size) => sum + size, 0));
  return Array.from({ length: count }, (_, fold) => {
    const path = join(out, `fold-${fold}`);
    mkdirSync(path, { recursive: true });
    const write = (name: string, kept: (query: number) => boolean): void => {
      const queries = [...sizes.keys()].filter(kept);
      const lines = queries.flatMap((query) => rows.slice(starts[query], starts[query] + sizes[query]));
      writeFileSync(join(path, name), `${lines.join('\n')}\n`);
      writeFileSync(join(path, `${name}.query`), `${queries.map((query) => sizes[query]).join('\n')}\n`);
    };
    write('rank.train', (query) => query % count !== fold);
    write('rank.valid', (query) => query % count === fold);
    return path;
  });
}
